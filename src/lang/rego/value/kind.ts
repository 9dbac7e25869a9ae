import { Big } from './big.ts'
import { type JsonObject, type RegoObject, RegoSet, type Value } from './value.ts'

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set'

export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
  }
  if (value === null) return 'null'
  if (isArray(value)) return 'array'
  if (value instanceof RegoSet) return 'set'
  if (value instanceof Big) return 'number'
  return 'object'
}

export function isArray(value: unknown): value is readonly Value[] {
  return Array.isArray(value)
}

/** Objects of both forms. */
export function isObject(value: Value | undefined): value is JsonObject | RegoObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RegoSet) &&
    !(value instanceof Big)
  )
}

export function isNumber(value: Value | undefined): value is number | Big {
  return typeof value === 'number' || value instanceof Big
}

export function isSet(value: Value | undefined): value is RegoSet {
  return value instanceof RegoSet
}
