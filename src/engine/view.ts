import { Absent, type Path, type Plain, type Resource } from '../resource.ts'
import { choose, type Hole, type Place, pathOf, type Session, Stop } from './explore.ts'
import { whyMaybe } from './instance.ts'
import { arrayView, type Element, readOnly } from './view-array.ts'

/**
 * The one place for absence: a resource as a check reads it. What is not there stops the reading, or is tried both
 * ways where it is a boolean; arrays answer for what they know. Reads are remembered for evidence.
 */
export function viewResource(session: Session, resource: Resource): unknown {
  const view = objectView({ session, resource }, resource.attributes, null)
  session.owners.set(view, resource)
  return view
}

/** Other resources as one array; an Absent among them stands for any number of unknown ones. */
export function viewRelated(
  session: Session,
  owner: Resource,
  type: string,
  related: readonly (Resource | Absent)[],
): unknown {
  const place: Place = { parent: null, key: type }
  const elements = related.map((each): Element => {
    if (each instanceof Absent)
      return unknownElement({ resource: owner, place, absent: each }, true)
    const element = known({ session, resource: each }, viewResource(session, each), null)
    const doubt = whyMaybe(each, owner)
    if (doubt === null) return element
    const absent = new Absent('unresolved', doubt)
    return { ...element, many: true, maybe: [{ resource: owner, place, absent }] }
  })
  return arrayView({ session, resource: owner }, place, () => elements)
}

/** Whose value it is, and in which judgement. */
export interface Reader {
  readonly session: Session
  readonly resource: Resource
}

type Fields = { readonly [key: string]: Plain }

function objectView(reader: Reader, fields: Fields | Absent, place: Place | null): object {
  return new Proxy({}, new ObjectHandler(reader, fields, place))
}

class ObjectHandler implements ProxyHandler<object> {
  readonly #reader: Reader
  /** An Absent: the object is surely there, and none of its fields is known. */
  readonly #fields: Fields | Absent
  readonly #place: Place | null

  constructor(reader: Reader, fields: Fields | Absent, place: Place | null) {
    this.#reader = reader
    this.#fields = fields
    this.#place = place
  }

  get(_: object, key: string | symbol): unknown {
    if (typeof key === 'symbol') return undefined
    const fields = this.#fields
    const place: Place = { parent: this.#place, key }
    if (this.#place === null && isPiece(this.#reader.resource, key))
      this.#reader.session.readsPieces = true
    if (fields instanceof Absent) return readAbsent(this.#reader, fields, place)
    return read(this.#reader, Object.hasOwn(fields, key) ? fields[key] : undefined, place)
  }

  has(_: object, key: string | symbol): boolean {
    return typeof key === 'string' && Object.hasOwn(this.#known(), key)
  }

  ownKeys(): string[] {
    return Object.keys(this.#known())
  }

  getOwnPropertyDescriptor(target: object, key: string | symbol): PropertyDescriptor | undefined {
    if (!this.has(target, key)) return undefined
    return { value: this.get(target, key), enumerable: true, configurable: true }
  }

  set = readOnly
  defineProperty = readOnly
  deleteProperty = readOnly

  #known(): Fields {
    if (!(this.#fields instanceof Absent)) return this.#fields
    const { resource } = this.#reader
    throw new Stop([{ resource, place: this.#place, absent: this.#fields }])
  }
}

function isPiece({ shell, parts = [] }: Resource, attribute: string): boolean {
  return shell === true && parts.some(({ at: [name] }) => name === attribute)
}

function read(reader: Reader, value: Plain, place: Place): unknown {
  if (value instanceof Absent) return readAbsent(reader, value, place)
  reader.session.reads.push({ resource: reader.resource, place })
  if (typeof value !== 'object' || value === null) return value
  return isArray(value)
    ? arrayView(reader, place, () => elementsOf(reader, value, place))
    : objectView(reader, value, place)
}

function readAbsent(reader: Reader, absent: Absent, place: Place): unknown {
  const { session, resource } = reader
  const hole: Hole = { resource, place, absent }
  const path = pathOf(place)
  if (isHanded(session, resource.type, absent, path)) {
    session.handed.set(absent, hole)
    return absent
  }
  switch (session.knows.kindOf(resource.type, path)) {
    case 'boolean':
      return choose(session, JSON.stringify([resource.type, resource.id, path]), 2, [hole]) === 1
    case 'array':
      return arrayView(reader, place, () => [unknownElement(hole, true)])
    case 'object':
      return objectView(reader, absent, place)
    default:
      throw new Stop([hole])
  }
}

/** Partly known text goes to check-kit as it is: `arn:aws:s3:::` tells something. */
function isHanded(session: Session, type: string, absent: Absent, path: Path): boolean {
  return absent.parts !== undefined && isText(session, type, path)
}

/** In a policy document, or in a list of such: text that is no document by itself cannot be read as one. */
function isText({ knows }: Session, type: string, path: Path): boolean {
  const kind = knows.kindOf(type, path)
  if (kind === 'text') return true
  return (
    kind !== 'object' &&
    path.some((_, at) => at > 0 && knows.kindOf(type, path.slice(0, at)) === 'policy')
  )
}

function elementsOf(reader: Reader, values: readonly Plain[], parent: Place): readonly Element[] {
  const ofBlocks = values.some(value => isBlock(value instanceof Absent ? value.as : value))
  return values.map((value, key): Element => {
    const place: Place = { parent, key }
    if (!(value instanceof Absent)) return presentElement(reader, value, place)
    if (value.as === undefined) return absentElement(reader, value, place, ofBlocks)
    const element =
      value.as instanceof Absent
        ? absentElement(reader, value.as, place, ofBlocks)
        : presentElement(reader, value.as, place)
    const maybe = [{ resource: reader.resource, place, absent: value }]
    return { ...element, many: true, maybe }
  })
}

function presentElement(reader: Reader, value: Exclude<Plain, Absent>, place: Place): Element {
  if (typeof value !== 'object' || value === null) return known(reader, value, place)
  const view = isArray(value)
    ? arrayView(reader, place, () => elementsOf(reader, value, place))
    : objectView(reader, value, place)
  return known(reader, view, place)
}

function absentElement(reader: Reader, absent: Absent, place: Place, ofBlocks: boolean): Element {
  const { session, resource } = reader
  const path = pathOf(place)
  const hole: Hole = { resource, place, absent }
  // One text in a list is there, also where nothing of it is known: why it is not may tell enough.
  if (!absent.many && isText(session, resource.type, path)) {
    session.handed.set(absent, hole)
    return known(reader, absent, place)
  }
  // A block is written or it is not: one of which nothing is known may be none, or several.
  const isObject = session.knows.kindOf(resource.type, path) === 'object'
  const many = absent.many || ofBlocks || isObject
  if (!isObject) return unknownElement(hole, many)
  const element = known(reader, objectView(reader, absent, place), place)
  return { ...element, many, maybe: [hole] }
}

function unknownElement(hole: Hole, many: boolean): Element {
  const { resource, place } = hole
  const unknown = [hole]
  const maybe = many ? unknown : null
  return { value: undefined, unknown, maybe, many, resource, place, reads: [] }
}

function known({ resource }: Reader, value: unknown, place: Place | null): Element {
  return { value, unknown: null, maybe: null, many: false, resource, place, reads: [] }
}

function isBlock(value: Plain): boolean {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Absent) && !isArray(value)
  )
}

/** Array.isArray does not narrow readonly arrays. */
function isArray(value: object): value is readonly Plain[] {
  return Array.isArray(value)
}
