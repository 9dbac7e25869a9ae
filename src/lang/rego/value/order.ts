import { type Big, compareNumbers } from './big.ts'
import { isArray, isNumber, isObject, kindOf } from './kind.ts'
import { objectEntries, objectGet, objectSize } from './object.ts'
import { RegoObject, RegoSet, type Value } from './value.ts'

const ranks = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5, set: 6 } as const

/** OPA's total order: null < booleans < numbers < strings < arrays < objects < sets. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const kind = kindOf(a)
  const rank = ranks[kind] - ranks[kindOf(b)]
  if (rank !== 0) return rank < 0 ? -1 : 1
  if (isNumber(a) && isNumber(b)) return compareNumbers(a as number | Big, b as number | Big)
  if (typeof a === 'boolean') return a ? 1 : -1
  if (isArray(a) && isArray(b)) return compareLists(a, b)
  if (a instanceof RegoSet && b instanceof RegoSet) return compareLists(a.sorted(), b.sorted())
  if (isObject(a) && isObject(b)) {
    const [left, right] = [objectEntries(a), objectEntries(b)]
    for (let i = 0; i < left.length && i < right.length; i++) {
      const [x, y] = [left[i], right[i]]
      if (x === undefined || y === undefined) break
      const order = compare(x[0], y[0]) || compare(x[1], y[1])
      if (order !== 0) return order
    }
    return Math.sign(left.length - right.length)
  }
  return 0
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compare(a[i] ?? null, b[i] ?? null)
    if (order !== 0) return order
  }
  return Math.sign(a.length - b.length)
}

const beyondSurrogates = /[\ud800-\uffff]/

/** In place. Plain strings have the order that JavaScript sorts by. */
export function sortValues(values: Value[]): Value[] {
  for (const value of values)
    if (typeof value !== 'string' || beyondSurrogates.test(value)) return values.sort(compare)
  return values.sort()
}

/** By code point, as UTF-8 bytes compare; UTF-16 order differs where a surrogate meets U+E000 and above. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const order = x < y ? -1 : 1
    if (x < 0xd800 || y < 0xd800) return order
    return isSurrogate(x) === isSurrogate(y) ? order : -order
  }
  return a.length < b.length ? -1 : 1
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000
}

/** Equality without building keys: the commonest question of a policy. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isArray(a)) {
    if (!isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!equal(a[i] ?? null, b[i] ?? null)) return false
    return true
  }
  if (a instanceof RegoSet) {
    if (!(b instanceof RegoSet) || a.size !== b.size) return false
    for (const member of a.members) if (!b.has(member)) return false
    return true
  }
  if (!isObject(a)) return isNumber(b) && compareNumbers(a as Big, b as Big) === 0
  if (!isObject(b) || objectSize(a) !== objectSize(b)) return false
  if (a instanceof RegoObject) {
    for (const [key, value] of a.entries) {
      const other = objectGet(b, key)
      if (other === undefined || !equal(value, other)) return false
    }
    return true
  }
  for (const key of Object.keys(a)) {
    const value = a[key]
    const other = objectGet(b, key)
    if (value !== undefined && (other === undefined || !equal(value, other))) return false
  }
  return true
}
