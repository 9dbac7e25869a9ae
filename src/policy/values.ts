import { Absent, type Path, type Plain, type Resource } from '../resource.ts'
import { isFields, isList } from '../vocabulary/plain.ts'
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

/** Plain data as input: what is unset is left out, what is unknown is told when it is read. */
export function convert(value: Plain, at: Place, touch: Touch): Converted {
  if (value === null || value === undefined) return nothing
  if (value instanceof Absent) return unknown(value, at)
  if (isList(value)) return list(value, at, touch)
  if (!isFields(value)) return { value, notes: [] }
  const object = linked<{ [name: string]: unknown }>({}, linkTo(at))
  for (const name of Object.keys(value))
    put(object, name, convert(value[name], below(at, object, name), touch), touch)
  return { value: object, notes: [] }
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
function list(value: readonly Plain[], at: Place, touch: Touch): Converted {
  const array = linked<unknown[]>([], linkTo(at))
  const notes: Note[] = []
  for (const [index, element] of value.entries()) {
    if (element === null) {
      array.push(null)
      continue
    }
    const converted = convert(element, below(at, array, index), touch)
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
