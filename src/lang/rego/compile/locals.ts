import {
  type Body,
  type Expr,
  type Head,
  isWildcard,
  type Literal,
  type Rule,
  type Term,
  type VarTerm,
  variable,
} from '../syntax/ast.ts'
import { chain, mapExpr, mapParts } from '../syntax/map.ts'
import { variablesOf, walkBody } from '../syntax/walk.ts'
import { equation } from './heads.ts'
import { fresh, type Names, shownName } from './names.ts'
import { directVariables, outputsOfEquation } from './outputs.ts'
import { declaredNames, isOperator } from './resolve.ts'
import { type Compilation, report, reportLesser } from './unit.ts'

type Occurrence = 'argument' | 'seen' | 'assigned' | 'declared'

interface Declared {
  readonly name: string
  readonly how: Occurrence
  count: number
}

/** What a body has said of each name so far. */
type Scope = Map<string, Declared>

interface State {
  readonly context: Pick<Compilation, 'errors' | 'lesser' | 'strict'> & { readonly names: Names }
  readonly scopes: Scope[]
}

/** Every variable that `:=`, `some`, `every` or an argument declares gets a name of its own. */
export function renameLocals(context: Compilation): void {
  for (const unit of context.units) unit.rule = renameRule(context, unit.rule)
}

function renameRule(context: Compilation, rule: Rule): Rule {
  const args = new Map<string, Declared>()
  const state: State = { context, scopes: [args] }
  const patterns = rule.head.args?.map(arg => renameArgument(state, arg))
  const unused = new Set(context.strict ? argumentNames(rule.head.args) : [])
  const renamed = chain(rule).map((each, i) => {
    const scope: Scope = new Map([...args].map(([name, it]) => [name, { ...it }]))
    const own: State = { context, scopes: [scope] }
    // An else repeats the arguments, wildcards excepted: those stand for themselves.
    const heads = i === 0 ? patterns : each.head.args?.map(arg => renameFree(arg, scope))
    const result = renameBodyAndHead(own, { ...each, head: { ...each.head, args: heads } }, unused)
    for (const name of [...unused]) if ((scope.get(name)?.count ?? 0) > 1) unused.delete(name)
    return result
  })
  for (const name of unused) {
    if (isWildcard(name)) continue
    const reason = `unused argument ${name}. (hint: use _ (wildcard variable) instead)`
    reportLesser(context, reason, rule.head.loc)
  }
  let next: Rule | undefined
  for (const each of renamed.reverse()) next = { ...each, otherwise: next }
  return next ?? rule
}

function argumentNames(args: readonly Term[] | undefined): readonly string[] {
  return (args ?? []).flatMap(arg => [...variablesOf(arg)])
}

function renameArgument(state: State, arg: Term): Term {
  const again = (part: Term): Term => renameArgument(state, part)
  switch (arg.kind) {
    case 'var': {
      const known = find(state, arg.name)
      if (known !== undefined) {
        known.count++
        return variable(known.name, arg.loc)
      }
      return variable(declare(state, arg.name, 'argument'), arg.loc)
    }
    case 'object':
      return { ...arg, entries: arg.entries.map(([key, value]) => [key, again(value)]) }
    case 'array':
    case 'ref':
      return mapParts(arg, again)
    case 'call':
      report(state.context, 'rego_compile_error', 'rule arguments cannot contain calls', arg.loc)
      return arg
    default:
      return arg
  }
}

function renameBodyAndHead(state: State, rule: Rule, unused: Set<string>): Rule {
  // What a comprehension in the head declares is its own: the body's names do not reach into it by position.
  const head = mapHead(rule.head, part => renameNested(state, part))
  const used = headNames(head)
  for (const name of valueNames(head)) unused.delete(name)
  const body = renameBody(state, rule.body, used)
  const [scope] = state.scopes
  const rename = (part: Term): Term => renameFree(part, scope ?? new Map())
  return { ...rule, head: mapHead(head, rename), body }
}

function mapHead(head: Head, map: (term: Term) => Term): Head {
  return {
    ...head,
    ref: head.ref.map((part, i) => (i === 0 ? part : map(part))),
    key: head.key && map(head.key),
    value: head.value && map(head.value),
  }
}

function headNames(head: Head): ReadonlySet<string> {
  const names = new Set<string>()
  for (const part of [...head.ref.slice(1), head.key, head.value])
    if (part !== undefined) for (const name of variablesOf(part)) names.add(name)
  return names
}

function valueNames(head: Head): ReadonlySet<string> {
  return head.value === undefined ? new Set() : variablesOf(head.value)
}

/** Comprehensions and templates within a term of the head. */
function renameNested(state: State, term: Term): Term {
  if (term.kind === 'comprehension' || term.kind === 'template')
    return renameTerm({ ...state, scopes: [new Map()] }, term)
  return mapParts(term, part => renameNested(state, part))
}

/** Names of the head that the body declares. */
function renameFree(term: Term, scope: Scope): Term {
  if (term.kind === 'var') {
    const known = scope.get(term.name)
    return known === undefined ? term : variable(known.name, term.loc)
  }
  const inBody = (body: Body): Body =>
    body.map(literal => ({
      ...literal,
      expr: mapExpr(literal.expr, part => renameFree(part, scope), inBody),
      with: literal.with.map(it => ({
        ...it,
        target: renameFree(it.target, scope),
        value: renameFree(it.value, scope),
      })),
    }))
  return mapParts(
    term,
    part => renameFree(part, scope),
    inBody,
    literal => inBody([literal])[0] ?? literal,
  )
}

function renameBody(state: State, body: Body, used: ReadonlySet<string>): Body {
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

function renameTerm(state: State, term: Term): Term {
  const again = (part: Term): Term => renameTerm(state, part)
  switch (term.kind) {
    case 'var':
      return useName(state, term)
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

function useName(state: State, term: VarTerm): VarTerm {
  const known = find(state, term.name)
  if (known !== undefined && known.how !== 'seen') {
    known.count++
    return variable(known.name, term.loc)
  }
  const scope = state.scopes.at(-1)
  if (scope !== undefined && !scope.has(term.name))
    scope.set(term.name, { name: term.name, how: 'seen', count: 1 })
  return term
}

/** The innermost declaration; a name only seen does not hide a declaration further out. */
function find(state: State, name: string): Declared | undefined {
  let seen: Declared | undefined
  for (let i = state.scopes.length - 1; i >= 0; i--) {
    const known = state.scopes[i]?.get(name)
    if (known !== undefined && known.how !== 'seen') return known
    seen ??= known
  }
  return seen
}

function declare(state: State, name: string, how: Occurrence): string {
  const own = fresh(state.context.names, name)
  state.scopes.at(-1)?.set(name, { name: own, how, count: 1 })
  return own
}

function declareOnce(
  state: State,
  term: VarTerm,
  how: 'assigned' | 'declared',
  at: { readonly loc: Literal['loc'] },
): VarTerm {
  const known = state.scopes.at(-1)?.get(term.name)
  if (known === undefined) return variable(declare(state, term.name, how), term.loc)
  const name = shownName(term.name)
  const reason =
    known.how === 'argument'
      ? `arg ${name} redeclared`
      : `var ${name} ${known.how === 'seen' ? 'referenced' : known.how} above`
  report(state.context, 'rego_compile_error', reason, at.loc)
  return term
}

/** `some x` without a use is an error; `x := …` without one only under `strict`. */
function reportUnused(state: State, body: Body, renamed: Body, used: ReadonlySet<string>): void {
  const scope = state.scopes.at(-1) ?? new Map<string, Declared>()
  const present = new Set<string>()
  walkBody(renamed, {
    term: term => {
      if (term.kind === 'var') present.add(term.name)
      return undefined
    },
  })
  for (const [name, { name: own, how, count }] of scope) {
    if (isWildcard(name) || used.has(name)) continue
    const unused =
      how === 'declared'
        ? !present.has(own)
        : how === 'assigned' && count <= 1 && state.context.strict
    if (!unused) continue
    const at = body.find(({ expr }) => declaredNames([{ expr } as Literal]).has(name)) ?? body[0]
    if (at === undefined) continue
    const reason = `${how} var ${name} unused`
    reportLesser(state.context, reason, at.loc)
  }
}
