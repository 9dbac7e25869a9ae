import { isOperator } from '../compile/resolve.ts'
import type { Expr, Literal, RefTerm, Term } from '../syntax/ast.ts'
import { isArray } from '../value/kind.ts'
import { entriesOf } from '../value/lookup.ts'
import { compileBody } from './bodies.ts'
import { compileCall } from './calls.ts'
import { compileEquation } from './equations.ts'
import { type Next, type Test, step as tick } from './machine.ts'
import { modify } from './modifiers.ts'
import { isEvaluable } from './patterns.ts'
import { compileIteration, referencePath } from './references.ts'
import { type Place, slotOf, withBound } from './scope.ts'
import { compileTerm } from './terms.ts'
import { incompleteIn } from './trace.ts'

/** A literal either holds or not, or has several solutions. */
export type Step =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'generate'; readonly generate: (next: Next, cut: boolean) => Next }

export interface Compiled {
  readonly step: Step
  readonly place: Place
}

export function compileLiteral(place: Place, literal: Literal): Compiled {
  const compiled = literal.negated
    ? { step: compileNegation(place, literal.expr, literal), place }
    : compileExpr(place, literal.expr, literal)
  return literal.with.length === 0 ? compiled : modify(place, literal.with, compiled)
}

function compileNegation(place: Place, expr: Expr, literal: Literal): Step {
  const body = expr.kind === 'body' ? expr.body : [{ ...literal, negated: false, with: [] }]
  const none = new Set<string>()
  const run = compileBody({ ...place, ordered: false }, body, none, () => () => true)
  const isIncomplete = incompleteIn(place, body)
  const test: Test = (m, f) => {
    const { trace } = m
    if (trace === undefined) return !run(m, f)
    const before = trace.count
    return !run(m, f) && trace.count === before && !isIncomplete(m, f)
  }
  return { kind: 'test', test }
}

function compileExpr(place: Place, expr: Expr, literal: Literal): Compiled {
  switch (expr.kind) {
    case 'term':
      return compileTermLiteral(place, expr.term)
    case 'every':
      return compileEvery(place, expr)
    case 'body': {
      const inner = { ...place, ordered: false }
      const test = compileBody(inner, expr.body, new Set(), () => () => true)
      return { step: { kind: 'test', test }, place }
    }
    case 'call': {
      const [left, right] = expr.args
      if (isOperator(expr, 'eq') && left !== undefined && right !== undefined)
        return compileEquation(place, left, right)
      return compileCall(place, expr, literal.loc)
    }
    default:
      throw new TypeError(`a literal of kind ${expr.kind} was not rewritten`)
  }
}

/** Holds unless the term is undefined or false. */
function compileTermLiteral(place: Place, term: Term): Compiled {
  if (term.kind === 'ref' && !isEvaluable(place, term)) return compileRefLiteral(place, term)
  const get = compileTerm(place, term)
  const test: Test = (m, f) => {
    const value = get(m, f)
    return value !== undefined && value !== false
  }
  return { step: { kind: 'test', test }, place }
}

function compileRefLiteral(place: Place, term: RefTerm): Compiled {
  const { place: after } = referencePath(place, term)
  const generate = (next: Next, cut: boolean): Next =>
    compileIteration(place, term, cut, (m, f, value) => value !== false && next(m, f))
  return { step: { kind: 'generate', generate }, place: after }
}

function compileEvery(place: Place, expr: Extract<Expr, { kind: 'every' }>): Compiled {
  const domain = compileTerm(place, expr.domain)
  const key = expr.key === undefined ? -1 : slotOf(place.scope, expr.key.name)
  const value = slotOf(place.scope, expr.value.name)
  const names = expr.key === undefined ? [expr.value.name] : [expr.key.name, expr.value.name]
  const inner = withBound({ ...place, ordered: false }, names)
  const run = compileBody(inner, expr.body, new Set(), () => () => true)
  const holds: Test = (m, f) => {
    const all = domain(m, f)
    if (all === undefined) return false
    if (isArray(all) && key < 0) {
      for (const item of all) {
        tick(m)
        f[value] = item
        if (!run(m, f)) return false
      }
      return true
    }
    const entries = entriesOf(all)
    if (entries === undefined) return false
    for (const [name, item] of entries) {
      tick(m)
      if (key >= 0) f[key] = name
      f[value] = item
      if (!run(m, f)) return false
    }
    return true
  }
  const test: Test = (m, f) => {
    const { trace } = m
    if (trace === undefined) return holds(m, f)
    const before = trace.count
    return holds(m, f) && trace.count === before && !trace.isIncomplete(domain(m, f))
  }
  return { step: { kind: 'test', test }, place }
}
