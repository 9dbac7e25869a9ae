import { directVariables } from '../compile/outputs.ts'
import { RegoError } from '../error.ts'
import type { ComprehensionTerm } from '../syntax/ast.ts'
import { equal } from '../value/order.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { compileBody } from './bodies.ts'
import { type Get, type Next, spend } from './machine.ts'
import { type Place, spare } from './scope.ts'
import { compileTerm } from './terms.ts'
import { incompleteIn } from './trace.ts'

export function compileComprehension(place: Place, term: ComprehensionTerm): Get {
  const get = compileShape(place, term)
  const isIncomplete = incompleteIn(place, term.body)
  return (m, f) => {
    const { trace } = m
    if (trace === undefined) return get(m, f)
    const before = trace.count
    if (isIncomplete(m, f)) trace.count++
    const value = get(m, f)
    if (value !== undefined) trace.collected(value, before)
    return value
  }
}

function compileShape(place: Place, term: ComprehensionTerm): Get {
  switch (term.shape) {
    case 'array':
      return compileArray(place, term)
    case 'set':
      return compileSet(place, term)
    case 'object':
      return compileObject(place, term)
  }
}

/** Comprehensions nest, so the innermost list that is being made is the last one. */
function compileArray(place: Place, term: ComprehensionTerm): Get {
  const run = compileBody({ ...place, ordered: true }, term.body, undefined, inner => {
    const head = compileTerm(inner, term.head)
    return (m, f) => {
      const value = head(m, f)
      if (value === undefined) return false
      spend(m, 1)
      m.lists.at(-1)?.push(value)
      return true
    }
  })
  return (m, f) => {
    const list: Value[] = []
    m.lists.push(list)
    run(m, f)
    m.lists.pop()
    return list
  }
}

function compileSet(place: Place, term: ComprehensionTerm): Get {
  const slot = spare(place.scope)
  const needed = directVariables(term.head)
  const run = compileBody({ ...place, ordered: false }, term.body, needed, inner => {
    const head = compileTerm(inner, term.head)
    return (m, f) => {
      const value = head(m, f)
      const set = f[slot]
      if (value === undefined || !(set instanceof RegoSet)) return false
      spend(m, 1)
      set.add(value)
      return true
    }
  })
  return (m, f) => {
    const set = new RegoSet()
    f[slot] = set
    run(m, f)
    return set
  }
}

function compileObject(place: Place, term: ComprehensionTerm): Get {
  const slot = spare(place.scope)
  const { key, loc } = term
  if (key === undefined) throw new TypeError('an object comprehension without a key')
  const needed = new Set([...directVariables(key), ...directVariables(term.head)])
  const run = compileBody({ ...place, ordered: false }, term.body, needed, (inner): Next => {
    const getKey = compileTerm(inner, key)
    const getValue = compileTerm(inner, term.head)
    return (m, f) => {
      const name = getKey(m, f)
      const value = getValue(m, f)
      const object = f[slot]
      if (name === undefined || value === undefined || !(object instanceof RegoObject)) return false
      const known = object.get(name)
      if (known === undefined) {
        spend(m, 1)
        object.put(name, value)
      } else if (!equal(known, value))
        throw new RegoError('eval_conflict_error', 'object keys must be unique', loc)
      return true
    }
  })
  return (m, f) => {
    const object = new RegoObject()
    f[slot] = object
    run(m, f)
    return object
  }
}
