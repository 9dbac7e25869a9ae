import type { Decimal } from 'decimal.js'
import type { Marks, Type, Value } from './value.ts'
import { Unknown } from './value.ts'

export const emptyObject: Value = { type: ['object', Object.create(null)], v: new Map() }
export const emptyTuple: Value = { type: ['tuple', []], v: [] }
/** `null` as it is written: of no type yet. */
export const untypedNull: Value = { type: 'dynamic', v: null }

/** A string value; Terraform's strings are NFC everywhere. */
export function string(text: string): Value {
  return { type: 'string', v: text.normalize('NFC') }
}

export function number(value: number | Decimal): Value {
  return { type: 'number', v: value }
}

export function bool(value: boolean): Value {
  return { type: 'bool', v: value }
}

export function nullOf(type: Type): Value {
  return { type, v: null }
}

export function unknown(
  type: Type,
  reason: string | Unknown,
  marks: Marks | undefined = undefined,
): Value {
  const v = typeof reason === 'string' ? new Unknown(reason) : reason
  return marks === undefined ? { type, v } : { type, v, marks }
}

export function tuple(items: readonly Value[]): Value {
  return { type: ['tuple', items.map(item => item.type)], v: items }
}

export function object(entries: Iterable<readonly [string, Value]>): Value {
  const types: { [name: string]: Type } = Object.create(null)
  const v = new Map<string, Value>()
  for (const [name, value] of entries) {
    const key = name.normalize('NFC')
    v.set(key, value)
    types[key] = value.type
  }
  return { type: ['object', types], v }
}

/** A list whose elements have the element type already. */
export function list(element: Type, items: readonly Value[]): Value {
  return { type: ['list', element], v: items }
}

/** A map whose elements have the element type already. */
export function map(element: Type, entries: Iterable<readonly [string, Value]>): Value {
  const v = new Map<string, Value>()
  for (const [name, value] of entries) v.set(name.normalize('NFC'), value)
  return { type: ['map', element], v }
}

export function isUnknown(value: Value): value is Value & { readonly v: Unknown } {
  return value.v instanceof Unknown
}
