import {
  type Body,
  type Literal,
  named,
  type Rule,
  type TemplateTerm,
  type Term,
  variable,
} from '../syntax/ast.ts'
import { mapExpr, mapParts, mapWiths } from '../syntax/map.ts'
import { walkRule } from '../syntax/walk.ts'
import { equation } from './heads.ts'
import { fresh, shownName } from './names.ts'
import { type Arity, directVariables, outputsOf } from './outputs.ts'
import { isDefined, type Tree } from './tree.ts'
import { type Compilation, report } from './unit.ts'

interface State {
  readonly context: Pick<Compilation, 'errors' | 'names' | 'builtins'>
  readonly arity: Arity
  readonly tree: Tree
}

type Safe = ReadonlySet<string>

/**
 * `$"a {expr}"` becomes a call with an array of parts, each computed part in a comprehension, so that an undefined
 * one is an empty set.
 */
export function expandTemplates(context: Compilation, arity: Arity, tree: Tree): void {
  const state: State = { context, arity, tree }
  for (const unit of context.units) {
    if (!unit.uses.templates || !hasTemplate(unit.rule)) continue
    const args = (unit.rule.head.args ?? []).flatMap(arg => [...directVariables(arg)])
    unit.rule = expandRule(state, unit.rule, new Set(['input', 'data', ...args]))
  }
}

function hasTemplate(rule: Rule): boolean {
  let found = false
  const visit = {
    term: (term: Term) => {
      if (term.kind === 'template') found = true
      return found
    },
  }
  walkRule(rule, visit)
  return found
}

function expandRule(state: State, rule: Rule, globals: Safe): Rule {
  const safe = safeIn(state, rule.body, globals)
  const { head, otherwise } = rule
  return {
    ...rule,
    head: {
      ...head,
      ref: head.ref.map(part => expandTerm(state, part, safe)),
      args: head.args?.map(arg => expandTerm(state, arg, safe)),
      key: head.key && expandTerm(state, head.key, safe),
      value: head.value && expandTerm(state, head.value, safe),
    },
    body: expandBody(state, rule.body, globals),
    otherwise: otherwise && expandRule(state, otherwise, globals),
  }
}

function safeIn(state: State, body: Body, globals: Safe): Safe {
  const safe = new Set(globals)
  for (const literal of body)
    for (const name of outputsOf(literal, state.arity, safe)) safe.add(name)
  return safe
}

function expandBody(state: State, body: Body, globals: Safe): Body {
  const safe = safeIn(state, body, globals)
  return body.map(literal => expandLiteral(state, literal, safe))
}

function expandLiteral(state: State, literal: Literal, safe: Safe): Literal {
  const { expr } = literal
  const inner = new Set(safe)
  if (expr.kind === 'every')
    for (const name of [expr.key, expr.value]) if (name !== undefined) inner.add(name.name)
  return {
    ...literal,
    expr: mapExpr(
      expr,
      term => expandTerm(state, term, safe),
      body => expandBody(state, body, inner),
    ),
    with: mapWiths(literal, term => expandTerm(state, term, safe)),
  }
}

function expandTerm(state: State, term: Term, safe: Safe): Term {
  if (term.kind === 'template') return expandTemplate(state, term, safe)
  if (term.kind !== 'comprehension') return mapParts(term, part => expandTerm(state, part, safe))
  const inner = safeIn(state, term.body, safe)
  return {
    ...term,
    key: term.key && expandTerm(state, term.key, inner),
    head: expandTerm(state, term.head, inner),
    body: expandBody(state, term.body, safe),
  }
}

function expandTemplate(state: State, template: TemplateTerm, safe: Safe): Term {
  const { loc } = template
  const items = template.parts.map(part =>
    typeof part === 'string'
      ? ({ kind: 'scalar', value: part, loc } as const)
      : expandPart(state, part, safe),
  )
  if (items.length === 0) items.push({ kind: 'scalar', value: '', loc })
  return {
    kind: 'call',
    operator: named(['internal', 'template_string'], loc),
    args: [{ kind: 'array', items, loc }],
    loc,
  }
}

function expandPart(state: State, part: Literal, safe: Safe): Term {
  const source = termOf(state, part)
  const term = expandTerm(state, source, safe)
  if (term.kind === 'scalar') return term
  const bare = part.with.length === 0
  if (bare && (term.kind === 'var' || (term.kind === 'ref' && isDefined(state.tree, term.path))))
    return { kind: 'set', items: [term], loc: term.loc }
  for (const name of directVariables(source)) {
    if (safe.has(name)) continue
    report(state.context, 'rego_compile_error', `var ${shownName(name)} is undeclared`, term.loc)
  }
  const name = variable(fresh(state.context.names), term.loc)
  const body = [
    { ...equation(name, term), with: mapWiths(part, it => expandTerm(state, it, safe)) },
  ]
  return { kind: 'comprehension', shape: 'set', key: undefined, head: name, body, loc: term.loc }
}

function termOf(state: State, { expr, loc }: Literal): Term {
  if (expr.kind === 'term') return expr.term
  if (expr.kind !== 'call') return { kind: 'scalar', value: true, loc }
  const name = expr.operator.path
    .map(part => (part.kind === 'var' ? part.name : part.kind === 'scalar' ? part.value : ''))
    .join('.')
  if (state.context.builtins.get(name)?.relation === true) {
    const reason = `illegal call to relation built-in '${name}' that may cause multiple outputs`
    report(state.context, 'rego_compile_error', reason, loc)
  }
  return { kind: 'call', operator: expr.operator, args: expr.args, loc }
}
