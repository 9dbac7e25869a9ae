// finished: the tests of a decision and their answers; the one place beside the view that sees the signal
import { Missing } from '../resource.ts'

/** True if one test holds, also where others cannot be decided: a decided test wins, whatever the order. */
export function some<T>(items: readonly T[], test: (item: T) => boolean): boolean {
  return first(items, test, true)
}

/** False if one test fails, also where others cannot be decided. */
export function every<T>(items: readonly T[], test: (item: T) => boolean): boolean {
  return !first(items, test, false)
}

/** `a && b` where an undecided `a` does not hide that `b` is false. */
export function both(...tests: readonly (() => boolean)[]): boolean {
  return every(tests, test => test())
}

/** `a || b` where an undecided `a` does not hide that `b` is true. */
export function either(...tests: readonly (() => boolean)[]): boolean {
  return some(tests, test => test())
}

function first<T>(items: readonly T[], test: (item: T) => boolean, wanted: boolean): boolean {
  let missing: Missing | null = null
  for (const item of items) {
    const answer = attempt(() => test(item))
    if (answer === wanted) return true
    if (answer instanceof Missing) missing ??= answer
  }
  if (missing !== null) throw missing
  return false
}

function attempt(test: () => boolean): boolean | Missing {
  try {
    return test()
  } catch (signal) {
    if (signal instanceof Missing) return signal
    throw signal
  }
}
