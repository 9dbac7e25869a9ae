import { Absent, type Plain } from '../resource.ts'
import { isFields, isList } from '../vocabulary/plain.ts'
import type { Schema } from '../vocabulary/statement.ts'
import { linked } from './link.ts'
import { policyText } from './policy-text.ts'
import {
  below,
  type Converted,
  convert,
  linkTo,
  type Note,
  type Place,
  put,
  type Touch,
  unknown,
} from './values.ts'

/** What of a value goes into the input: live everything, of a folded piece only what its source declares. */
export interface Filter {
  /** Whether the leaf at this place is to be told. */
  readonly keeps: (at: Place, value: Plain) => boolean
  /** The place with where it was written. */
  readonly place: (at: Place) => Place
  /** A policy document as its source has it, if it has one. */
  readonly raw: (at: Place) => Plain
}

const nothing: Converted = { value: undefined, notes: [] }

/** A value as checks read it, in Terraform's JSON syntax again: every block an array, a policy as text. */
export function shaped(
  value: Plain,
  entry: string | Schema | undefined,
  at: Place,
  by: { readonly filter: Filter; readonly touch: Touch },
): Converted {
  if (value === null || value === undefined) return nothing
  if (typeof entry === 'object') return blocks(value, entry, by.filter.place(at), by)
  if (!by.filter.keeps(at, value)) return nothing
  const here = by.filter.place(at)
  if (entry !== undefined && isPolicy(entry)) {
    const raw = by.filter.raw(at)
    const text = typeof raw === 'string' || raw instanceof Absent ? raw : policyText(value)
    return text instanceof Absent ? unknown(text, here) : { value: text, notes: [] }
  }
  return convert(value, here, by.touch)
}

/** `p:o`: a policy document. */
function isPolicy(entry: string): boolean {
  return entry.split(':')[0] === 'p'
}

function blocks(
  value: Plain,
  schema: Schema,
  at: Place,
  by: Parameters<typeof shaped>[3],
): Converted {
  const [kind, cardinality = ''] = String(schema.$).split(':')
  const isBlock = kind === 'block'
  const isMap = cardinality === 'map'
  if (value instanceof Absent) return unknown(value, at)
  if (isList(value)) return many(value, schema, at, by)
  if (!isFields(value)) return nothing
  if (!isBlock || isMap) return fields(value, isMap ? { '*': withoutMark(schema) } : schema, at, by)
  // A block that can occur once is an array of one.
  const array = linked<unknown[]>([], linkTo(at))
  const place: Place = { parent: array, key: 0, resource: at.resource, path: at.path }
  const one = fields(value, schema, place, by)
  if (one.value !== undefined) array.push(one.value)
  return { value: array.length === 0 ? undefined : array, notes: one.notes }
}

function withoutMark({ $: _, ...rest }: Schema): Schema {
  return { ...rest, $: 'attr:single' }
}

function many(
  value: readonly Plain[],
  schema: Schema,
  at: Place,
  by: Parameters<typeof shaped>[3],
): Converted {
  const array = linked<unknown[]>([], linkTo(at))
  const notes: Note[] = []
  for (const [index, element] of value.entries()) {
    const place = by.filter.place(below(at, array, index))
    const one =
      element instanceof Absent
        ? unknown(element, place)
        : isFields(element)
          ? fields(element, schema, place, by)
          : nothing
    if (one.value !== undefined) array.push(one.value)
    notes.push(...one.notes)
  }
  return { value: array, notes }
}

function fields(
  value: { readonly [name: string]: Plain },
  schema: Schema,
  at: Place,
  by: Parameters<typeof shaped>[3],
): Converted {
  const object = linked<{ [name: string]: unknown }>({}, linkTo(at))
  for (const name of Object.keys(value)) {
    const entry = Object.hasOwn(schema, name) ? schema[name] : schema['*']
    put(object, name, shaped(value[name], entry, below(at, object, name), by), by.touch)
  }
  return { value: object, notes: [] }
}
