import type { Bound } from './bound.ts'
import type { Frame } from './machine.ts'
import type { Program } from './program.ts'

/** Slots of one rule's variables. Names are unique per rule, or live in closures that never overlap. */
export interface Scope {
  readonly program: Program
  readonly slots: Map<string, number>
  /** The host hears of its variables, so that wildcards have slots too. */
  readonly isWatched: boolean
  size: number
}

/** Where a literal stands: what is bound, and whether the order of solutions shows. */
export interface Place {
  readonly scope: Scope
  readonly bound: Bound
  readonly ordered: boolean
}

export function newScope(program: Program, isWatched = false): Scope {
  return { program, slots: new Map(), isWatched, size: 1 }
}

export function slotOf(scope: Scope, name: string): number {
  const known = scope.slots.get(name)
  if (known !== undefined) return known
  const slot = scope.size++
  scope.slots.set(name, slot)
  return slot
}

/** A slot without a name. */
export function spare(scope: Scope): number {
  return scope.size++
}

export function newFrame(scope: Scope): Frame {
  return new Array(scope.size)
}

export function withBound(place: Place, names: Iterable<string>): Place {
  return { ...place, bound: place.bound.with(names) }
}
