import { Big } from './big.ts'
import { sortedKeys } from './object.ts'
import { RegoObject, RegoSet, type Value } from './value.ts'

/**
 * What a value is filed under in a Map: equal values have equal keys. Scalars are their own keys; composites are
 * text behind a NUL, and a string that begins with NUL gets a mark of its own so that the two never meet.
 */
export function keyOf(value: Value): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `\0s${value}` : value
  if (typeof value !== 'object' || value === null) return value
  return `\0${canonical(value)}`
}

/** Text that is equal exactly for equal values. */
export function canonical(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return value === 0 ? '0' : String(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Big) return value.text
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof RegoSet) return `<${value.sorted().map(canonical).join(',')}>`
  if (value instanceof RegoObject) {
    return `{${value
      .sorted()
      .map(([k, v]) => `${canonical(k)}:${canonical(v)}`)
      .join(',')}}`
  }
  // Array.isArray does not narrow readonly arrays away.
  const object = value as { readonly [key: string]: Value }
  const parts: string[] = []
  for (const key of sortedKeys(object)) {
    const member = object[key]
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${canonical(member)}`)
  }
  return `{${parts.join(',')}}`
}
