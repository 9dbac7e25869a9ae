import { Absent, type Path, type Plain, type Resource } from '../resource.ts'
import { isFields, isList } from '../vocabulary/plain.ts'
import type { Schema } from '../vocabulary/statement.ts'
import { linked, type Spot } from './link.ts'

/** Knowledge that a rule read and that is not there. */
export interface Note {
  readonly resource: Resource
  readonly path: Path
  readonly absent: Absent
}

/** What a value comes to in the input, and what in it is not known. */
export interface Converted {
  /** Undefined where nothing stands. */
  readonly value: unknown
  readonly notes: readonly Note[]
}

export type Touch = (note: Note) => void

const nothing: Converted = { value: undefined, notes: [] }

/**
 * Plain data as input: what is unset is left out, what is unknown is told when it is read. A block is an array by its
 * schema, though JSON may write the only one as an object.
 */
export function convert(
  value: Plain,
  at: Place,
  touch: Touch,
  entry?: string | Schema | undefined,
): Converted {
  if (value === null || value === undefined) return nothing
  if (value instanceof Absent) return unknown(value, at)
  if (isList(value)) return list(value, at, touch, entry)
  if (!isFields(value)) return { value, notes: [] }
  if (isBlock(entry)) {
    const array = linked<unknown[]>([], linkTo(at))
    array.push(members(value, onlyElement(array, at), touch, entry))
    return { value: array, notes: [] }
  }
  return { value: members(value, at, touch, entry), notes: [] }
}

type Fields = { readonly [name: string]: Plain }

function members(
  value: Fields,
  at: Place,
  touch: Touch,
  entry: string | Schema | undefined,
): object {
  const object = linked<{ [name: string]: unknown }>({}, linkTo(at))
  for (const name of Object.keys(value)) {
    const inner = typeof entry === 'object' && Object.hasOwn(entry, name) ? entry[name] : undefined
    put(object, name, convert(value[name], below(at, object, name), touch, inner), touch)
  }
  return object
}

/** It is written where its array would be. */
function onlyElement(array: object, { resource, path }: Place): Place {
  return { parent: array, key: 0, resource, path, spot: { resource, path, form: 'declared' } }
}

function isBlock(entry: string | Schema | undefined): entry is Schema {
  if (typeof entry !== 'object') return false
  const [kind, cardinality] = String(entry.$).split(':')
  return kind === 'block' && cardinality !== 'map'
}

/** Where a value stands: its parent in the input, and its path for people. */
export interface Place {
  readonly parent: object | null
  readonly key: string | number
  readonly resource: Resource
  readonly path: Path
  readonly owner?: Resource
  readonly spot?: Spot
}

export function below({ resource, path }: Place, parent: object, key: string | number): Place {
  return { parent, key, resource, path: [...path, key] }
}

export function linkTo({ parent, key, owner, spot }: Place) {
  return { parent, key, ...(owner && { owner }), ...(spot && { spot }) }
}

export function unknown(absent: Absent, { resource, path }: Place): Converted {
  return { value: undefined, notes: [{ resource, path, absent }] }
}

/** Unknown elements are left out, and told when somebody reads the list. */
function list(
  value: readonly Plain[],
  at: Place,
  touch: Touch,
  entry: string | Schema | undefined,
): Converted {
  const array = linked<unknown[]>([], linkTo(at))
  const notes: Note[] = []
  for (const [index, element] of value.entries()) {
    if (element === null) {
      array.push(null)
      continue
    }
    const place = below(at, array, index)
    const converted =
      isBlock(entry) && isFields(element)
        ? { value: members(element, place, touch, entry), notes: [] }
        : convert(element, place, touch)
    if (converted.value !== undefined) array.push(converted.value)
    notes.push(...converted.notes)
  }
  return { value: array, notes }
}

/** Sets a member; one of which something is unknown says so when it is read. */
export function put(
  object: { [name: string]: unknown },
  name: string,
  { value, notes }: Converted,
  touch: Touch,
): void {
  if (notes.length > 0) {
    const get = (): unknown => {
      for (const note of notes) touch(note)
      return value
    }
    Object.defineProperty(object, name, { get, enumerable: true, configurable: true })
  } else if (value === undefined) return
  else if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true })
  else object[name] = value
}
