/** A value that is computed once, when it is first asked for. */
export interface Lazy<T> {
  get(): T
}

/** `onCycle` answers where the value is asked for while it is being computed. */
export type LazyMaker = <T>(compute: () => T, onCycle: () => T) => Lazy<T>

/** How many values may wait for one another on JavaScript's stack: each takes many frames of the evaluator's. */
const deepest = 48

/** Unwinds the stack so that the value it names is computed first, from the bottom. */
class TooDeep {
  readonly wanted: Computation
  constructor(wanted: Computation) {
    this.wanted = wanted
  }
}

interface Computation {
  run(): void
  readonly done: boolean
  /** Gives up: the value waits for itself. */
  settle(): void
}

/**
 * Makes lazy values that may refer to one another in chains of any length. Where a chain is deeper than
 * the stack should be, the computation is dropped, the deep value is computed first, and then the dropped
 * one again: what it needed is known by then.
 */
export function lazyMaker(): LazyMaker {
  let depth = 0

  function drain(first: Computation): void {
    const waiting = [first]
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      try {
        if (!top.done) top.run()
        waiting.pop()
      } catch (signal) {
        if (!(signal instanceof TooDeep)) throw signal
        if (waiting.includes(signal.wanted)) signal.wanted.settle()
        else waiting.push(signal.wanted)
      }
    }
  }

  return function lazy<T>(compute: () => T, onCycle: () => T): Lazy<T> {
    let result: { readonly value: T } | undefined
    let running = false
    const computation: Computation = {
      run() {
        running = true
        depth++
        try {
          result = { value: compute() }
        } finally {
          running = false
          depth--
        }
      },
      get done() {
        return result !== undefined
      },
      settle() {
        result = { value: onCycle() }
      },
    }
    const computed = (): T => {
      if (result === undefined) throw new Error('A lazy value was not computed')
      return result.value
    }
    return {
      get() {
        if (result !== undefined) return result.value
        if (running) return onCycle()
        if (depth >= deepest) throw new TooDeep(computation)
        if (depth === 0) drain(computation)
        else computation.run()
        return computed()
      },
    }
  }
}
