/** Runs work with at most `limit` at a time, first come first served. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export function gate(limit: number): Gate {
  let running = 0
  const waiting: (() => void)[] = []
  let next = 0
  return async work => {
    if (running >= limit) await new Promise<void>(go => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const go = waiting[next]
      if (go === undefined) running--
      else {
        next++
        // Shifting a long queue for each that leaves would cost the square of it.
        if (next > 1024) next -= waiting.splice(0, next).length
        go()
      }
    }
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
