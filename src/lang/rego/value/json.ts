import { wellFormed } from '../syntax/escapes.ts'
import { Big, toDouble } from './big.ts'
import { isArray } from './kind.ts'
import { define, objectEntries } from './object.ts'
import { RegoSet, type Value } from './value.ts'
import { writeJson } from './write-json.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

const lone = /[\uD800-\uDFFF]/

/** Plain JSON: sets are sorted arrays, keys that are no strings become their text. */
export function toJson(value: Value): Json {
  if (typeof value === 'string') return lone.test(value) ? wellFormed(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Big) return toDouble(value)
  if (isArray(value)) return value.map(toJson)
  if (value instanceof RegoSet) return value.sorted().map(toJson)
  const object: { [key: string]: Json } = {}
  for (const [key, member] of objectEntries(value))
    define(object, typeof key === 'string' ? key : writeJson(key), toJson(member))
  return object
}
