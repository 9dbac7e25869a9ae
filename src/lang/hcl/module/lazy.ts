/** A value that is computed once, when it is first asked for. */
export interface Lazy<T> {
  get(): T
}

/** `onCycle` answers where the value is asked for while it is being computed. */
export type LazyMaker = <T>(compute: () => T, onCycle: () => T) => Lazy<T>

/**
 * Makes lazy values that may refer to one another in chains of any length. Where a chain is deeper than
 * the stack should be, the computation is dropped, the deep value is computed first, and then the dropped
 * one again: what it needed is known by then.
 */
export function lazyMaker(): LazyMaker {
  const stack: Stack = { depth: 0 }
  return (compute, onCycle) => new LazyValue(stack, compute, onCycle)
}

interface Stack {
  depth: number
}

/** How many values may wait for one another on JavaScript's stack: each takes many frames of the evaluator's. */
const deepest = 48

/** Unwinds the stack so that the value it names is computed first, from the bottom. */
class TooDeep {
  readonly wanted: LazyValue<unknown>
  constructor(wanted: LazyValue<unknown>) {
    this.wanted = wanted
  }
}

/** A class, since there are millions of these: its methods are shared, and what is done is let go. */
class LazyValue<T> implements Lazy<T> {
  readonly #stack: Stack
  #todo: { readonly compute: () => T; readonly onCycle: () => T } | null
  #result: { readonly value: T } | null = null
  #isRunning = false

  constructor(stack: Stack, compute: () => T, onCycle: () => T) {
    this.#stack = stack
    this.#todo = { compute, onCycle }
  }

  get(): T {
    if (this.#result === null && !this.#isRunning) {
      if (this.#stack.depth >= deepest) throw new TooDeep(this)
      if (this.#stack.depth === 0) drain(this)
      else this.run()
    }
    return this.#result === null ? this.#cycle() : this.#result.value
  }

  run(): void {
    if (this.#todo === null) return
    this.#isRunning = true
    this.#stack.depth++
    try {
      this.#settle(this.#todo.compute())
    } finally {
      this.#isRunning = false
      this.#stack.depth--
    }
  }

  /** Gives up: the value waits for itself. */
  breakCycle(): void {
    if (this.#result === null) this.#settle(this.#cycle())
  }

  #settle(value: T): void {
    this.#result = { value }
    this.#todo = null
  }

  #cycle(): T {
    if (this.#todo === null) throw new Error('A lazy value was lost')
    return this.#todo.onCycle()
  }
}

function drain(first: LazyValue<unknown>): void {
  const waiting = [first]
  for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
    try {
      top.run()
      waiting.pop()
    } catch (signal) {
      if (!(signal instanceof TooDeep)) throw signal
      if (waiting.includes(signal.wanted)) signal.wanted.breakCycle()
      else waiting.push(signal.wanted)
    }
  }
}
