import { Absent, Missing, type Resource } from '../resource.ts'
import {
  choose,
  explore,
  type Hole,
  type Outcome,
  type Place,
  type Read,
  type Session,
  Stop,
} from './explore.ts'

/** An element as an array view holds it. */
export interface Element {
  readonly value: unknown
  /** Why the element's value is not known. */
  readonly unknown: readonly Hole[] | null
  /** Why it is not known whether the element is in the array; always there with `many`. */
  readonly maybe: readonly Hole[] | null
  /** Stands for any number of elements. */
  readonly many: boolean
  readonly resource: Resource
  readonly place: Place | null
  /** What a callback read to make the value or to let it through. */
  readonly reads: readonly Read[]
}

interface Owner {
  readonly session: Session
  readonly resource: Resource
}

type Callback = (value: unknown, index: number, array: unknown) => unknown

/** An array as a check reads it: its answers are three-valued, an element that decides wins over one that is unknown. */
export function arrayView(
  owner: Owner,
  place: Place | null,
  elements: () => readonly Element[],
): readonly unknown[] {
  const handler = new ArrayHandler(owner, place, elements)
  const view = new Proxy<unknown[]>([], handler)
  handler.view = view
  return view
}

/** Asks a view for what stands behind it: one that a callback answers is flattened without reading it. */
const behind = Symbol('behind the view')

class ArrayHandler implements ProxyHandler<unknown[]> {
  readonly session: Session
  readonly resource: Resource
  readonly place: Place | null
  view: readonly unknown[] = []
  readonly #make: () => readonly Element[]
  #elements: readonly Element[] | undefined

  constructor({ session, resource }: Owner, place: Place | null, make: () => readonly Element[]) {
    this.session = session
    this.resource = resource
    this.place = place
    this.#make = make
  }

  get elements(): readonly Element[] {
    this.#elements ??= this.#make()
    return this.#elements
  }

  get(_: unknown[], key: string | symbol): unknown {
    if (key === 'length') return length(this)
    if (key === behind) return this
    if (typeof key === 'string') {
      const answer = answers.get(key)
      if (answer) return (argument: never, ...more: never[]) => answer(this, argument, ...more)
      if (/^\d+$/.test(key)) return at(this, Number(key))
    }
    const native: unknown = Reflect.get(Array.prototype, key)
    if (typeof native !== 'function') return native
    return (...given: unknown[]) => Reflect.apply(native, solid(this), given)
  }

  has(target: unknown[], key: string | symbol): boolean {
    return Reflect.has(this.#filled(target), key)
  }

  ownKeys(target: unknown[]): (string | symbol)[] {
    return Reflect.ownKeys(this.#filled(target))
  }

  getOwnPropertyDescriptor(target: unknown[], key: string | symbol) {
    return Reflect.getOwnPropertyDescriptor(this.#filled(target), key)
  }

  set = readOnly
  defineProperty = readOnly
  deleteProperty = readOnly

  #filled(target: unknown[]): unknown[] {
    target.splice(0, target.length, ...solid(this))
    return target
  }
}

export function readOnly(): never {
  throw new TypeError('a check reads its resource, it cannot change it')
}

const answers: ReadonlyMap<
  string,
  (self: ArrayHandler, argument: never, ...more: never[]) => unknown
> = new Map<string, (self: ArrayHandler, argument: never, ...more: never[]) => unknown>([
  ['some', (self, callback: Callback) => anyIs(self, callback, true)],
  ['every', (self, callback: Callback) => !anyIs(self, callback, false)],
  ['includes', (self, wanted: unknown) => anyIs(self, value => isSame(value, wanted), true)],
  ['find', find],
  ['filter', filter],
  ['map', map],
  ['flatMap', flatMap],
  ['flat', self => flatMap(self, value => value)],
  ['concat', concat],
  ['at', at],
])

/** Whether the callback answers `wanted` for an element that is surely in the array. */
function anyIs(self: ArrayHandler, callback: Callback, wanted: boolean): boolean {
  const { session } = self
  const mark = session.reads.length
  const holes: Hole[] = []
  for (const [index, element] of self.elements.entries()) {
    const outcome = ask(self, element, index, callback, answer => Boolean(answer) === wanted)
    if (outcome.decided && outcome.value && !element.maybe) return true
    session.reads.length = mark
    if (!outcome.decided) add(holes, outcome.holes)
    else if (outcome.value && element.maybe) add(holes, element.maybe)
  }
  if (holes.length > 0) return choose(session, null, 2, holes) === 1
  readWhole(self)
  return false
}

/** The first that matches; one before it that may match is tried as the answer too. */
function find(self: ArrayHandler, callback: Callback): unknown {
  const { session } = self
  const mark = session.reads.length
  const holes: Hole[] = []
  const candidates: (Element | null)[] = []
  let found: Element | null = null
  for (const [index, element] of self.elements.entries()) {
    const outcome = ask(self, element, index, callback, Boolean)
    if (outcome.decided && outcome.value && !element.maybe) {
      found = element
      break
    }
    session.reads.length = mark
    if (outcome.decided && !outcome.value) continue
    candidates.push(element)
    add(holes, outcome.decided ? (element.maybe ?? []) : outcome.holes)
  }
  if (candidates.length === 0) {
    if (!found) readWhole(self)
    return found?.value
  }
  if (candidates.length > maxCandidates) throw new Stop(holes)
  const choice = choose(session, null, candidates.length + 1, holes)
  const element = choice === 0 ? found : candidates[choice - 1]
  return element ? take(self, element) : undefined
}

/** Elements that may or may not match stay, as such. */
function filter(self: ArrayHandler, callback: Callback): unknown {
  const { session } = self
  const mark = session.reads.length
  const kept: Element[] = []
  for (const [index, element] of self.elements.entries()) {
    const outcome = ask(self, element, index, callback, Boolean)
    const reads = session.reads.splice(mark)
    if (!outcome.decided) kept.push({ ...element, maybe: join(element.maybe, outcome.holes) })
    else if (outcome.value) kept.push({ ...element, reads })
  }
  return arrayView(self, self.place, () => kept)
}

function map(self: ArrayHandler, callback: Callback): unknown {
  const mapped = self.elements.map((element, index) => derive(self, element, index, callback))
  return arrayView(self, self.place, () => mapped)
}

function flatMap(self: ArrayHandler, callback: Callback): unknown {
  const flat = self.elements.flatMap((element, index) => {
    const outer = derive(self, element, index, callback)
    const { unknown } = outer
    if (unknown) return [{ ...outer, many: true, maybe: join(outer.maybe, unknown) }]
    return spread(outer.value, outer).map(inner => within(outer, inner))
  })
  return arrayView(self, self.place, () => flat)
}

function concat(self: ArrayHandler, ...more: readonly unknown[]): unknown {
  const { resource, place } = self
  const base = { unknown: null, maybe: null, many: false, resource, place, reads: [] }
  const all = [...self.elements, ...more.flatMap(value => spread(value, { ...base, value }))]
  return arrayView(self, place, () => all)
}

function at(self: ArrayHandler, index: number): unknown {
  const elements = index < 0 ? self.elements.toReversed() : self.elements
  const steps = index < 0 ? -index - 1 : index
  for (const element of elements.slice(0, steps + 1)) {
    if (element.maybe) throw new Stop(element.maybe)
  }
  const element = elements[steps]
  if (!element) {
    readWhole(self)
    return undefined
  }
  return take(self, element)
}

function length(self: ArrayHandler): number {
  const open = self.elements.filter(element => element.maybe)
  const certain = self.elements.length - open.length
  const first = self.elements.find(element => !element.maybe && element.reads.length > 0)
  if (first) enter(self, first)
  else readWhole(self)
  if (open.length === 0) return certain
  const holes = open.flatMap(element => element.maybe ?? [])
  const most = open.some(element => element.many) ? endless : open.length
  const counts = [0, 1, 2, 3, 4, most].filter((more, at) => more < most || at === 5)
  return certain + (counts[choose(self.session, null, counts.length, holes)] ?? 0)
}

/** Stands for every number that is too large to be tried: no check tells such numbers apart. */
const endless = 1_000_000

/** Answers of more than that many shapes are not tried. */
const maxCandidates = 4

/** For the array methods that are not three-valued: all or nothing. */
function solid(self: ArrayHandler): unknown[] {
  const holes = self.elements.flatMap(element => element.unknown ?? element.maybe ?? [])
  if (holes.length > 0) throw new Stop(holes)
  readWhole(self)
  return self.elements.map(element => element.value)
}

function ask<T>(
  self: ArrayHandler,
  element: Element,
  index: number,
  callback: Callback,
  as: (answer: unknown) => T,
): Outcome<T> {
  // A callback that takes nothing asks only whether there is an element (`some(() => true)`).
  if (element.unknown && callback.length > 0) return { decided: false, holes: element.unknown }
  return explore(self.session, () => {
    enter(self, element)
    return as(callback(element.value, index, self.view))
  })
}

function derive(self: ArrayHandler, element: Element, index: number, callback: Callback): Element {
  const mark = self.session.reads.length
  const outcome = ask(self, element, index, callback, answer => answer)
  const reads = self.session.reads.splice(mark)
  if (!outcome.decided) return { ...element, value: undefined, unknown: outcome.holes, reads: [] }
  return { ...element, value: outcome.value, reads }
}

/** What a value gives to the array that it is joined into: views keep their unknown elements. */
function spread(value: unknown, as: Element): readonly Element[] {
  if (typeof value !== 'object' || value === null) return [{ ...as, value }]
  const handler: unknown = Reflect.get(value, behind)
  if (handler instanceof ArrayHandler) return handler.elements
  return Array.isArray(value) ? value.map(each => ({ ...as, value: each })) : [{ ...as, value }]
}

function within(outer: Element, inner: Element): Element {
  return {
    ...inner,
    maybe: join(outer.maybe, inner.maybe),
    many: outer.many || inner.many,
    reads: [...outer.reads, ...inner.reads],
  }
}

function enter(self: ArrayHandler, element: Element): void {
  const { resource, place } = element
  if (place) self.session.reads.push({ resource, place })
  for (const read of element.reads) self.session.reads.push(read)
}

function take(self: ArrayHandler, element: Element): unknown {
  if (element.unknown) throw new Stop(element.unknown)
  enter(self, element)
  return element.value
}

function readWhole({ session, resource, place }: ArrayHandler): void {
  session.reads.push({ resource, place, whole: true })
}

function isSame(value: unknown, wanted: unknown): boolean {
  for (const each of [value, wanted]) if (each instanceof Absent) throw new Missing(each)
  return value === wanted
}

function join(one: readonly Hole[] | null, other: readonly Hole[] | null): readonly Hole[] | null {
  return one && other ? [...one, ...other] : (one ?? other)
}

function add(holes: Hole[], more: readonly Hole[]): void {
  for (const hole of more) holes.push(hole)
}
