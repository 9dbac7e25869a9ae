import type { Term } from '../syntax/ast.ts'
import { isAnything, isUnknown, or, select, unifies, valuesOf } from './algebra.ts'
import { type Checker, type Maybe, typeOf } from './check.ts'
import { type Env, putVar, typeOfVar } from './env.ts'
import { anything, type Type } from './type.ts'

/** Two sides of an equation; variables learn their types from each other. */
export function matches(
  checker: Checker,
  env: Env,
  a: Term,
  left: Maybe,
  b: Term,
  right: Maybe,
): boolean {
  const [unknownA, unknownB] = [isUnknown(left), isUnknown(right)]
  if (unknownA && !unknownB) return accepts(checker, env, a, right, false)
  if (unknownB && !unknownA) return accepts(checker, env, b, left, false)
  if (!unknownA && !unknownB) return unifies(left, right)
  if (a.kind === 'array') return matchArray(checker, env, a, b)
  if (a.kind === 'object') return matchObject(checker, env, a, b)
  if (a.kind !== 'var') return b.kind === 'var' && learnPart(checker, env, b, a, left)
  if (b.kind === 'array') return matchArray(checker, env, b, a)
  if (b.kind === 'object') return matchObject(checker, env, b, a)
  if (b.kind === 'var') return learn(checker, env, a, b)
  return learnPart(checker, env, a, b, right)
}

/** What is known of the other side in part is known of the variable. */
function learnPart(checker: Checker, env: Env, name: Term, other: Term, type: Maybe): boolean {
  if (other.kind === 'ref') return accepts(checker, env, name, anything, false)
  return type !== undefined && accepts(checker, env, name, type, false)
}

function learn(checker: Checker, env: Env, a: Term, b: Term): boolean {
  return (
    accepts(checker, env, a, anything, false) &&
    accepts(checker, env, b, typeOf(checker, env, a), false)
  )
}

function matchArray(
  checker: Checker,
  env: Env,
  a: Extract<Term, { kind: 'array' }>,
  b: Term,
): boolean {
  if (b.kind === 'var') return learn(checker, env, a, b)
  if (b.kind !== 'array' || a.items.length !== b.items.length) return false
  return a.items.every((item, i) => {
    const other = b.items[i]
    if (other === undefined) return false
    return matches(
      checker,
      env,
      item,
      typeOf(checker, env, item),
      other,
      typeOf(checker, env, other),
    )
  })
}

function matchObject(
  checker: Checker,
  env: Env,
  a: Extract<Term, { kind: 'object' }>,
  b: Term,
): boolean {
  if (b.kind === 'var') return learn(checker, env, a, b)
  if (b.kind !== 'object' || a.entries.length !== b.entries.length) return false
  return a.entries.every(([key, value]) => {
    const other = b.entries.find(([name]) => sameKey(key, name))?.[1]
    if (other === undefined) return false
    return matches(
      checker,
      env,
      value,
      typeOf(checker, env, value),
      other,
      typeOf(checker, env, other),
    )
  })
}

function sameKey(a: Term, b: Term): boolean {
  if (a.kind === 'var' && b.kind === 'var') return a.name === b.name
  return a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value
}

/** Can the term have the type? Its unknown variables take what it says; with `union`, in addition. */
export function accepts(
  checker: Checker,
  env: Env,
  term: Term,
  type: Maybe,
  union: boolean,
): boolean {
  switch (term.kind) {
    case 'var': {
      const known = typeOfVar(env, term.name)
      if (union) putVar(env, term.name, or(known, type))
      else if (known !== undefined) return unifies(known, type)
      else putVar(env, term.name, type)
      return true
    }
    case 'array':
    case 'object':
    case 'set': {
      if (type === undefined) return false
      if (type.kind !== 'any') return acceptsComposite(checker, env, term, type, union)
      if (isAnything(type)) {
        for (const part of partsOf(term)) accepts(checker, env, part, anything, true)
        return true
      }
      return type.of.map(member => accepts(checker, env, term, member, true)).includes(true)
    }
    default:
      return unifies(typeOf(checker, env, term), type)
  }
}

type Composite = Extract<Term, { kind: 'array' | 'object' | 'set' }>

function partsOf(term: Composite): readonly Term[] {
  return term.kind === 'object' ? term.entries.flat() : term.items
}

function acceptsComposite(
  checker: Checker,
  env: Env,
  term: Composite,
  type: Type,
  union: boolean,
): boolean {
  if (term.kind === 'array') {
    if (type.kind !== 'array') return false
    if (term.items.length !== type.items.length && type.rest === undefined) return false
    return term.items.every((item, i) => accepts(checker, env, item, select(type, i), union))
  }
  if (term.kind === 'set') {
    if (type.kind !== 'set') return false
    return term.items.every(item => accepts(checker, env, item, valuesOf(type), union))
  }
  if (type.kind !== 'object') return false
  if (term.entries.length !== type.properties.length && type.rest === undefined) return false
  return term.entries.every(([key, value]) => {
    if (key.kind !== 'scalar') {
      accepts(checker, env, value, anything, union)
      return true
    }
    const member = select(type, key.value)
    return member !== undefined && accepts(checker, env, value, member, union)
  })
}
