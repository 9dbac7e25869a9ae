import { isWildcard, type Term } from '../syntax/ast.ts'
import { Big } from '../value/big.ts'
import { isArray } from '../value/kind.ts'
import { entriesOf, lookup, lookupName } from '../value/lookup.ts'
import { member, sortedKeys } from '../value/object.ts'
import { RegoObject, RegoSet } from '../value/value.ts'
import { lookupBase } from './documents.ts'
import { type Get, step, type Take } from './machine.ts'
import { compilePattern, isEvaluable } from './patterns.ts'
import { type Place, slotOf, withBound } from './scope.ts'
import { compileTerm } from './terms.ts'

/** One step of a reference: a constant name, a bound key, or a pattern that every key is tried with. */
export type Element =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'key'; readonly get: Get; readonly isBase: boolean }
  /** Slot −1: the key does not matter. */
  | { readonly kind: 'bind'; readonly slot: number }
  | { readonly kind: 'match'; readonly take: Take }

export interface Path {
  readonly elements: readonly Element[]
  readonly place: Place
}

export function compilePath(start: Place, parts: readonly Term[], isBase = false): Path {
  let place = start
  const elements: Element[] = []
  for (const part of parts) {
    if (part.kind === 'scalar' && typeof part.value === 'string')
      elements.push({ kind: 'name', name: part.value })
    else if (isEvaluable(place, part))
      elements.push({ kind: 'key', get: compileTerm(place, part), isBase })
    else if (part.kind === 'var') {
      const isKept = place.scope.isWatched || !isWildcard(part.name)
      const slot = isKept ? slotOf(place.scope, part.name) : -1
      elements.push({ kind: 'bind', slot })
      place = withBound(place, [part.name])
    } else {
      const pattern = compilePattern(place, part)
      elements.push({ kind: 'match', take: pattern.take })
      place = pattern.place
    }
  }
  return { elements, place }
}

/** Follows the steps from a value; with `cut`, the first success of each iteration is enough. */
export function follow(
  elements: readonly Element[],
  options: { readonly ordered: boolean; readonly cut: boolean },
  final: Take,
): Take {
  let take = final
  for (const element of [...elements].reverse()) take = followOne(element, options, take)
  return take
}

function followOne(
  element: Element,
  options: { readonly ordered: boolean; readonly cut: boolean },
  next: Take,
): Take {
  switch (element.kind) {
    case 'name': {
      const { name } = element
      return (m, f, value) => {
        const inner = lookupName(value, name)
        return inner !== undefined && next(m, f, inner)
      }
    }
    case 'key': {
      const { get } = element
      const find = element.isBase ? lookupBase : lookup
      return (m, f, value) => {
        const key = get(m, f)
        const inner = key === undefined ? undefined : find(value, key)
        return inner !== undefined && next(m, f, inner)
      }
    }
    case 'bind':
      return iterate(element.slot, options, next)
    case 'match':
      return iterateMatching(element.take, options.cut, next)
  }
}

function iterate(
  slot: number,
  { ordered, cut }: { readonly ordered: boolean; readonly cut: boolean },
  next: Take,
): Take {
  return (m, f, value) => {
    if (typeof value !== 'object' || value === null) return false
    let found = false
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const item = value[i]
        if (item === undefined) continue
        step(m)
        if (slot >= 0) f[slot] = i
        if (!next(m, f, item)) continue
        if (cut) return true
        found = true
      }
      return found
    }
    if (value instanceof RegoSet) {
      for (const item of ordered ? value.sorted() : value.members) {
        step(m)
        if (slot >= 0) f[slot] = item
        if (!next(m, f, item)) continue
        if (cut) return true
        found = true
      }
      return found
    }
    if (value instanceof RegoObject) {
      for (const [key, item] of ordered ? value.sorted() : value.entries) {
        step(m)
        if (slot >= 0) f[slot] = key
        if (!next(m, f, item)) continue
        if (cut) return true
        found = true
      }
      return found
    }
    if (value instanceof Big) return false
    for (const key of ordered ? sortedKeys(value) : Object.keys(value)) {
      const item = member(value, key)
      if (item === undefined) continue
      step(m)
      if (slot >= 0) f[slot] = key
      if (!next(m, f, item)) continue
      if (cut) return true
      found = true
    }
    return found
  }
}

function iterateMatching(match: Take, cut: boolean, next: Take): Take {
  return (m, f, value) => {
    let found = false
    for (const [key, item] of entriesOf(value) ?? []) {
      step(m)
      if (!match(m, f, key) || !next(m, f, item)) continue
      if (cut) return true
      found = true
    }
    return found
  }
}
