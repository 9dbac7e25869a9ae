import {
  type Body,
  type Expr,
  isWildcard,
  type Literal,
  type Term,
  type VarTerm,
  variable,
} from '../syntax/ast.ts'
import { mapExpr, mapParts } from '../syntax/map.ts'
import { variablesOf } from '../syntax/walk.ts'
import { equation } from './heads.ts'
import { fresh, shownName } from './names.ts'
import { directVariables, outputsOfEquation } from './outputs.ts'
import { isOperator } from './resolve.ts'
import { declareOnce, find, reportUnused, type State, useName } from './scopes.ts'
import { report } from './unit.ts'

/** A body with its locals renamed; `used` are the names that stand outside of it, too. */
export function renameBody(state: State, body: Body, used: ReadonlySet<string>): Body {
  const errorsBefore = state.context.errors.length
  const renamed: Literal[] = []
  for (const literal of body) {
    const result = renameLiteral(state, literal)
    if (result !== undefined) renamed.push(result)
  }
  const [first] = body
  if (renamed.length === 0 && first !== undefined) {
    const term = { kind: 'scalar', value: true, loc: first.loc } as const
    renamed.push({ negated: false, expr: { kind: 'term', term }, with: [], loc: first.loc })
  }
  if (state.context.errors.length === errorsBefore) reportUnused(state, body, renamed, used)
  return renamed
}

function renameLiteral(state: State, literal: Literal): Literal | undefined {
  const { expr } = literal
  if (isOperator(expr, 'assign') && expr.kind === 'call') return renameAssignment(state, literal)
  if (expr.kind === 'some') {
    for (const name of expr.names) declareOnce(state, name, 'declared', literal)
    return undefined
  }
  if (expr.kind === 'some-in') return renameSomeIn(state, literal, expr)
  if (expr.kind === 'every') return renameEvery(state, literal, expr)
  const inBody = (body: Body): Body =>
    renameBody({ ...state, scopes: [...state.scopes, new Map()] }, body, new Set())
  const renamed = { ...literal, expr: mapExpr(expr, part => renameTerm(state, part), inBody) }
  checkShadowedCall(state, expr, literal)
  return { ...renamed, with: renameWiths(state, literal) }
}

function checkShadowedCall(state: State, expr: Expr, literal: Literal): void {
  if (expr.kind !== 'call') return
  const [head] = expr.operator.path
  if (head?.kind !== 'var') return
  const known = find(state, head.name)
  if (known !== undefined && known.how !== 'seen')
    report(state.context, 'rego_type_error', `undefined function ${head.name}`, literal.loc)
}

function renameWiths(state: State, literal: Literal): Literal['with'] {
  if (literal.with.length === 0) return literal.with
  return literal.with.map(({ target, value, loc }) => {
    // `with input as` means the document even where an argument shadows its name.
    const [head] = target.kind === 'ref' ? target.path : [target]
    const keep = head?.kind === 'var' && head.name === 'input'
    const renamed =
      keep && target.kind === 'ref'
        ? { ...target, path: target.path.map((p, i) => (i === 0 ? p : renameTerm(state, p))) }
        : keep
          ? target
          : renameTerm(state, target)
    return { target: renamed, value: renameTerm(state, value), loc }
  })
}

function renameAssignment(state: State, literal: Literal): Literal {
  const { expr } = literal
  if (expr.kind !== 'call') return literal
  if (literal.negated) {
    const reason = 'cannot assign vars inside negated expression'
    report(state.context, 'rego_compile_error', reason, literal.loc)
    return literal
  }
  const [left, right] = expr.args
  if (left === undefined || right === undefined || expr.args.length !== 2) return literal
  const value = renameTerm(state, right)
  const modifiers = literal.with.map(it => ({ ...it, value: renameTerm(state, it.value) }))
  const target = renameTarget(state, left)
  const { expr: made } = equation(target, value, literal.loc)
  const assigned = made.kind === 'call' ? { ...made, isAssignment: true } : made
  return { ...literal, expr: assigned, with: modifiers }
}

function renameTarget(state: State, term: Term): Term {
  switch (term.kind) {
    case 'var':
      return declareOnce(state, term, 'assigned', term)
    case 'array':
      return { ...term, items: term.items.map(item => renameTarget(state, item)) }
    case 'object':
      return {
        ...term,
        entries: term.entries.map(([key, value]) => [
          renameTerm(state, key),
          renameTarget(state, value),
        ]),
      }
    case 'ref': {
      const [head] = term.path
      const isRoot = head?.kind === 'var' && (head.name === 'input' || head.name === 'data')
      if (isRoot && term.path.length === 1) return declareOnce(state, head, 'assigned', term)
    }
  }
  const what = term.kind === 'scalar' ? scalarName(term.value) : term.kind
  report(state.context, 'rego_compile_error', `cannot assign to ${what}`, term.loc)
  return term
}

function scalarName(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? 'number' : typeof value
}

function renameSomeIn(
  state: State,
  literal: Literal,
  expr: Extract<Expr, { kind: 'some-in' }>,
): Literal {
  const key = expr.key ?? variable(fresh(state.context.names), expr.value.loc)
  const domain = directVariables(expr.domain)
  const before = [...namesBoundBy(key), ...namesBoundBy(expr.value)].filter(name =>
    domain.has(name),
  )
  for (const name of new Set(before.sort())) {
    const reason = `var ${shownName(name)} assigned before`
    report(state.context, 'rego_compile_error', reason, literal.loc)
  }
  const path = expr.domain.kind === 'ref' ? expr.domain.path : [expr.domain]
  const right: Term = { kind: 'ref', path: [...path, key], loc: expr.domain.loc }
  const made = equation(expr.value, right, literal.loc)
  const safe = variablesOf(expr.domain)
  for (const name of [...outputsOfEquation(expr.value, right, safe)].sort())
    declareOnce(state, variable(name, literal.loc), 'declared', literal)
  return {
    ...literal,
    expr: mapExpr(made.expr, part => renameTerm(state, part)),
    with: renameWiths(state, literal),
  }
}

/** Variables outside of closures, keys of objects and heads of references. */
function namesBoundBy(term: Term): readonly string[] {
  switch (term.kind) {
    case 'var':
      return isWildcard(term.name) ? [] : [term.name]
    case 'ref':
      return term.path.slice(1).flatMap(namesBoundBy)
    case 'array':
    case 'set':
      return term.items.flatMap(namesBoundBy)
    case 'object':
      return term.entries.flatMap(([, value]) => namesBoundBy(value))
    case 'call':
      return term.args.flatMap(namesBoundBy)
    default:
      return []
  }
}

function renameEvery(
  state: State,
  literal: Literal,
  expr: Extract<Expr, { kind: 'every' }>,
): Literal {
  const domain = renameTerm(state, expr.domain)
  const modifiers = renameWiths(state, literal)
  const inner: State = { ...state, scopes: [...state.scopes, new Map()] }
  const key = expr.key && everyName(inner, expr.key, literal)
  const value = everyName(inner, expr.value, literal)
  const body = renameBody(inner, expr.body, new Set())
  return { ...literal, expr: { kind: 'every', key, value, domain, body }, with: modifiers }
}

function everyName(state: State, name: VarTerm, literal: Literal): VarTerm {
  return isWildcard(name.name) ? name : declareOnce(state, name, 'declared', literal)
}

export function renameTerm(state: State, term: Term): Term {
  if (term.kind === 'scalar') return term
  if (term.kind === 'var') return useName(state, term)
  const again = (part: Term): Term => renameTerm(state, part)
  switch (term.kind) {
    case 'ref': {
      const [head] = term.path
      const isRoot = head?.kind === 'var' && (head.name === 'input' || head.name === 'data')
      if (!isRoot || term.path.length > 1) return mapParts(term, again)
      const known = find(state, head.name)
      return known === undefined || known.how === 'seen' ? term : variable(known.name, term.loc)
    }
    case 'call': {
      const [head] = term.operator.path
      const known = head?.kind === 'var' ? find(state, head.name) : undefined
      if (known !== undefined && head?.kind === 'var' && known.name !== head.name)
        report(
          state.context,
          'rego_compile_error',
          `called function ${head.name} shadowed`,
          term.loc,
        )
      return mapParts(term, again)
    }
    case 'comprehension': {
      const inner: State = { ...state, scopes: [...state.scopes, new Map()] }
      const used = new Set([
        ...variablesOf(term.head),
        ...(term.key === undefined ? [] : variablesOf(term.key)),
      ])
      const body = renameBody(inner, term.body, used)
      const key = term.key && renameTerm(inner, term.key)
      return { ...term, key, head: renameTerm(inner, term.head), body }
    }
    case 'template':
      return mapParts(term, again, undefined, literal => ({
        ...literal,
        expr: mapExpr(literal.expr, again),
        with: renameWiths(state, literal),
      }))
    default:
      return mapParts(term, again)
  }
}
