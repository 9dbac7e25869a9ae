/** A stream of numbers that a seed decides. */
export interface Random {
  /** From 0 to below `n`. */
  readonly below: (n: number) => number
  /** True once in `n` times. */
  readonly once: (n: number) => boolean
  readonly pick: <const T>(items: readonly [T, ...T[]]) => T
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    below,
    once: n => below(n) === 0,
    pick: items => items[below(items.length)] ?? items[0],
  }
}
