/** What came of a piece of work, for the pace of those that follow. */
export type Pace = 'fine' | 'too fast'

/** Runs work with as many at a time as the other side bears, first come first served. */
export interface Gate {
  run<T>(
    work: () => Promise<T>,
    paceOf: (result: T | undefined, error: unknown) => Pace,
  ): Promise<T>
  /** How many may run at a time just now. */
  readonly width: number
}

/** Halves its width when it hears that it was too fast, and widens again bit by bit. */
export function adaptiveGate(most: number): Gate {
  let width = most
  let running = 0
  /** Counts the times it was halved: work from before tells nothing of the new pace. */
  let turn = 0
  const waiting: (() => void)[] = []
  let next = 0

  function admit(): void {
    while (running < width) {
      const go = waiting[next]
      if (go === undefined) break
      next++
      running++
      go()
    }
    // Shifting a long queue for each that leaves would cost the square of it.
    if (next > 1024) next -= waiting.splice(0, next).length
  }

  function hear(pace: Pace, startedIn: number): void {
    if (pace === 'fine') width = Math.min(most, width + 1 / width)
    else if (startedIn === turn) {
      width = Math.max(1, Math.floor(width / 2))
      turn++
    }
  }

  return {
    get width() {
      return width
    },
    async run(work, paceOf) {
      await new Promise<void>(go => {
        waiting.push(go)
        admit()
      })
      const startedIn = turn
      try {
        const result = await work()
        hear(paceOf(result, undefined), startedIn)
        return result
      } catch (error) {
        hear(paceOf(undefined, error), startedIn)
        throw error
      } finally {
        running--
        admit()
      }
    },
  }
}

/** Does something with each element, at most `limit` at a time; the first that throws ends it. */
export async function each<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]()
  const worker = async (): Promise<void> => {
    for (let item = rest.next(); item.done !== true; item = rest.next()) await work(item.value)
  }
  await Promise.all(Array.from({ length: limit }, worker))
}
