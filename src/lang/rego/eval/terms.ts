import { isGround } from '../compile/tree.ts'
import { RegoError } from '../error.ts'
import type { Term } from '../syntax/ast.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { compileComprehension } from './comprehensions.ts'
import type { Get } from './machine.ts'
import { compileReference } from './references.ts'
import { type Place, slotOf } from './scope.ts'

/** A term whose variables are all bound. */
export function compileTerm(place: Place, term: Term): Get {
  switch (term.kind) {
    case 'scalar': {
      const { value } = term
      return () => value
    }
    case 'var': {
      if (!isBound(place, term.name) && (term.name === 'input' || term.name === 'data'))
        return compileReference(place, { kind: 'ref', path: [term], loc: term.loc })
      const slot = slotOf(place.scope, term.name)
      return (_, f) => f[slot]
    }
    case 'ref':
      return compileReference(place, term)
    case 'array':
    case 'set':
    case 'object': {
      if (!isGround(term)) return compileComposite(place, term)
      const value = constant(term)
      return () => value
    }
    case 'comprehension':
      return compileComprehension(place, term)
    default:
      throw new RegoError('eval_internal_error', `a ${term.kind} was not expanded`, term.loc)
  }
}

function isBound(place: Place, name: string): boolean {
  return place.bound.has(name)
}

/** The value of a term without variables. */
export function constant(term: Term): Value {
  switch (term.kind) {
    case 'scalar':
      return term.value
    case 'array':
      return term.items.map(constant)
    case 'set':
      return RegoSet.of(term.items.map(constant))
    case 'object':
      return RegoObject.of(term.entries.map(([key, value]) => [constant(key), constant(value)]))
    default:
      throw new RegoError('eval_internal_error', `a ${term.kind} is not constant`, term.loc)
  }
}

/** The value of a term if it has no variables. */
export function constantOf(term: Term): Value | undefined {
  return isGround(term) ? constant(term) : undefined
}

function compileComposite(
  place: Place,
  term: Extract<Term, { kind: 'array' | 'set' | 'object' }>,
): Get {
  if (term.kind === 'object') return compileObject(place, term)
  const items = term.items.map(item => compileTerm(place, item))
  if (term.kind === 'array') {
    return (m, f) => {
      const values: Value[] = []
      for (const item of items) {
        const value = item(m, f)
        if (value === undefined) return undefined
        values.push(value)
      }
      return values
    }
  }
  return (m, f) => {
    const set = new RegoSet()
    for (const item of items) {
      const value = item(m, f)
      if (value === undefined) return undefined
      set.add(value)
    }
    return set
  }
}

function compileObject(place: Place, term: Extract<Term, { kind: 'object' }>): Get {
  const names = term.entries.map(([key]) => (key.kind === 'scalar' ? key.value : undefined))
  const values = term.entries.map(([, value]) => compileTerm(place, value))
  if (names.every(name => typeof name === 'string' && name !== '__proto__')) {
    const fixed = names.map(String)
    return (m, f) => {
      const object: { [key: string]: Value } = {}
      for (let i = 0; i < fixed.length; i++) {
        const value = values[i]?.(m, f)
        if (value === undefined) return undefined
        object[fixed[i] ?? ''] = value
      }
      return object
    }
  }
  const keys = term.entries.map(([key]) => compileTerm(place, key))
  return (m, f) => {
    const object = new RegoObject()
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]?.(m, f)
      const value = values[i]?.(m, f)
      if (key === undefined || value === undefined) return undefined
      object.put(key, value)
    }
    return object
  }
}
