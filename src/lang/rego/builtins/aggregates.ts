import { spend } from '../eval/machine.ts'
import type { Big } from '../value/big.ts'
import { add, multiply } from '../value/float.ts'
import { isArray, isNumber, isObject, isSet } from '../value/kind.ts'
import { entriesOf, lookup } from '../value/lookup.ts'
import { objectSize } from '../value/object.ts'
import { compare, equal } from '../value/order.ts'
import { pointCount } from '../value/points.ts'
import type { Value } from '../value/value.ts'
import type { BuiltinFunction } from './builtin.ts'
import { members, wrongElement, wrongType } from './operands.ts'

export const aggregates: Readonly<Record<string, BuiltinFunction>> = {
  count: (_, a) => size(a),
  sum: (_, a) => fold(a, 0, add),
  product: (_, a) => fold(a, 1, multiply),
  max: (_, a) =>
    unordered(a).reduce(
      (x, y) => (x === undefined || compare(x, y) <= 0 ? y : x),
      undefined as Value | undefined,
    ),
  min: (_, a) =>
    unordered(a).reduce(
      (x, y) => (x === undefined || compare(x, y) >= 0 ? y : x),
      undefined as Value | undefined,
    ),
  sort: (m, a) => {
    if (isSet(a)) return a.sorted()
    const items = collection(a)
    spend(m, items.length)
    return [...items].sort(compare)
  },
  all: (_, a) => members(a, 1).every(item => item === true),
  any: (_, a) => members(a, 1).includes(true),
  'internal.member_2': (_, item, all) => isMember(item, all),
  'internal.member_3': (_, key, item, all) => {
    const found = lookup(all, key)
    return found !== undefined && equal(found, item)
  },
}

function size(value: Value): number {
  if (isArray(value)) return value.length
  if (isObject(value)) return objectSize(value)
  if (isSet(value)) return value.size
  if (typeof value === 'string') return pointCount(value)
  throw wrongType(1, value, 'array', 'object', 'set', 'string')
}

function collection(value: Value): readonly Value[] {
  if (isArray(value)) return value
  if (isSet(value)) return value.sorted()
  throw wrongType(1, value, 'set', 'array')
}

function unordered(value: Value): readonly Value[] {
  return isSet(value) ? value.members : collection(value)
}

function fold(
  value: Value,
  start: number,
  operate: (a: number | Big, b: number | Big) => number | Big,
): Value {
  let total: number | Big = start
  for (const item of collection(value)) {
    if (!isNumber(item)) throw wrongElement(1, value, item, 'number')
    total = operate(total, item)
  }
  return total
}

function isMember(item: Value, all: Value): boolean {
  if (isSet(all)) return all.has(item)
  if (isArray(all)) return all.some(each => equal(each, item))
  return (entriesOf(all) ?? []).some(([, each]) => equal(each, item))
}
