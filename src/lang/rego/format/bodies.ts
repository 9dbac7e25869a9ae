import type { Body, CallTerm, Literal, Loc, Term } from '../syntax/ast.ts'
import { writeLogical } from './logic.ts'
import { infixOf, precedence } from './operators.ts'
import { writeFunction, writeTerm } from './terms.ts'
import type { Writer } from './writer.ts'

/** `x; y` */
export function writeBodyLine(w: Writer, body: Body): void {
  for (const [at, literal] of body.entries()) {
    if (at > 0) w.write('; ')
    writeLiteral(w, literal, at === 0)
  }
}

/** A line for each literal, indented; up to where the closing bracket goes. */
export function writeBodyBlock(
  w: Writer,
  body: Body,
  whole: Loc,
  openRow = whole.row,
  closeRow = w.endRow(whole),
): void {
  w.end(openRow)
  w.indent()
  writeLines(w, body, openRow)
  w.before(closeRow)
  w.dedent()
}

/** Blank lines between literals are kept as one, and made where a comment stands between them. */
function writeLines(w: Writer, body: Body, openRow: number): void {
  let last = openRow
  for (const [at, literal] of body.entries()) {
    const { row } = literal.loc
    if (at > 0 && row - last > 1) w.blank()
    const written = w.before(row)
    if (written !== undefined && row - written > 1) w.blank()
    writeLiteral(w, literal, at === 0)
    last = w.endRow(literal.loc)
    w.end(last)
  }
}

export function writeLiteral(w: Writer, literal: Literal, isFirst = false): void {
  const { expr, negated } = literal
  if (negated && expr.kind !== 'body') w.write('not ')
  switch (expr.kind) {
    case 'term':
      writeTerm(w, expr.term)
      break
    case 'call':
      writeExprCall(w, literal, expr, isFirst && !negated)
      break
    case 'some':
      writeSome(w, expr.names)
      break
    case 'some-in':
      w.write('some ')
      if (expr.key !== undefined) {
        writeTerm(w, expr.key)
        w.write(', ')
      }
      writeTerm(w, expr.value)
      w.write(' in ')
      operand(w, expr.domain, 'in')
      break
    case 'every':
      writeEvery(w, expr)
      break
    case 'body':
      writeLogical(w, literal, expr, isFirst)
      break
  }
  writeWiths(w, literal)
}

function writeSome(w: Writer, names: readonly Term[]): void {
  w.write('some ')
  let row = names[0]?.loc.row ?? 0
  let isIndented = false
  for (const [at, name] of names.entries()) {
    if (at > 0) {
      w.write(',')
      if (name.loc.row === row) w.write(' ')
      else {
        w.end(row)
        if (!isIndented) w.indent()
        isIndented = true
      }
      row = name.loc.row
    }
    writeTerm(w, name)
  }
  if (isIndented) w.dedent()
}

function writeEvery(w: Writer, expr: Extract<Literal['expr'], { kind: 'every' }>): void {
  w.write('every ')
  if (expr.key !== undefined) {
    writeTerm(w, expr.key)
    w.write(', ')
  }
  writeTerm(w, expr.value)
  w.write(' in ')
  writeTerm(w, expr.domain)
  w.write(' {')
  const open = w.source.indexOf('{', expr.domain.loc.end)
  const openRow = w.rowOf(open)
  const last = expr.body.at(-1)?.loc
  const close = last === undefined ? open : closing(w, last.end)
  if (expr.body.every(each => each.loc.row === openRow)) {
    w.write(' ')
    writeBodyLine(w, expr.body)
    w.write(expr.body.length > 1 ? '}' : ' }')
    return
  }
  const whole = { ...expr.domain.loc, offset: open, end: close + 1 }
  writeBodyBlock(w, expr.body, whole, openRow)
  w.write('}')
}

/** The brace that closes a body, past comments. */
export function closing(w: Writer, from: number): number {
  let at = from
  for (; at < w.source.length; at++) {
    const c = w.source[at]
    if (c === '#') at = endOfLine(w.source, at)
    else if (c === '}') return at
  }
  return from
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end
}

/** Operands of an expression need no parentheses, but those of `in`. */
function writeExprCall(
  w: Writer,
  literal: Literal,
  expr: Extract<Literal['expr'], { kind: 'call' }>,
  isFirst: boolean,
): void {
  const infix = infixOf(expr)
  if (infix === undefined) {
    writeFunction(w, expr.operator, expr.args, { ...literal.loc, end: expr.operator.loc.end })
    return
  }
  const [left, right, third] = expr.args
  if (left === undefined || right === undefined) return
  // After an opening brace a union would be read as a comprehension.
  const opens = isFirst && infix.symbol !== 'in'
  if (opens && infix.symbol === '|') w.write('(')
  operand(w, left, infix.symbol, 'left', opens)
  if (infix.arity === 3 && third !== undefined) {
    w.write(', ')
    operand(w, right, infix.symbol)
    w.write(` ${infix.symbol} `)
    operand(w, third, infix.symbol)
    return
  }
  w.write(` ${infix.symbol} `)
  operand(w, right, infix.symbol)
  if (opens && infix.symbol === '|') w.write(')')
}

function operand(w: Writer, term: Term, symbol: string, side: Side = 'right', opens = false): void {
  const needsParens = term.kind === 'call' && isLooser(term, symbol, side, opens)
  if (needsParens) w.write('(')
  writeTerm(w, term)
  if (needsParens) w.write(')')
}

type Side = 'left' | 'right'

/** Without parentheses, the operator around it would take a part of it. */
function isLooser(term: CallTerm, symbol: string, side: Side, opens: boolean): boolean {
  const inner = infixOf(term)?.symbol
  if (inner === undefined) return false
  if (inner === 'in' && term.args.length === 3) return true
  if (opens && inner === '|') return true
  if (symbol === 'in' && inner !== 'in') return true
  const [outside, inside] = [precedence(symbol), precedence(inner)]
  return inside < outside || (inside === outside && side === 'right')
}

function writeWiths(w: Writer, literal: Literal): void {
  const [first] = literal.with
  if (first === undefined) return
  let row = w.rowOf(lastBefore(w, first.loc.offset))
  let isIndented = false
  for (const { target, value, loc } of literal.with) {
    if (loc.row === row) w.write(' ')
    else {
      w.end(row)
      if (!isIndented) w.indent()
      isIndented = true
    }
    w.write('with ')
    writeTerm(w, target)
    w.write(' as ')
    writeTerm(w, value)
    row = w.endRow(loc)
  }
  if (isIndented) w.dedent()
}

/** The last character before a place that is no white space. */
function lastBefore(w: Writer, offset: number): number {
  let at = offset - 1
  while (at > 0 && /\s/.test(w.source[at] ?? '')) at--
  return at
}
