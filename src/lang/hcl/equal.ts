import { compareNumbers, numberText, numOf } from './number.ts'
import { compareText } from './text-order.ts'
import { isSameType } from './type.ts'
import { isEntries, isItems, Unknown, type Value } from './value.ts'

/**
 * Whether two values are equal, without converting either: values of two types differ. An unknown leaves
 * it open, unless another part decides.
 */
export function equals(left: Value, right: Value): boolean | Unknown {
  const a = left.v
  const b = right.v
  if (a === null || b === null) return nullEquals(left, right)
  if (a instanceof Unknown) return a
  if (b instanceof Unknown) return b
  if (isItems(a) && isItems(b)) {
    if (!isComparable(left, right) || a.length !== b.length) return false
    return all(a.map((item, at) => [item, b[at]]))
  }
  if (isEntries(a) && isEntries(b)) {
    if (!isComparable(left, right) || a.size !== b.size) return false
    return all([...a].map(([name, item]) => [item, b.get(name)]))
  }
  if (left.type !== right.type) return false
  if (left.type === 'number') return compareNumbers(numOf(a), numOf(b)) === 0
  return a === b
}

/** Orders the elements of a set as Terraform prints and iterates them. */
export function compareInSet(left: Value, right: Value): number {
  const late = lateness(left) - lateness(right)
  if (late !== 0) return late
  if (typeof left.v === 'string' && typeof right.v === 'string') return compareText(left.v, right.v)
  if (left.type === 'number' && right.type === 'number') {
    return compareNumbers(numOf(left.v), numOf(right.v))
  }
  if (typeof left.v === 'boolean') return Number(left.v) - Number(right.v)
  return compareText(setKey(left), setKey(right))
}

/** Equal for equal elements of one set, and in the order that Terraform gives to sets of collections. */
export function setKey(value: Value): string {
  const { v } = value
  if (v === null) return '~'
  if (v instanceof Unknown) return '?'
  if (typeof v === 'string') return JSON.stringify(v)
  if (typeof v === 'boolean') return v ? 'T' : 'F'
  if (isItems(v)) return `[${v.map(item => `${setKey(item)};`).join('')}]`
  if (isEntries(v)) {
    const isMap = typeof value.type !== 'string' && value.type[0] === 'map'
    const parts = [...v].map(([name, item]) =>
      isMap ? `${JSON.stringify(name)}:${setKey(item)};` : `${setKey(item)};`,
    )
    return isMap ? `{${parts.join('')}}` : `<${parts.join('')}>`
  }
  const text = numberText(numOf(v))
  return text === '-0' ? '0' : text
}

/** Nulls come after values, unknowns after both. */
function lateness(value: Value): number {
  return value.v === null ? 1 : value.v instanceof Unknown ? 2 : 0
}

function nullEquals(left: Value, right: Value): boolean | Unknown {
  if (left.v === null && right.v === null) return true
  const other = left.v === null ? right.v : left.v
  return other instanceof Unknown && !other.notNull ? other : false
}

/** Types that hold something unknown or null may still turn out the same. */
function isComparable(left: Value, right: Value): boolean {
  return isSameType(left.type, right.type) || isOpen(left) || isOpen(right)
}

function isOpen(value: Value): boolean {
  if (value.v instanceof Unknown) return value.type === 'dynamic'
  if (isItems(value.v)) return value.v.some(isOpen)
  return isEntries(value.v) && [...value.v.values()].some(isOpen)
}

function all(pairs: readonly (readonly [Value, Value | undefined])[]): boolean | Unknown {
  let open: Unknown | undefined
  for (const [left, right] of pairs) {
    const answer = right === undefined ? false : equals(left, right)
    if (answer === false) return false
    if (answer !== true) open ??= answer
  }
  return open ?? true
}
