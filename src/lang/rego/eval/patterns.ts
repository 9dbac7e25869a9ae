import { directVariables } from '../compile/outputs.ts'
import { isWildcard, type Term } from '../syntax/ast.ts'
import { isArray, isObject } from '../value/kind.ts'
import { objectGet, objectSize } from '../value/object.ts'
import { equal } from '../value/order.ts'
import type { Value } from '../value/value.ts'
import type { Get, Take } from './machine.ts'
import { type Place, slotOf, withBound } from './scope.ts'
import { compileTerm } from './terms.ts'

/** Takes a value apart: compares with what is bound, stores what is not. */
export interface Pattern {
  readonly take: Take
  readonly place: Place
}

export function isEvaluable(place: Place, term: Term): boolean {
  for (const name of directVariables(term))
    if (!place.bound.has(name) && name !== 'input' && name !== 'data') return false
  return true
}

export function compilePattern(place: Place, term: Term): Pattern {
  if (term.kind === 'var' && !place.bound.has(term.name)) {
    if (isWildcard(term.name)) return { take: () => true, place }
    const slot = slotOf(place.scope, term.name)
    const take: Take = (_m, f, value) => {
      f[slot] = value
      return true
    }
    return { take, place: withBound(place, [term.name]) }
  }
  if (isEvaluable(place, term)) return { take: compileEquals(place, term), place }
  if (term.kind === 'array') return compileArrayPattern(place, term)
  if (term.kind === 'object') return compileObjectPattern(place, term)
  return { take: compileEquals(place, term), place }
}

function compileEquals(place: Place, term: Term): Take {
  if (term.kind === 'scalar' && typeof term.value !== 'object') {
    const { value } = term
    return (_m, _f, other) => other === value
  }
  const get = compileTerm(place, term)
  return (m, f, value) => {
    const own = get(m, f)
    return own !== undefined && equal(own, value)
  }
}

function compileArrayPattern(start: Place, term: Extract<Term, { kind: 'array' }>): Pattern {
  let place = start
  const takes: Take[] = []
  for (const item of term.items) {
    const pattern = compilePattern(place, item)
    takes.push(pattern.take)
    place = pattern.place
  }
  const take: Take = (m, f, value) => {
    if (!isArray(value) || value.length !== takes.length) return false
    for (let i = 0; i < takes.length; i++) {
      const item = value[i]
      if (item === undefined || takes[i]?.(m, f, item) !== true) return false
    }
    return true
  }
  return { take, place }
}

function compileObjectPattern(start: Place, term: Extract<Term, { kind: 'object' }>): Pattern {
  let place = start
  const parts: { readonly key: Get; readonly take: Take }[] = []
  for (const [key, value] of term.entries) {
    const get = compileTerm(place, key)
    const pattern = compilePattern(place, value)
    parts.push({ key: get, take: pattern.take })
    place = pattern.place
  }
  const take: Take = (m, f, value: Value) => {
    if (!isObject(value) || objectSize(value) !== parts.length) return false
    for (const part of parts) {
      const key = part.key(m, f)
      const member = key === undefined ? undefined : objectGet(value, key)
      if (member === undefined || !part.take(m, f, member)) return false
    }
    return true
  }
  return { take, place }
}
