// finished: the tests of a decision and their answers; the one place beside the view that sees the signal
import { Absent, Missing } from '../resource.ts'
import type { Text } from './text.ts'

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

/** Whether a text stands there, which is sure also where what is created in the same run will fill it. */
export function isSet(read: () => string | undefined): boolean {
  const value = attempt(read)
  if (!(value instanceof Missing)) return (value ?? '') !== ''
  const { reason, parts } = value.absent
  if (reason.endsWith(' is known after apply') || parts?.some(part => part)) return true
  throw value
}

/** Whether it holds for all that is known: for what is a hint and not a rule. A running account is asked all the same. */
export function surely(test: () => boolean): boolean {
  const answer = attempt(test)
  if (!(answer instanceof Missing)) return answer
  if (answer.absent.kind !== 'unresolved') throw answer
  return false
}

/** A text for the helpers of `text.ts`, which go by what of it is known. */
export function textOf(read: () => Text | undefined): Text {
  const value = attempt(read)
  if (!(value instanceof Missing)) return value ?? unnamed
  if (value.absent.kind !== 'unresolved') throw value
  return value.absent
}

const unnamed = new Absent('unresolved', 'the name is not set')

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

function attempt<T>(test: () => T): T | Missing {
  try {
    return test()
  } catch (signal) {
    if (signal instanceof Missing) return signal
    throw signal
  }
}
