import type { Machine } from '../eval/machine.ts'
import { spend } from '../eval/machine.ts'
import { type Big, fromBigInt, isInteger, toBigInt } from '../value/big.ts'
import { add, divide, multiply, subtract } from '../value/float.ts'
import { isNumber, isSet } from '../value/kind.ts'
import { compare, equal } from '../value/order.ts'
import { RegoSet, type Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { number, set, wrongType } from './operands.ts'

export const operators: Readonly<Record<string, BuiltinFunction>> = {
  eq: (_, a, b) => equal(a, b),
  equal: (_, a, b) => equal(a, b),
  neq: (_, a, b) => !equal(a, b),
  lt: (_, a, b) => compare(a, b) < 0,
  lte: (_, a, b) => compare(a, b) <= 0,
  gt: (_, a, b) => compare(a, b) > 0,
  gte: (_, a, b) => compare(a, b) >= 0,
  plus: (_, a, b) => add(number(a, 1), number(b, 2)),
  minus: (_, a, b) => minus(a, b),
  mul: (_, a, b) => multiply(number(a, 1), number(b, 2)),
  div: (_, a, b) => {
    const [dividend, divisor] = [number(a, 1), number(b, 2)]
    if (divisor === 0) throw failure('divide by zero')
    return divide(dividend, divisor)
  },
  rem: (_, a, b) => remainder(number(a, 1), number(b, 2)),
  and: (m, a, b) => intersect(m, set(a, 1), set(b, 2)),
  or: (m, a, b) => unite(m, [set(a, 1), set(b, 2)]),
}

function minus(a: Value, b: Value): Value {
  if (isNumber(a)) {
    if (!isNumber(b)) throw wrongType(2, b, 'number')
    return subtract(a, b)
  }
  if (!isSet(a)) throw wrongType(1, a, 'number', 'set')
  if (!isSet(b)) throw wrongType(2, b, 'set')
  return difference(a, b)
}

export function difference(a: RegoSet, b: RegoSet): RegoSet {
  return new RegoSet(a.members.filter(member => !b.has(member)))
}

export function intersect(m: Machine, a: RegoSet, b: RegoSet): RegoSet {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  spend(m, small.size)
  return new RegoSet(small.members.filter(member => large.has(member)))
}

export function unite(m: Machine, sets: readonly RegoSet[]): RegoSet {
  const [first, ...others] = sets
  const united = new RegoSet([...(first?.members ?? [])])
  spend(m, united.size)
  for (const each of others) {
    spend(m, each.size)
    for (const member of each.members) united.add(member)
  }
  return united
}

function remainder(a: number | Big, b: number | Big): Value {
  if (!isInteger(a) || !isInteger(b)) throw failure('modulo on floating-point number')
  if (b === 0) throw failure('modulo by zero')
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a)) return a % b || 0
  return fromBigInt((toBigInt(a) ?? 0n) % (toBigInt(b) ?? 1n))
}
