import type { Body, Expr, Literal, Rule, Term } from '../syntax/ast.ts'
import { chain, mapChain, mapExpr, mapParts } from '../syntax/map.ts'
import { walkBody, walkExpr, walkTerm } from '../syntax/walk.ts'
import { isGenerated, shownName } from './names.ts'
import {
  type Arity,
  directVariables,
  literalVariables,
  outputsOf,
  outputsOfExpr,
} from './outputs.ts'
import type { Compilation } from './unit.ts'
import { unsafeError, unsafeErrors } from './unsafe.ts'

interface State {
  readonly context: Pick<Compilation, 'errors' | 'warnings' | 'strict'>
  readonly arity: Arity
  /** Literals that cannot be placed, and the variables that they lack. */
  readonly unsafe: Map<Literal, Set<string>>
  /** How often each variable occurs in the rule: one that lives in a single negation may be existential. */
  readonly uses: () => ReadonlyMap<string, number>
  /** Whether there may be bodies within the body. */
  readonly closures: boolean
}

const roots: ReadonlySet<string> = new Set(['input', 'data'])

/** Variables of heads have to occur in the body. */
export function checkHeads(context: Compilation): void {
  for (const { rule } of context.units) for (const each of chain(rule)) checkHead(context, each)
}

function checkHead(context: Compilation, { head, body }: Rule): void {
  const parts = [...head.ref.slice(1), head.key, head.value]
  if (parts.every(part => part === undefined || part.kind === 'scalar')) return
  const bound = new Set(roots)
  for (const literal of body) for (const name of literalVariables(literal)) bound.add(name)
  for (const arg of head.args ?? []) for (const name of directVariables(arg)) bound.add(name)
  const seen = new Set<string>()
  const visit = (term: Term): boolean => {
    if (term.kind === 'var' && !bound.has(term.name) && !seen.has(term.name)) {
      seen.add(term.name)
      if (!isGenerated(term.name)) context.errors.push(unsafeError(term.name, term.loc))
    }
    return false
  }
  for (const part of parts) if (part !== undefined) walkTerm(part, { term: visit, closures: false })
}

/** Puts the literals of every body into an order in which each finds its variables bound. */
export function orderBodies(context: Compilation, arity: Arity): void {
  for (const unit of context.units) {
    unit.rule = mapChain(unit.rule, rule => {
      const globals = new Set(roots)
      for (const arg of rule.head.args ?? [])
        for (const name of directVariables(arg)) globals.add(name)
      return { ...rule, body: orderTop(context, arity, rule, globals, unit.uses.closures) }
    })
  }
}

function orderTop(
  context: State['context'],
  arity: Arity,
  rule: Rule,
  globals: ReadonlySet<string>,
  closures: boolean,
): Body {
  const { body, head } = rule
  for (const name of referredTo(head.args ?? [])) context.errors.push(unsafeError(name, head.loc))
  let counted: ReadonlyMap<string, number> | undefined
  const uses = (): ReadonlyMap<string, number> => {
    counted ??= countUses(rule)
    return counted
  }
  const state: State = { context, arity, unsafe: new Map(), uses, closures }
  const ordered = order(state, body, globals)
  if (state.unsafe.size === 0) return ordered
  context.errors.push(...unsafeErrors(state.unsafe))
  return body
}

/** Arguments are patterns: a reference in one is none, and what it begins with is not bound. */
function referredTo(args: readonly Term[]): ReadonlySet<string> {
  const names = new Set<string>()
  const look = (term: Term): void => {
    if (term.kind === 'array') for (const item of term.items) look(item)
    if (term.kind === 'object') for (const [, value] of term.entries) look(value)
    const [first] = term.kind === 'ref' ? term.path : []
    if (first?.kind === 'var') names.add(first.name)
  }
  for (const arg of args) look(arg)
  return names
}

function countUses({ head, body }: Rule): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  const count = (names: Iterable<string>): void => {
    for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  const inBody = (literals: Body): void => {
    for (const literal of literals) count(allVariables(literal))
  }
  inBody(body)
  for (const part of [...head.ref, head.key, head.value])
    if (part !== undefined) count(directVariables(part))
  return uses
}

function allVariables(literal: Literal): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = {
    term: (term: Term) => {
      if (term.kind === 'var') names.add(term.name)
      return false
    },
  }
  walkBody([literal], visit)
  return names
}

function order(state: State, body: Body, globals: ReadonlySet<string>): Body {
  const bodyVars = new Set<string>()
  const needs = new Map<Literal, Set<string>>()
  for (const literal of body) {
    const own = literalVariables(literal)
    for (const name of own) bodyVars.add(name)
    needs.set(literal, own)
  }
  const inner = state.closures ? body : []
  const closures = new Map(inner.map(literal => [literal, closureVariables(literal.expr)] as const))
  for (const [literal, own] of needs)
    for (const name of closures.get(literal) ?? [])
      if (bodyVars.has(name) && !globals.has(name)) own.add(name)
  const safe = new Set(globals)
  const ordered: Literal[] = []
  let rest: readonly Literal[] = place(state, body, { needs, closures }, safe, ordered)
  if (rest.length === 0 && !state.closures) return ordered
  rest = placeNegations(state, rest, needs, safe, ordered)
  for (const literal of rest) {
    const outputs = outputsOf(literal, state.arity, safe)
    const inClosures = closures.get(literal)
    const lacks = (name: string): boolean =>
      !safe.has(name) && (!outputs.has(name) || inClosures?.has(name) === true)
    state.unsafe.set(literal, new Set([...(needs.get(literal) ?? [])].filter(lacks)))
  }
  const visible = new Set(globals)
  return ordered.map((literal, i) => {
    const before = ordered[i - 1]
    if (before !== undefined) for (const name of literalVariables(before)) visible.add(name)
    const inClosures = closures.get(literal) ?? closureVariables(literal.expr)
    return inClosures.size === 0 ? literal : orderClosures(state, literal, visible)
  })
}

type Variables = ReadonlyMap<Literal, ReadonlySet<string>>

/** Places what can be placed, in the order of the source; returns what is left. */
function place(
  state: State,
  body: Body,
  { needs, closures }: Readonly<Record<'needs' | 'closures', Variables>>,
  safe: Set<string>,
  ordered: Literal[],
): Literal[] {
  let rest: Literal[] = [...body]
  for (;;) {
    const left: Literal[] = []
    for (const literal of rest) {
      const outputs = outputsOf(literal, state.arity, safe)
      const inClosures = closures.get(literal)
      let ready = true
      for (const name of needs.get(literal) ?? [])
        ready &&= safe.has(name) || (outputs.has(name) && inClosures?.has(name) !== true)
      if (!ready) {
        left.push(literal)
        continue
      }
      ordered.push(literal)
      for (const name of outputs) safe.add(name)
    }
    if (left.length === rest.length || left.length === 0) return left
    rest = left
  }
}

/**
 * `not xs[_].ok` asks whether there is an element; OPA refuses its wildcard (its issue 333 asks for it). A variable
 * that occurs nowhere else can mean nothing else, so it is bound within the negation.
 */
function placeNegations(
  state: State,
  rest: readonly Literal[],
  needs: ReadonlyMap<Literal, ReadonlySet<string>>,
  safe: Set<string>,
  ordered: Literal[],
): readonly Literal[] {
  if (state.context.strict) return rest
  return rest.filter(literal => {
    if (!literal.negated) return true
    const missing = [...(needs.get(literal) ?? [])].filter(name => !safe.has(name))
    const bound = outputsOfExpr(literal.expr, state.arity, safe)
    const existential = missing.every(name => bound.has(name) && state.uses().get(name) === 1)
    if (!existential) return true
    const inner: Literal = { ...literal, negated: false, with: [] }
    ordered.push({ ...literal, expr: { kind: 'body', form: undefined, body: [inner] } })
    warn(state, literal, missing)
    return false
  })
}

function warn(state: State, literal: Literal, missing: readonly string[]): void {
  const names = missing.map(shownName).join(', ')
  const message =
    `\`not\` with ${names} that nothing binds is read as "there is none"; opa refuses it. ` +
    'Portable: move the expression into a helper rule and negate that'
  const { file, row, col } = literal.loc
  const location = { file, row, col }
  state.context.warnings.push({ code: 'existential_negation', message, location })
}

/** Variables in comprehensions, in the bodies of `every` and in negated bodies. */
function closureVariables(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>()
  const collect = {
    term: (term: Term) => {
      if (term.kind === 'var') names.add(term.name)
      return false
    },
  }
  if (expr.kind === 'every' || expr.kind === 'body') walkBody(expr.body, collect)
  walkExpr(expr.kind === 'every' ? { ...expr, body: [] } : expr, {
    term: term => {
      if (term.kind !== 'comprehension') return false
      walkTerm(term, collect)
      return true
    },
  })
  return names
}

function orderClosures(state: State, literal: Literal, globals: ReadonlySet<string>): Literal {
  const { expr } = literal
  const inTerm = (term: Term): Term => {
    if (term.kind !== 'comprehension') return mapParts(term, inTerm)
    const heads = term.key === undefined ? [term.head] : [term.key, term.head]
    const body = orderClosure(state, literal, heads, term.body, globals)
    return { ...term, body }
  }
  if (expr.kind === 'every') {
    const inner = new Set(globals)
    for (const name of [expr.key, expr.value]) if (name !== undefined) inner.add(name.name)
    for (const name of directVariables(expr.domain)) inner.add(name)
    return {
      ...literal,
      expr: { ...expr, body: orderClosure(state, literal, [], expr.body, inner) },
    }
  }
  const inBody = (body: Body): Body => orderClosure(state, literal, [], body, globals)
  return { ...literal, expr: mapExpr(expr, inTerm, inBody) }
}

function orderClosure(
  state: State,
  literal: Literal,
  heads: readonly Term[],
  body: Body,
  globals: ReadonlySet<string>,
): Body {
  const known = new Set(globals)
  for (const inner of body) for (const name of literalVariables(inner)) known.add(name)
  for (const head of heads) {
    for (const name of directVariables(head)) {
      if (known.has(name)) continue
      const lacking = state.unsafe.get(literal) ?? new Set()
      state.unsafe.set(literal, lacking.add(name))
    }
  }
  const inner: State = { ...state, unsafe: new Map() }
  const ordered = order(inner, body, globals)
  for (const [unplaced, names] of inner.unsafe) state.unsafe.set(unplaced, names)
  return inner.unsafe.size > 0 ? body : ordered
}
