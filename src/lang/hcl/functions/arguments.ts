import { ConversionError, convert } from '../convert.ts'
import { equals } from '../equal.ts'
import { kindOf } from '../type.ts'
import { unify } from '../unify.ts'
import { isItems, type Type, Unknown, type Value } from '../value.ts'
import { FunctionError } from './spec.ts'

/** The elements of a `dynamic` argument that has to be of one of these kinds. */
export function sequenceOf(
  value: Value | undefined,
  kinds: readonly ('list' | 'set' | 'tuple')[],
  argument: number,
): readonly Value[] {
  const kind = value === undefined ? '' : kindOf(value.type)
  if (value === undefined || !isItems(value.v) || !kinds.some(wanted => wanted === kind))
    throw new FunctionError(`must be a ${kinds.join(' or ')}`, argument)
  return value.v
}

export function converted(value: Value, type: Type, argument: number): Value {
  try {
    return convert(value, type)
  } catch (error) {
    if (error instanceof ConversionError) throw new FunctionError(error.message, argument)
    throw error
  }
}

/** All of them in the one type that they share; undefined where there is none. */
export function convertedAll(
  values: readonly Value[],
): { readonly type: Type; readonly values: readonly Value[] } | undefined {
  const type = unify(values.map(value => value.type))
  if (type === undefined) return undefined
  try {
    return { type, values: values.map(value => convert(value, type)) }
  } catch (error) {
    if (error instanceof ConversionError) return undefined
    throw error
  }
}

/** Where the first element equal to the value is, and the first that may be. */
export function firstEqual(
  items: readonly Value[],
  value: Value | undefined,
): { readonly first?: number; readonly open?: { readonly at: number; readonly reason: string } } {
  let open: { at: number; reason: string } | undefined
  for (const [at, item] of items.entries()) {
    const answer = value === undefined ? false : equals(item, value)
    if (answer === true) return { first: at, ...(open && { open }) }
    if (answer instanceof Unknown) open ??= { at, reason: answer.reason }
  }
  return open === undefined ? {} : { open }
}
