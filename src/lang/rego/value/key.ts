import { Big } from './big.ts'
import { sortedKeys } from './object.ts'
import { type Entry, RegoObject, RegoSet, type Value } from './value.ts'

/**
 * What a value is filed under in a Map: equal values have equal keys. Scalars are their own keys; composites are
 * text behind a NUL, and a string that begins with NUL gets a mark of its own so that the two never meet.
 */
export function keyOf(value: Value): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `\0s${value}` : value
  if (typeof value !== 'object' || value === null) return value
  return `\0${filed(value)}`
}

/** Strings stand behind their length, so that nothing in them needs an escape. */
function filed(value: Value): string {
  if (typeof value === 'string') return `${value.length}"${value}`
  if (typeof value !== 'object' || value === null) return canonical(value)
  if (value instanceof Big) return value.text
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += `${filed(item)},`
    return `[${text}]`
  }
  if (value instanceof RegoSet) {
    for (const item of value.sorted()) text += `${filed(item)},`
    return `<${text}>`
  }
  if (value instanceof RegoObject) {
    for (const [key, item] of value.sorted()) text += `${filed(key)}:${filed(item)},`
    return `{${text}}`
  }
  const object = plain(value)
  for (const key of sortedKeys(object)) {
    const item = object[key]
    if (item !== undefined) text += `${key.length}"${key}:${filed(item)},`
  }
  return `{${text}}`
}

/** Text that is equal exactly for equal values, for people to read. */
export function canonical(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return value === 0 ? '0' : String(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Big) return value.text
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof RegoSet) return `<${value.sorted().map(canonical).join(',')}>`
  const entries = value instanceof RegoObject ? value.sorted() : entriesOf(plain(value))
  return `{${entries.map(([k, v]) => `${canonical(k)}:${canonical(v)}`).join(',')}}`
}

function entriesOf(object: Plain): readonly Entry[] {
  return sortedKeys(object).flatMap((key): readonly Entry[] => {
    const item = object[key]
    return item === undefined ? [] : [[key, item]]
  })
}

type Plain = { readonly [key: string]: Value }

// Array.isArray does not narrow readonly arrays away.
function plain(value: Value): Plain {
  return value as Plain
}
