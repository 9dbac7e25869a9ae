import { createHash } from 'node:crypto'

/** What a record can hold and a hash can be made of. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** One text for one value, whatever the order of its keys: what hashes are made of. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
  return `{${fields.join(',')}}`
}

export function digest(value: Json): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

export function same(a: Json, b: Json): boolean {
  return canonical(a) === canonical(b)
}

/** The value as JSON would bring it back: no `undefined`, dates as text. */
export function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json)
}
