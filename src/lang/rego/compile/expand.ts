import {
  type Body,
  type CallTerm,
  type Expr,
  type Literal,
  type Pair,
  type Rule,
  type Term,
  variable,
  type With,
} from '../syntax/ast.ts'
import { mapAll, mapChain, mapParts } from '../syntax/map.ts'
import { append, equation, hoist } from './heads.ts'
import { fresh, type Names } from './names.ts'
import type { Compilation } from './unit.ts'

/** Calls within terms become literals of their own, with a variable for their value. */
export function expandCalls({ units, names }: Compilation): void {
  for (const unit of units) unit.rule = mapChain(unit.rule, rule => expandRule(names, rule))
}

function expandRule(names: Names, rule: Rule): Rule {
  const extra: Literal[] = []
  const args = rule.head.args?.map(arg => expandTerm(names, arg, extra))
  const key = rule.head.key && expandTerm(names, rule.head.key, extra)
  const value = rule.head.value && expandTerm(names, rule.head.value, extra)
  const body = append(expandBody(names, rule.body), extra)
  const hoisted = hoist(names, [key, value])
  const [plainKey, plainValue] = hoisted.terms
  return {
    ...rule,
    head: { ...rule.head, args, key: plainKey, value: plainValue },
    body: append(body, hoisted.extra),
  }
}

function expandBody(names: Names, body: Body): Body {
  return body.flatMap(literal => expandLiteral(names, literal))
}

function expandLiteral(names: Names, literal: Literal): readonly Literal[] {
  if (literal.with.length === 0) {
    const extra: Literal[] = []
    const expr = expandExpr(names, literal.expr, extra, [])
    if (expr !== literal.expr) extra.push({ ...literal, expr })
    else extra.push(literal)
    return extra
  }
  const before: Literal[] = []
  const modifiers = literal.with.map(it => ({
    ...it,
    value: expandTerm(names, it.value, before),
  }))
  const extra: Literal[] = []
  const expr = expandExpr(names, literal.expr, extra, modifiers)
  const made = extra.map(each => (modifiers.length > 0 ? { ...each, with: modifiers } : each))
  return [...before, ...made, { ...literal, expr, with: modifiers }]
}

function expandExpr(names: Names, expr: Expr, extra: Literal[], modifiers: readonly With[]): Expr {
  switch (expr.kind) {
    case 'term':
      return { kind: 'term', term: expandTerm(names, expr.term, extra) }
    case 'call': {
      const args = mapAll(expr.args, arg => expandTerm(names, arg, extra))
      return args === expr.args ? expr : { ...expr, args }
    }
    case 'every': {
      const domain = variable(fresh(names), expr.domain.loc)
      const made = { ...equation(domain, expr.domain), with: modifiers }
      extra.push(...expandLiteral(names, made))
      return { ...expr, domain, body: expandBody(names, expr.body) }
    }
    case 'body':
      return { ...expr, body: expandBody(names, expr.body) }
    default:
      return expr
  }
}

/** What has to be computed before goes into `extra`. */
function expandTerm(names: Names, term: Term, extra: Literal[]): Term {
  if (term.kind === 'scalar' || term.kind === 'var') return term
  const again = (part: Term): Term => expandTerm(names, part, extra)
  switch (term.kind) {
    case 'call': {
      const args = term.args.map(again)
      const output = variable(fresh(names), term.loc)
      extra.push(callLiteral(term, [...args, output]))
      return output
    }
    case 'ref':
      return expandReference(names, mapAll(term.path, again), term, extra)
    case 'array':
    case 'set':
      return mapParts(term, again)
    case 'object':
      return { ...term, entries: term.entries.map(([k, v]): Pair => [again(k), again(v)]) }
    case 'comprehension': {
      const inner: Literal[] = []
      const key = term.key && expandTerm(names, term.key, inner)
      const head = expandTerm(names, term.head, inner)
      const body = expandBody(names, append(term.body, inner))
      const hoisted = hoist(names, [key, head])
      const [plainKey, plainHead] = hoisted.terms
      return {
        ...term,
        key: plainKey,
        head: plainHead ?? head,
        body: append(body, hoisted.extra),
      }
    }
    default:
      return term
  }
}

function callLiteral(call: CallTerm, args: readonly Term[]): Literal {
  return {
    negated: false,
    expr: { kind: 'call', operator: call.operator, args },
    with: [],
    loc: call.loc,
    generated: true,
  }
}

/** `[1, 2][i]`: what is not a name is given one. */
function expandReference(
  names: Names,
  path: readonly Term[],
  term: Extract<Term, { kind: 'ref' }>,
  extra: Literal[],
): Term {
  const [head, ...rest] = path
  if (head === undefined || head.kind === 'var' || head.kind === 'ref')
    return path === term.path ? term : { ...term, path }
  const subject = variable(fresh(names), head.loc)
  extra.push(equation(subject, head))
  return { ...term, path: [subject, ...rest] }
}
