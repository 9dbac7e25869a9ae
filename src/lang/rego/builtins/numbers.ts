import { type Machine, spend } from '../eval/machine.ts'
import { Big, fromBigInt, isInteger, parseNumber, toDecimal } from '../value/big.ts'
import { add, subtract } from '../value/float.ts'
import { isArray, isNumber, isObject, isSet, kindOf } from '../value/kind.ts'
import { RegoSet, type Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { hashBytes } from './crypto/hash.ts'
import {
  boolean,
  count,
  integer,
  members,
  number,
  object,
  string,
  typeFailure,
  wrongType,
} from './operands.ts'

export const numbers: Readonly<Record<string, BuiltinFunction>> = {
  abs: (_, a) => {
    const x = number(a, 1)
    if (typeof x === 'number') return Math.abs(x)
    return x.digits < 0n ? new Big(-x.digits, x.exponent) : x
  },
  ceil: (_, a) => (isInteger(number(a, 1)) ? a : fromBigInt(floor(number(a, 1)) + 1n)),
  floor: (_, a) => (isInteger(number(a, 1)) ? a : fromBigInt(floor(number(a, 1)))),
  round: (_, a) => round(number(a, 1)),
  'numbers.range': (m, a, b) => range(m, integer(a, 1), integer(b, 2), 1n),
  'numbers.range_step': (m, a, b, c) => {
    const [from, to, step] = [integer(a, 1), integer(b, 2), integer(c, 3)]
    if (step <= 0n) throw failure('step must be a positive integer')
    return range(m, from, to, step)
  },
  'rand.intn': (m, a, b) => random(m, string(a, 1), count(b, 2)),
  'bits.and': (_, a, b) => fromBigInt(integer(a, 1) & integer(b, 2)),
  'bits.or': (_, a, b) => fromBigInt(integer(a, 1) | integer(b, 2)),
  'bits.xor': (_, a, b) => fromBigInt(integer(a, 1) ^ integer(b, 2)),
  'bits.negate': (_, a) => fromBigInt(~integer(a, 1)),
  'bits.lsh': (m, a, b) => {
    const [x, by] = [integer(a, 1), shift(b)]
    spend(m, Number(by))
    return fromBigInt(x << by)
  },
  'bits.rsh': (_, a, b) => fromBigInt(integer(a, 1) >> shift(b)),
  to_number: (_, a) => toNumber(a),
  is_number: (_, a) => isNumber(a),
  is_string: (_, a) => typeof a === 'string',
  is_boolean: (_, a) => typeof a === 'boolean',
  is_array: (_, a) => isArray(a),
  is_set: (_, a) => isSet(a),
  is_object: (_, a) => isObject(a),
  is_null: (_, a) => a === null,
  type_name: (_, a) => kindOf(a),
  cast_array: (_, a) => members(a, 1),
  cast_set: (_, a) => RegoSet.of(members(a, 1)),
  cast_string: (_, a) => string(a, 1),
  cast_boolean: (_, a) => boolean(a, 1),
  cast_null: (_, a) => {
    if (a !== null) throw wrongType(1, a, 'null')
    return null
  },
  cast_object: (_, a) => object(a, 1),
}

/** Towards minus infinity. */
function floor(x: number | Big): bigint {
  const { digits, exponent } = toDecimal(x)
  if (exponent >= 0) return digits * 10n ** BigInt(exponent)
  const unit = 10n ** BigInt(-exponent)
  const quotient = digits / unit
  return digits < 0n && digits % unit !== 0n ? quotient - 1n : quotient
}

/** Half away from zero. */
function round(x: number | Big): Value {
  if (isInteger(x)) return x
  const isNegative = toDecimal(x).digits < 0n
  return fromBigInt(isNegative ? -floor(subtract(0.5, x)) : floor(add(x, 0.5)))
}

function range(m: Machine, from: bigint, to: bigint, step: bigint): Value {
  const length = (from <= to ? to - from : from - to) / step + 1n
  spend(m, Number(length))
  const values: Value[] = []
  const by = from <= to ? step : -step
  for (let i = 0n; i < length; i++) values.push(fromBigInt(from + i * by))
  return values
}

/** Chosen by seed and key, so that the same call has the same answer. */
function random(m: Machine, key: string, limit: number): Value {
  const bound = BigInt(Math.abs(limit))
  if (bound === 0n) return 0
  const bytes = hashBytes('sha256', `${m.seed}\0${key}\0${bound}`)
  return fromBigInt(BigInt(`0x${bytes.toString('hex')}`) % bound)
}

function shift(value: Value): bigint {
  const by = integer(value, 2)
  if (by < 0n) {
    const reason = 'operand 2 must be an unsigned integer number but got a negative integer'
    throw typeFailure(reason)
  }
  return by
}

function toNumber(value: Value): Value {
  if (value === null) return 0
  if (typeof value === 'boolean') return value ? 1 : 0
  if (isNumber(value)) return value
  if (typeof value !== 'string') throw wrongType(1, value, 'null', 'boolean', 'number', 'string')
  const trimmed = value.replace(/^[+-]+/, '').toLowerCase()
  if (trimmed === 'inf' || trimmed === 'infinity' || trimmed === 'nan')
    throw wrongType(1, value, 'valid number string')
  const parsed = parseGoFloat(value)
  if (parsed === undefined)
    throw failure(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`)
  return parsed
}

/** What Go reads as a float: also `.5`, `5.` and a sign. */
function parseGoFloat(text: string): number | Big | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match
  if (whole === '' && fraction === '') return undefined
  const minus = sign === '-' ? '-' : ''
  return parseNumber(`${minus}${whole || '0'}.${fraction || '0'}${exponent}`)
}
