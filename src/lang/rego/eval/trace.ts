import type { Location } from '../error.ts'
import type { Body, Loc, Term } from '../syntax/ast.ts'
import { walkBody, walkTerm } from '../syntax/walk.ts'
import type { Value } from '../value/value.ts'
import type { Frame, Machine } from './machine.ts'
import { type Place, slotOf } from './scope.ts'

/** A value that a rule came to or gathered. */
export interface Made {
  readonly rule: Location
  /** Below `data`: the rule's, then the keys under which a partial object gathers it. */
  readonly path: readonly Value[]
  readonly value: Value
  /** The variables of its body, in the order in which they were bound: as they are while this is heard. */
  readonly variables: () => ReadonlyMap<string, Value>
}

/** A literal that is about to be evaluated. */
export interface Heard {
  readonly loc: Loc
  readonly variables: () => ReadonlyMap<string, Value>
}

export interface TraceOptions {
  /** In programs that are linked to be observed. */
  readonly onLiteral?: (heard: Heard) => void
  /** A rule has a value; likewise. */
  readonly onRule?: (loc: Loc) => void
  readonly onUnknown?: (note: unknown) => void
  readonly onMade?: (made: Made) => void
}

/**
 * What a host hears of one query. Values that the host does not know are accessors in the input that call `unknown`
 * and answer undefined. Wherever an absent value could turn into a solution (a negation, a default, an `else`, a
 * function of a collection) the evaluation then finds none instead: what is found is sure, and the host knows what
 * was not.
 */
export class Trace {
  /** Reads of unknown values so far, also those that a cached answer rests on. */
  count = 0
  private readonly options: TraceOptions
  private readonly open: Set<unknown>[] = []
  private readonly notes = new WeakMap<object, Map<number, ReadonlySet<unknown>>>()
  private readonly incomplete = new WeakSet<object>()

  constructor(options: TraceOptions) {
    this.options = options
  }

  unknown(note: unknown): void {
    this.count++
    this.open.at(-1)?.add(note)
    this.options.onUnknown?.(note)
  }

  literal(heard: Heard): void {
    this.options.onLiteral?.(heard)
  }

  rule(loc: Loc): void {
    this.options.onRule?.(loc)
  }

  made(made: Made): void {
    this.options.onMade?.(made)
  }

  /** What is read until `end` belongs to an answer that will be cached. */
  begin(): void {
    this.open.push(new Set())
  }

  end(cache: object, id: number): void {
    const read = this.open.pop()
    if (read === undefined || read.size === 0) return
    for (const note of read) this.open.at(-1)?.add(note)
    const known = this.notes.get(cache) ?? new Map<number, ReadonlySet<unknown>>()
    this.notes.set(cache, known.set(id, read))
  }

  /** A cached answer is read: so is what it rests on. */
  recall(cache: object, id: number): void {
    for (const note of this.notes.get(cache)?.get(id) ?? []) this.unknown(note)
  }

  /** Marks a collection that may lack members, if something unknown was read since `count`. */
  collected(value: Value, count: number): void {
    if (this.count !== count && typeof value === 'object' && value !== null)
      this.incomplete.add(value)
  }

  isIncomplete(value: Value | undefined): boolean {
    return typeof value === 'object' && value !== null && this.incomplete.has(value)
  }
}

/** The variables of a body by their names, for what the host hears. */
export function variablesIn(place: Place): (f: Frame) => ReadonlyMap<string, Value> {
  const slots = [...place.bound].map(name => [name, slotOf(place.scope, name)] as const)
  return f => {
    const variables = new Map<string, Value>()
    for (const [name, slot] of slots) {
      const value = f[slot]
      if (value !== undefined) variables.set(name, value)
    }
    return variables
  }
}

/** Whether a body reads a collection, bound before it, that may lack members. */
export function incompleteIn(place: Place, body: Body): Ask {
  return incomplete(place, see => walkBody(body, { term: see }))
}

/** The same for arguments; what a comprehension among them lacks is known when it is made. */
export function incompleteAmong(place: Place, terms: readonly Term[]): Ask {
  return incomplete(place, see => {
    for (const term of terms) walkTerm(term, { term: see, closures: false })
  })
}

type Ask = (m: Machine, f: Frame) => boolean

function incomplete(place: Place, walk: (see: (term: Term) => undefined) => void): Ask {
  const slots = new Set<number>()
  walk(term => {
    if (term.kind === 'var' && place.bound.has(term.name)) slots.add(slotOf(place.scope, term.name))
  })
  const list = [...slots]
  return (m, f) => list.some(slot => m.trace?.isIncomplete(f[slot]) === true)
}
