import { RegoError } from '../error.ts'
import type { Body, Expr, Literal, Term, VarTerm, With } from './ast.ts'
import {
  advance,
  attempt,
  type Cursor,
  current,
  deeper,
  fail,
  is,
  isAnyKeyword,
  isKeyword,
  isKeywordRef,
  locate,
  unexpected,
  until,
} from './cursor.ts'
import { parseInfix } from './infix.ts'
import { hasLogic, isLogical, negation, parseEnclosed, parseNegated, parseTail } from './logic.ts'
import { parseTerm, parseVar } from './terms.ts'
import type { Token } from './tokens.ts'

/** Literals up to `end`, which is not consumed. */
export function parseBody(p: Cursor, end: '}' | ']' | 'eof'): Body {
  return deeper(p, () => parseQuery(p, end, false))
}

/** With `single`, one line that may hold several literals with semicolons between them. */
export function parseQuery(p: Cursor, end: '}' | ']' | 'eof', single: boolean): Body {
  if (is(p, end)) fail('found empty body', locate(p))
  const body: Literal[] = []
  for (;;) {
    body.push(parseLiteral(p))
    if (is(p, ';')) {
      advance(p)
      continue
    }
    if (is(p, end) || single) return body
    if (!current(p).newline) unexpected(p, `expected \\n or ; or ${end}`)
  }
}

export function parseLiteral(p: Cursor): Literal {
  const loc = locate(p)
  if (isKeywordRef(p)) {
    p.keywordAt = p.at
    return finishLiteral(p, loc, false, parseExpr(p))
  }
  if (hasLogic(p)) {
    const enclosed = parseEnclosed(p)
    if (enclosed !== undefined) return enclosed
  }
  let negated = false
  if (isKeyword(p, 'not')) {
    advance(p)
    negated = true
    const body = p.notBodies ? parseNegated(p, loc) : undefined
    if (body !== undefined) return body
  }
  if (isKeyword(p, 'some')) {
    if (negated) unexpected(p, "illegal negation of 'some'")
    return parseSome(p)
  }
  if (isKeyword(p, 'every')) {
    if (negated) unexpected(p, "illegal negation of 'every'")
    return finishLiteral(p, loc, false, parseEvery(p))
  }
  return finishLiteral(p, loc, negated, parseExpr(p))
}

function finishLiteral(p: Cursor, loc: Literal['loc'], negated: boolean, expr: Expr): Literal {
  const modifiers = parseWiths(p)
  const whole = until(p, loc)
  if (negated && p.notBodies) {
    const inner: Literal = { negated: false, expr, with: [], loc: whole }
    return parseTail(p, [{ ...negation([inner], whole), with: modifiers }], loc)
  }
  const literal: Literal = { negated, expr, with: modifiers, loc: whole }
  if (!isLogical(p)) return literal
  return modifiers.length > 0 ? unexpected(p) : parseTail(p, [literal], loc)
}

export function parseExpr(p: Cursor): Expr {
  const left = parseInfix(p)
  const { kind } = current(p)
  if (kind === 'assign' || kind === 'eq') {
    const token = advance(p)
    const right = parseInfix(p)
    return { kind: 'call', operator: operatorRef(p, token), args: [left, right] }
  }
  if (left.kind === 'call') return { kind: 'call', operator: left.operator, args: left.args }
  return { kind: 'term', term: left }
}

function operatorRef(p: Cursor, token: Token) {
  const loc = locate(p, token)
  return { kind: 'ref', path: [{ kind: 'var', name: token.kind, loc }], loc } as const
}

export function parseWiths(p: Cursor): readonly With[] {
  const modifiers: With[] = []
  while (isKeyword(p, 'with')) {
    const loc = locate(p, advance(p))
    if (!is(p, 'identifier') || isAnyKeyword(p, current(p))) unexpected(p, 'expected ident')
    const target = parseTerm(p)
    if (target.kind !== 'ref' && target.kind !== 'var') unexpected(p, 'expected with target path')
    if (!isKeyword(p, 'as')) unexpected(p, 'expected as keyword')
    advance(p)
    modifiers.push({ target, value: parseInfix(p), loc: until(p, loc) })
  }
  return modifiers
}

/** `some x, y` or `some k, v in xs`. */
function parseSome(p: Cursor): Literal {
  const loc = locate(p, advance(p))
  const { at, wildcards } = p
  const domain = attempt(p, () => parseInfix(p))
  if (!(domain instanceof RegoError) && domain.kind === 'call') {
    const name = memberArity(domain)
    if (name === undefined) unexpected(p, 'expected `x in xs` or `x, y in xs` expression')
    const [first, second, third] = domain.args
    const expr = toSomeIn(first, second, third)
    if (expr === undefined) unexpected(p, 'illegal domain')
    return finishLiteral(p, loc, false, expr)
  }
  // Back to the names: what looked like a term is a list of variables, or an error at its place.
  p.at = at
  p.wildcards = wildcards
  const names: VarTerm[] = []
  for (;;) {
    if (!is(p, 'identifier') || isAnyKeyword(p, current(p))) unexpected(p, 'expected var')
    const name = parseVar(p)
    if (name.kind === 'var') names.push(name)
    if (!is(p, ',')) break
    advance(p)
  }
  return { negated: false, expr: { kind: 'some', names }, with: [], loc: until(p, loc) }
}

function toSomeIn(first?: Term, second?: Term, third?: Term): Expr | undefined {
  if (first === undefined || second === undefined) return undefined
  return third === undefined
    ? { kind: 'some-in', key: undefined, value: first, domain: second }
    : { kind: 'some-in', key: first, value: second, domain: third }
}

/** 2 or 3 for `in`, undefined for every other call. */
function memberArity(term: Term): number | undefined {
  if (term.kind !== 'call') return undefined
  const [head, name] = term.operator.path
  if (head?.kind !== 'var' || head.name !== 'internal' || name?.kind !== 'scalar') return undefined
  return name.value === 'member_2' ? 2 : name.value === 'member_3' ? 3 : undefined
}

function parseEvery(p: Cursor): Expr {
  advance(p)
  const term = parseInfix(p)
  if (term.kind !== 'call' || memberArity(term) === undefined)
    unexpected(p, 'expected `x[, y] in xs { ... }` expression')
  const [first, second, third] = term.args
  const [key, value, domain] =
    third === undefined ? [undefined, first, second] : [first, second, third]
  if (key !== undefined && key.kind !== 'var') unexpected(p, 'expected key to be a variable')
  if (value?.kind !== 'var' || domain === undefined)
    unexpected(p, 'expected value to be a variable')
  if (!is(p, '{')) unexpected(p, 'missing body')
  advance(p)
  const body = parseBody(p, '}')
  advance(p)
  return { kind: 'every', key, value, domain, body }
}

/** Between the braces of a template string. */
export function parseTemplateExpr(p: Cursor): Literal {
  const literal = parseLiteral(p)
  const { expr, loc } = literal
  const where = 'in template-string expression'
  if (literal.negated) fail(`unexpected negation ('not') ${where}`, loc)
  if (expr.kind === 'every') fail(`unexpected 'every' ${where}`, loc)
  if (expr.kind === 'some' || expr.kind === 'some-in') fail(`unexpected 'some' ${where}`, loc)
  if (expr.kind === 'call') {
    const [head] = expr.operator.path
    const name = expr.operator.path.length === 1 && head?.kind === 'var' ? head.name : ''
    if (name === 'eq') fail(`unexpected unification ('=') ${where}`, loc)
    if (name === 'assign') fail(`unexpected assignment (':=') ${where}`, loc)
  }
  return literal
}
