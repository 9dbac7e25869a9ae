import { Big, toDouble } from './big.ts'
import { isArray } from './kind.ts'
import { define, objectEntries } from './object.ts'
import { termText } from './text.ts'
import { RegoSet, type Value } from './value.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** Plain JSON: sets are sorted arrays, keys that are no strings become their text. */
export function toJson(value: Value): Json {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Big) return toDouble(value)
  if (isArray(value)) return value.map(toJson)
  if (value instanceof RegoSet) return value.sorted().map(toJson)
  const object: { [key: string]: Json } = {}
  for (const [key, member] of objectEntries(value))
    define(object, typeof key === 'string' ? key : termText(key), toJson(member))
  return object
}
