import { bool, isUnknown, list, number, string, unknown } from '../make.ts'
import { type Num, numberText, numOf } from '../number.ts'
import { isEntries, isItems, type Type, type Unknown, type Value } from '../value.ts'
import type { CallContext, FunctionSpec, Param } from './spec.ts'
import { FunctionError } from './spec.ts'

/** A theme's functions by their names. */
export type Functions = Readonly<Record<string, FunctionSpec>>

/** What the body of a plain function sees of a parameter of that kind. */
interface Kinds {
  readonly string: string
  readonly bool: boolean
  readonly number: Num
  /** A whole number of 64 bits, as Terraform wants sizes and indexes. */
  readonly integer: bigint
  /** A whole number of any size. */
  readonly whole: bigint
  /** A list of strings, none of them unknown. */
  readonly strings: readonly (string | null)[]
}

interface Results {
  readonly string: string
  readonly bool: boolean
  readonly number: Num
  readonly strings: readonly string[]
}

const types: Readonly<Record<keyof Kinds, Type>> = {
  string: 'string',
  bool: 'bool',
  number: 'number',
  integer: 'number',
  whole: 'number',
  strings: ['list', 'string'],
}

/**
 * A function of known primitive arguments: most of them are.
 * @example plain({ str: 'string', prefix: 'string' }, 'bool', ({ str, prefix }) => str.startsWith(prefix))
 */
export function plain<
  const P extends Readonly<Record<string, keyof Kinds>>,
  R extends keyof Results,
>(
  params: P,
  returns: R,
  body: (args: { readonly [name in keyof P]: Kinds[P[name]] }, context: CallContext) => Results[R],
): FunctionSpec {
  const names = Object.keys(params)
  const type = types[returns]
  return {
    params: names.map(name => param(name, types[params[name] ?? 'string'])),
    returns: type,
    call: (args, context) => {
      const hole = args.map(firstUnknown).find(found => found !== undefined)
      if (hole !== undefined) return unknown(type, hole.reason)
      const bare = names.map((name, i) => [name, plainOf(args[i], params[name], i)])
      // The one place where checked values become their static types.
      const record = Object.fromEntries(bare) as { [name in keyof P]: Kinds[P[name]] }
      return lift(body(record, context))
    },
  }
}

export function param(
  name: string,
  type: Type,
  allow: { null?: true; unknown?: true; marked?: true } = {},
): Param {
  return {
    name,
    type,
    allowNull: allow.null === true,
    allowUnknown: allow.unknown === true,
    allowMarked: allow.marked === true,
  }
}

export function textOf(value: Value | undefined): string {
  if (typeof value?.v === 'string') return value.v
  throw unconverted(value)
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isItems(value.v)) return value.v
  throw unconverted(value)
}

export function entriesOf(value: Value | undefined): ReadonlyMap<string, Value> {
  if (value !== undefined && isEntries(value.v)) return value.v
  throw unconverted(value)
}

/** The first unknown in the value or among a collection's elements. */
export function firstUnknown(value: Value): Unknown | undefined {
  if (isUnknown(value)) return value.v
  if (!isItems(value.v)) return undefined
  for (const item of value.v) if (isUnknown(item)) return item.v
  return undefined
}

export function numberOf(value: Value | undefined): Num {
  if (value?.type !== 'number') throw unconverted(value)
  return numOf(value.v)
}

/** The number as a bigint, or undefined where it has a fraction or is infinite. */
export function wholeOf(value: Num): bigint | undefined {
  if (typeof value !== 'number') return value.isInteger() ? BigInt(value.toFixed()) : undefined
  if (!Number.isInteger(value)) return undefined
  return Number.isSafeInteger(value) ? BigInt(value) : BigInt(numberText(value))
}

/** Terraform counts with 64 bits. */
export function integerOf(value: Value | undefined, argument?: number): bigint {
  const whole = wholeOf(numberOf(value))
  if (whole !== undefined && whole === BigInt.asIntN(64, whole)) return whole
  throw new FunctionError('value must be a whole number of 64 bits', argument)
}

function plainOf(value: Value | undefined, kind: keyof Kinds | undefined, argument: number) {
  if (kind === 'integer') return integerOf(value, argument)
  if (kind === 'whole') {
    const whole = wholeOf(numberOf(value))
    if (whole === undefined) throw new FunctionError('value must be a whole number', argument)
    return whole
  }
  if (kind === 'strings') return itemsOf(value).map(item => (item.v === null ? null : textOf(item)))
  return value?.v
}

function lift(result: Results[keyof Results]): Value {
  if (typeof result === 'string') return string(result)
  if (typeof result === 'boolean') return bool(result)
  if (isStrings(result)) return list('string', result.map(string))
  return number(result)
}

function isStrings(result: Results[keyof Results]): result is readonly string[] {
  return Array.isArray(result)
}

/** The evaluator converts before it calls, so this is a bug of ours and no mistake of the user's. */
function unconverted(value: Value | undefined): Error {
  return new Error(`function argument was not converted: ${JSON.stringify(value?.type)}`)
}
