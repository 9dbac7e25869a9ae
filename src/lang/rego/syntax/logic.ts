import { RegoError } from '../error.ts'
import type { Body, Literal, With } from './ast.ts'
import {
  advance,
  attempt,
  type Cursor,
  fail,
  is,
  isKeyword,
  locate,
  peek,
  unexpected,
  until,
} from './cursor.ts'
import { parseBody, parseExpr, parseWiths } from './literals.ts'
import { parseTerm } from './terms.ts'

/** What stands beside `and` and `or`, or after `not`. Braces or parentheses enclose a body. */
interface Operand {
  readonly body: Body
  readonly braced: boolean
}

type Loc = Literal['loc']

/** `and` and `or` are keywords only where a module imports them. */
export function hasLogic(p: Cursor): boolean {
  return p.keywords.has('and') || p.keywords.has('or')
}

export function isLogical(p: Cursor): boolean {
  return (isKeyword(p, 'and') || isKeyword(p, 'or')) && !isCall(p)
}

/** `or(x, y)` calls the function of that name. */
export function isCall(p: Cursor): boolean {
  const next = peek(p)
  return next.kind === '(' && !next.space
}

/** A literal that begins with a brace or a parenthesis, if it turns out to be an operand. */
export function parseEnclosed(p: Cursor): Literal | undefined {
  const loc = locate(p)
  if (is(p, '{')) {
    const { at, wildcards } = p
    const body = attempt(p, () => parseBraces(p))
    if (!(body instanceof RegoError) && isLogical(p))
      return withModifiers(p, parseOr(p, { body, braced: true }, loc))
    p.at = at
    p.wildcards = wildcards
    return undefined
  }
  const body = is(p, '(') ? parseGroup(p, false) : undefined
  return body === undefined ? undefined : parseTail(p, body, loc)
}

/** `not { … }` and `not ( … and … )`; undefined where something else is negated. */
export function parseNegated(p: Cursor, loc: Loc): Literal | undefined {
  if (is(p, '{')) return parseTail(p, [negation(parseBraces(p), until(p, loc), true)], loc)
  const body = is(p, '(') && hasLogic(p) ? parseGroup(p, true) : undefined
  return body === undefined ? undefined : parseTail(p, [negation(body, until(p, loc))], loc)
}

export function parseTail(p: Cursor, body: Body, loc: Loc): Literal {
  if (isLogical(p)) return withModifiers(p, parseOr(p, { body, braced: false }, loc))
  const [only] = body
  if (only !== undefined && body.length === 1) return withModifiers(p, only)
  return withModifiers(p, literalOf({ body, braced: false }, loc))
}

export function negation(body: Body, loc: Loc, braced = false): Literal {
  return { negated: true, expr: { kind: 'body', form: 'not', body, braced }, with: [], loc }
}

function withModifiers(p: Cursor, literal: Literal): Literal {
  const modifiers: readonly With[] = parseWiths(p)
  return { ...literal, with: [...literal.with, ...modifiers] }
}

function parseBraces(p: Cursor): Body {
  advance(p)
  const body = parseBody(p, '}')
  advance(p)
  return body
}

function parseOr(p: Cursor, first: Operand, loc: Loc): Literal {
  let left = parseAnd(p, first, loc)
  while (isKeyword(p, 'or')) {
    advance(p)
    const start = locate(p)
    const right = parseAnd(p, parseOperand(p), start)
    const parts = [left, right].map(it => negation([literalOf(it, loc)], loc))
    const expr = { kind: 'body', form: 'or', body: parts } as const
    left = { body: [{ negated: true, expr, with: [], loc: until(p, loc) }], braced: false }
  }
  return literalOf(left, loc)
}

function parseAnd(p: Cursor, first: Operand, loc: Loc): Operand {
  let left = first
  while (isKeyword(p, 'and')) {
    advance(p)
    const right = parseOperand(p)
    const body = [literalOf(left, loc), literalOf(right, loc)]
    const expr = { kind: 'body', form: 'and', body } as const
    left = { body: [{ negated: false, expr, with: [], loc: until(p, loc) }], braced: false }
  }
  return left
}

/** Each operand is a body of its own: what it binds is not seen outside. */
function literalOf({ body, braced }: Operand, loc: Loc): Literal {
  const [only] = body
  if (only?.expr.kind === 'body' && body.length === 1 && !braced) return only
  return {
    negated: false,
    expr: { kind: 'body', form: undefined, body, braced },
    with: [],
    loc: only?.loc ?? loc,
  }
}

function parseOperand(p: Cursor): Operand {
  const loc = locate(p)
  if (is(p, '{')) return { body: parseBraces(p), braced: true }
  const negated = isKeyword(p, 'not')
  if (negated) advance(p)
  if (negated && p.notBodies && is(p, '{'))
    return { body: [negation(parseBraces(p), until(p, loc), true)], braced: false }
  if (is(p, '(') && (!negated || p.notBodies)) {
    const group = parseGroup(p, true)
    if (group !== undefined) {
      const body = negated ? [negation(group, until(p, loc))] : group
      return { body, braced: false }
    }
  }
  const start = locate(p)
  const expr = parseExpr(p)
  const plain: Literal = { negated: false, expr, with: [], loc: until(p, start) }
  if (!negated) return { body: [plain], braced: false }
  const whole = until(p, loc)
  const body = p.notBodies ? [negation([plain], whole)] : [{ ...plain, negated, loc: whole }]
  return { body, braced: false }
}

/** `( … )` around operands; undefined, with the cursor where it was, where it encloses a term. */
function parseGroup(p: Cursor, isOperand: boolean): Body | undefined {
  const { at, wildcards } = p
  const loc = locate(p, advance(p))
  const back = (): undefined => {
    p.at = at
    p.wildcards = wildcards
  }
  if (is(p, ')')) return isOperand ? fail('empty parenthesized group', loc) : back()
  const first = attempt(p, () => parseOperand(p))
  if (first instanceof RegoError) return back()
  const [only] = first.body
  if (isLogical(p)) {
    const literal = withModifiers(p, parseOr(p, first, loc))
    close(p)
    return [literal]
  }
  if (isKeyword(p, 'with') && !first.braced && only !== undefined) {
    const literal = withModifiers(p, only)
    if (isLogical(p)) unexpected(p)
    close(p)
    return isOperand || isLogical(p) ? [literal] : back()
  }
  if (first.braced) {
    back()
    const term = attempt(p, () => parseTerm(p))
    if (term instanceof RegoError) return fail('parentheses cannot wrap a body', loc)
    return back()
  }
  if (only?.negated !== true && only?.expr.kind !== 'body') return back()
  close(p)
  return first.body
}

function close(p: Cursor): void {
  if (!is(p, ')')) unexpected(p, 'expected )')
  advance(p)
}
