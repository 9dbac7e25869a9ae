import { RegoError } from '../error.ts'
import type { RefTerm, Term } from '../syntax/ast.ts'
import { equal } from '../value/order.ts'
import type { Compiled } from './literals.ts'
import type { Get, Next, Take, Test } from './machine.ts'
import { compilePattern, isEvaluable } from './patterns.ts'
import { compileIteration, referencePath } from './references.ts'
import { type Place, slotOf } from './scope.ts'
import { compileTerm, constantOf } from './terms.ts'

/** `left = right`: compares, assigns, takes apart or iterates, as the bound variables ask. */
export function compileEquation(place: Place, left: Term, right: Term): Compiled {
  if (iterates(place, left)) return compileIterated(place, left, right)
  if (iterates(place, right)) return compileIterated(place, right, left)
  if (isEvaluable(place, left)) return compileMatch(place, left, right)
  if (isEvaluable(place, right)) return compileMatch(place, right, left)
  return compileStructural(place, left, right)
}

function iterates(place: Place, term: Term): term is RefTerm {
  return term.kind === 'ref' && !isEvaluable(place, term)
}

function compileIterated(place: Place, term: RefTerm, other: Term): Compiled {
  const { place: inner } = referencePath(place, term)
  if (iterates(inner, other)) {
    const { place: after } = referencePath(inner, other)
    const slot = inner.scope.size++
    const generate = (next: Next, cut: boolean): Next => {
      const second = compileIteration(inner, other, cut, (m, f, value) => {
        const first = f[slot]
        return first !== undefined && equal(first, value) && next(m, f)
      })
      return compileIteration(place, term, cut, (m, f, value) => {
        f[slot] = value
        return second(m, f)
      })
    }
    return { step: { kind: 'generate', generate }, place: after }
  }
  const pattern = compilePattern(inner, other)
  const generate = (next: Next, cut: boolean): Next =>
    compileIteration(place, term, cut, takeThen(pattern.take, next))
  return { step: { kind: 'generate', generate }, place: pattern.place }
}

function takeThen(take: Take, next: Next): Take {
  return (m, f, value) => take(m, f, value) && next(m, f)
}

function compileMatch(place: Place, known: Term, other: Term): Compiled {
  const get = compileTerm(place, known)
  const pattern = compilePattern(place, other)
  const isVariable = other.kind === 'var' && !place.bound.has(other.name)
  const test = isVariable
    ? assign(get, slotOf(place.scope, other.name))
    : isEvaluable(place, other)
      ? compare(place, known, other, get)
      : matches(get, pattern.take)
  return { step: { kind: 'test', test }, place: pattern.place }
}

function assign(get: Get, slot: number): Test {
  return (m, f) => {
    const value = get(m, f)
    if (value === undefined) return false
    f[slot] = value
    return true
  }
}

function matches(get: Get, take: Take): Test {
  return (m, f) => {
    const value = get(m, f)
    return value !== undefined && take(m, f, value)
  }
}

/** Scalars are equal exactly when they are the same. */
function compare(place: Place, left: Term, right: Term, get: Get): Test {
  const fixed = constantOf(right)
  if (fixed !== undefined && (typeof fixed !== 'object' || fixed === null))
    return (m, f) => get(m, f) === fixed
  const known = constantOf(left)
  const other = compileTerm(place, right)
  if (known !== undefined && (typeof known !== 'object' || known === null))
    return (m, f) => other(m, f) === known
  return (m, f) => {
    const a = get(m, f)
    if (a === undefined) return false
    const b = other(m, f)
    return b !== undefined && equal(a, b)
  }
}

/** Both sides have unbound variables: they are taken apart into pairs that can be decided one after another. */
function compileStructural(start: Place, left: Term, right: Term): Compiled {
  let pairs: (readonly [Term, Term])[] = [[left, right]]
  let place = start
  const tests: Test[] = []
  while (pairs.length > 0) {
    const rest: (readonly [Term, Term])[] = []
    let progress = false
    for (const [a, b] of pairs) {
      const split = splitPair(place, a, b)
      if (split !== undefined) {
        rest.push(...split)
        progress = true
      } else if (isEvaluable(place, a) || isEvaluable(place, b)) {
        const compiled = compileEquation(place, a, b)
        if (compiled.step.kind === 'test') tests.push(compiled.step.test)
        place = compiled.place
        progress = true
      } else rest.push([a, b])
    }
    if (!progress) throw new RegoError('eval_internal_error', 'an equation is unsafe', left.loc)
    pairs = rest
  }
  const test: Test = (m, f) => {
    for (const each of tests) if (!each(m, f)) return false
    return true
  }
  return { step: { kind: 'test', test }, place }
}

function splitPair(place: Place, a: Term, b: Term): readonly (readonly [Term, Term])[] | undefined {
  if (isEvaluable(place, a) || isEvaluable(place, b)) return undefined
  const loc = a.loc
  const no: readonly [Term, Term] = [
    { kind: 'scalar', value: true, loc },
    { kind: 'scalar', value: false, loc },
  ]
  if (a.kind === 'array' && b.kind === 'array') {
    if (a.items.length !== b.items.length) return [no]
    return a.items.map((item, i) => [item, b.items[i] ?? item])
  }
  if (a.kind === 'object' && b.kind === 'object') {
    if (a.entries.length !== b.entries.length) return [no]
    const pairs: (readonly [Term, Term])[] = []
    for (const [key, value] of a.entries) {
      const match = b.entries.find(([other]) => sameKey(key, other))
      if (match === undefined) return [no]
      pairs.push([value, match[1]])
    }
    return pairs
  }
  const composite = (term: Term): boolean => term.kind === 'array' || term.kind === 'object'
  return composite(a) && composite(b) ? [no] : undefined
}

function sameKey(a: Term, b: Term): boolean {
  if (a.kind === 'var' && b.kind === 'var') return a.name === b.name
  const [x, y] = [constantOf(a), constantOf(b)]
  return x !== undefined && y !== undefined && equal(x, y)
}
