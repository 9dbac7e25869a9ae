import type { Decimal } from 'decimal.js'
import { weigh } from './bulk.ts'
import { simplest } from './number.ts'
import { compareText } from './text-order.ts'
import { objectType } from './type.ts'
import { isEntries, isItems, type Marks, type Type, Unknown, type Value } from './value.ts'

export const emptyObject: Value = { type: objectType([]), v: new Map() }
export const emptyTuple: Value = { type: ['tuple', []], v: [] }
/** `null` as it is written: of no type yet. */
export const untypedNull: Value = { type: 'dynamic', v: null }

/** A string value; Terraform's strings are NFC everywhere. */
export function string(text: string): Value {
  return { type: 'string', v: text.normalize('NFC') }
}

export function number(value: number | Decimal): Value {
  return { type: 'number', v: typeof value === 'number' ? value : simplest(value) }
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
  return { type: ['tuple', items.map(item => item.type)], v: weigh(items) }
}

/** An object: names in order, the last of equal names wins. */
export function object(entries: Iterable<readonly [string, Value]>): Value {
  const v = weigh(inOrder(entries))
  return { type: objectType([...v].map(([name, value]) => [name, value.type])), v }
}

/** A list whose elements have the element type already. */
export function list(element: Type, items: readonly Value[]): Value {
  return { type: ['list', element], v: weigh(items) }
}

/** A map whose elements have the element type already: names in order, the last of equal names wins. */
export function map(element: Type, entries: Iterable<readonly [string, Value]>): Value {
  return { type: ['map', element], v: weigh(inOrder(entries)) }
}

export function isUnknown(value: Value): value is Value & { readonly v: Unknown } {
  return value.v instanceof Unknown
}

/** Whether the value is known to its last part. */
export function isWhollyKnown(value: Value): boolean {
  const { v } = value
  if (v instanceof Unknown) return false
  if (isItems(v)) return v.every(isWhollyKnown)
  return !isEntries(v) || [...v.values()].every(isWhollyKnown)
}

/** Everything that reads maps and objects relies on this order: loops, `keys`, JSON. */
function inOrder(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  const list: (readonly [string, Value])[] = []
  let isSorted = true
  for (const [name, value] of entries) {
    const key = name.normalize('NFC')
    const last = list.at(-1)
    if (last !== undefined && compareText(last[0], key) >= 0) isSorted = false
    list.push([key, value])
  }
  // The sort is stable, so the last of equal names is the last that the Map is given.
  return new Map(isSorted ? list : list.sort((a, b) => compareText(a[0], b[0])))
}
