import type { Expr } from './ast.ts'
import {
  advance,
  at,
  type Cursor,
  deeper,
  failure,
  grow,
  rangeFrom,
  tokenText,
  within,
} from './cursor.ts'
import { parseExpression } from './parse-expression.ts'

/** What may follow a primary: `.name`, `.0`, `[key]`, `[*]…`, `.*…`. */
export function parsePostfix(cursor: Cursor, primary: Expr, start: number): Expr {
  let expr = primary
  for (;;) {
    if (at(cursor, '.')) expr = parseDot(cursor, expr, start)
    else if (at(cursor, '[')) expr = parseBracket(cursor, expr, start)
    else return expr
  }
}

function parseDot(cursor: Cursor, of: Expr, start: number): Expr {
  const below = cursor.height
  advance(cursor)
  if (!at(cursor, '*')) return parseStep(cursor, of, start, below)
  advance(cursor)
  return parseAttributeSplat(cursor, of, start, below)
}

/** A name or a legacy index; the dot is behind. */
function parseStep(cursor: Cursor, of: Expr, start: number, below: number): Expr {
  if (at(cursor, 'ident')) {
    const name = tokenText(cursor)
    advance(cursor)
    grow(cursor, below, start)
    return { kind: 'attr', of, name, range: rangeFrom(cursor, start) }
  }
  if (!at(cursor, 'number')) {
    throw failure(cursor, 'Invalid attribute name', 'An attribute name is required after a dot.')
  }
  const raw = tokenText(cursor)
  if (!/^\d+$/.test(raw)) throw chainedIndex(cursor, raw)
  const range = { start: cursor.start, end: cursor.stop }
  advance(cursor)
  grow(cursor, below, start)
  const key: Expr = { kind: 'literal', value: Number(raw), raw, range }
  return { kind: 'index', of, key, range: rangeFrom(cursor, start) }
}

/** `of.*.a.b`: takes names and legacy indexes only; a bracket or star behind it applies to the whole. */
function parseAttributeSplat(cursor: Cursor, of: Expr, start: number, below: number): Expr {
  const from = cursor.last
  let each: Expr = { kind: 'item', range: { start: from, end: from } }
  cursor.height = 1
  while (at(cursor, '.') && !isStarNext(cursor)) {
    const height = cursor.height
    advance(cursor)
    each = parseStep(cursor, each, from, height)
  }
  grow(cursor, Math.max(below, cursor.height), start)
  return { kind: 'splat', of, each, full: false, range: rangeFrom(cursor, start) }
}

/** `of[key]`, or `of[*]…`, which takes all that follows as what is done to each element. */
function parseBracket(cursor: Cursor, of: Expr, start: number): Expr {
  const below = cursor.height
  const key = within(cursor, false, () => parseKey(cursor))
  const end = cursor.stop
  advance(cursor)
  if (key !== null) {
    grow(cursor, Math.max(below, cursor.height), start)
    return { kind: 'index', of, key, range: { start, end } }
  }
  cursor.height = 1
  const item: Expr = { kind: 'item', range: { start: end, end } }
  const each = deeper(cursor, () => parsePostfix(cursor, item, end))
  grow(cursor, Math.max(below, cursor.height), start)
  return { kind: 'splat', of, each, full: true, range: rangeFrom(cursor, start) }
}

/** The closing bracket is in hand afterwards; null for a star. */
function parseKey(cursor: Cursor): Expr | null {
  advance(cursor)
  if (at(cursor, '*')) {
    advance(cursor)
    if (at(cursor, ']')) return null
    throw failure(
      cursor,
      'Missing close bracket on splat index',
      'The star for a full splat operator must be immediately followed by a closing bracket ("]").',
    )
  }
  const key = parseExpression(cursor)
  if (at(cursor, ']')) return key
  throw failure(
    cursor,
    'Missing close bracket on index',
    'The index operator must end with a closing bracket ("]").',
  )
}

function isStarNext(cursor: Cursor): boolean {
  const { text, stop } = cursor
  return text.charCodeAt(stop) === 42
}

function chainedIndex(cursor: Cursor, raw: string): Error {
  const indexes = raw.split('.').map(index => `[${index}]`)
  return failure(
    cursor,
    'Invalid legacy index syntax',
    `When using the legacy index syntax, chaining two indexes together is not permitted. Use the proper index syntax instead, like ${indexes.join('')}.`,
  )
}
