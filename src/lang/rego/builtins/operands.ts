import { type Big, isInteger, toBigInt } from '../value/big.ts'
import { isArray, isNumber, isObject, isSet, type Kind, kindOf } from '../value/kind.ts'
import type { JsonObject, RegoObject, RegoSet, Value } from '../value/value.ts'
import { BuiltinFailure } from './builtin.ts'

/** `operand 1 must be string but got number` */
export function wrongType(position: number, got: Value, ...expected: string[]): BuiltinFailure {
  return wrongTypeText(position, kindOf(got), ...expected)
}

function wrongTypeText(position: number, got: string, ...expected: string[]): BuiltinFailure {
  const wanted = expected.length === 1 ? expected[0] : `one of {${expected.join(', ')}}`
  return typeFailure(`operand ${position} must be ${wanted} but got ${got}`)
}

export function typeFailure(reason: string): BuiltinFailure {
  return new BuiltinFailure('eval_type_error', reason)
}

/** `operand 2 must be array of strings but got array containing number` */
export function wrongElement(
  position: number,
  collection: Value,
  element: Value,
  ...expected: Kind[]
): BuiltinFailure {
  const kind = kindOf(collection)
  const wanted =
    expected.length === 1
      ? `${expected[0]}s`
      : `(any of) ${expected.map(it => `${it}s`).join(', ')}`
  const reason = `operand ${position} must be ${kind} of ${wanted} but got ${kind} containing ${kindOf(element)}`
  return typeFailure(reason)
}

export function string(value: Value, position: number): string {
  if (typeof value !== 'string') throw wrongType(position, value, 'string')
  return value
}

export function number(value: Value, position: number): number | Big {
  if (!isNumber(value)) throw wrongType(position, value, 'number')
  return value
}

export function boolean(value: Value, position: number): boolean {
  if (typeof value !== 'boolean') throw wrongType(position, value, 'boolean')
  return value
}

export function array(value: Value, position: number): readonly Value[] {
  if (!isArray(value)) throw wrongType(position, value, 'array')
  return value
}

export function set(value: Value, position: number): RegoSet {
  if (!isSet(value)) throw wrongType(position, value, 'set')
  return value
}

export function object(value: Value, position: number): JsonObject | RegoObject {
  if (!isObject(value)) throw wrongType(position, value, 'object')
  return value
}

export function integer(value: Value, position: number): bigint {
  const given = number(value, position)
  const whole = isInteger(given) ? toBigInt(given) : undefined
  if (whole === undefined) throw wrongTypeText(position, 'floating-point number', 'integer number')
  return whole
}

/** An integer that JavaScript can count with; OPA counts in 64 bits. */
export function count(value: Value, position: number): number {
  const whole = integer(value, position)
  if (BigInt.asIntN(64, whole) !== whole)
    throw wrongTypeText(position, 'floating-point number', 'integer number')
  const limit = BigInt(Number.MAX_SAFE_INTEGER)
  if (whole > limit) return Number.MAX_SAFE_INTEGER
  return whole < -limit ? -Number.MAX_SAFE_INTEGER : Number(whole)
}

/** Members of an array or a set. */
export function members(value: Value, position: number): readonly Value[] {
  if (isArray(value)) return value
  if (isSet(value)) return value.sorted()
  throw wrongType(position, value, 'array', 'set')
}

export function strings(value: Value, position: number): readonly string[] {
  const all: string[] = []
  for (const item of members(value, position)) {
    if (typeof item !== 'string') throw wrongElement(position, value, item, 'string')
    all.push(item)
  }
  return all
}
