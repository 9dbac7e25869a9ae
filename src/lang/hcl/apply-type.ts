import type { Range } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { HclError } from './hcl-error.ts'
import { object, tuple } from './make.ts'
import { mark } from './marks.ts'
import { OpenEntries } from './open-entries.ts'
import type { Defaults, TypeConstraint } from './type-constraint.ts'
import { isEntries, isItems, type Value } from './value.ts'

/** Fills in optional attributes and converts; throws HclError at `range`. */
export function applyType(value: Value, constraint: TypeConstraint, range: Range): Value {
  try {
    return convert(fill(value, constraint.defaults), constraint.type)
  } catch (error) {
    if (error instanceof ConversionError)
      throw new HclError('Unsuitable value', error.message, range)
    throw error
  }
}

/** An attribute that is missing or null takes its default, at any depth. */
export function fill(value: Value, defaults: Defaults | undefined): Value {
  const { v } = value
  if (defaults === undefined) return value
  const { values, nested } = defaults
  if (isItems(v)) {
    const items = v.map((item, at) => fill(item, nested.get(at) ?? nested.get('*')))
    return mark(tuple(items), value.marks)
  }
  if (!isEntries(v)) return value
  if (v instanceof OpenEntries) return value
  const entries = new Map(v)
  for (const [name, fallback] of values) {
    if ((entries.get(name)?.v ?? null) === null) entries.set(name, fallback)
  }
  for (const [name, item] of entries) {
    entries.set(name, fill(item, nested.get(name) ?? nested.get('*')))
  }
  return mark(object(entries), value.marks)
}
