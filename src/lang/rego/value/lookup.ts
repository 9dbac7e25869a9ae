import { Big } from './big.ts'
import { isArray } from './kind.ts'
import { member, objectEntries } from './object.ts'
import { RegoObject, RegoSet, type Value } from './value.ts'

/** `value[key]`; undefined where there is no such member, whatever the value is. */
export function lookup(value: Value, key: Value): Value | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (isArray(value)) return typeof key === 'number' ? value[key] : undefined
  if (value instanceof RegoObject) return value.get(key)
  if (value instanceof RegoSet) return value.has(key) ? key : undefined
  if (value instanceof Big || typeof key !== 'string') return undefined
  return member(value, key)
}

/** `value.name` for a constant name. */
export function lookupName(value: Value, name: string): Value | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (value instanceof RegoObject) return value.get(name)
  if (value instanceof RegoSet) return value.has(name) ? name : undefined
  if (isArray(value) || value instanceof Big) return undefined
  return member(value, name)
}

/** Keys and values of any collection, in order; undefined for scalars. */
export function entriesOf(value: Value): readonly (readonly [Value, Value])[] | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Big) return undefined
  if (isArray(value)) return value.map((item, i) => [i, item])
  if (value instanceof RegoSet) return value.sorted().map(item => [item, item])
  return objectEntries(value)
}
