import type { Expr, ObjectItem } from './ast.ts'
import { advance, at, type Cursor, failure, grow, tokenText, within } from './cursor.ts'
import { parseExpression } from './parse-expression.ts'
import { isIdentifier } from './token.ts'

/** `[a, b]` or `[for …]`. */
export function parseTuple(cursor: Cursor): Expr {
  const { start } = cursor
  const parsed = within(cursor, false, () => {
    advance(cursor)
    return isFor(cursor) ? parseFor(cursor, start, ']') : parseItems(cursor, start)
  })
  return closed(cursor, parsed, start)
}

/** `{ a = b }` or `{ for … }`. */
export function parseObject(cursor: Cursor): Expr {
  const { start } = cursor
  const parsed = within(cursor, true, () => {
    advance(cursor)
    skipNewlines(cursor)
    return isFor(cursor)
      ? within(cursor, false, () => parseFor(cursor, start, '}'))
      : parseObjectItems(cursor, start)
  })
  return closed(cursor, parsed, start)
}

/** The closing bracket is in hand, and the range wants it. */
function closed(cursor: Cursor, expr: Expr, start: number): Expr {
  const end = cursor.stop
  advance(cursor)
  return { ...expr, range: { start, end } }
}

function parseItems(cursor: Cursor, start: number): Expr {
  const items: Expr[] = []
  let below = 0
  while (!at(cursor, ']')) {
    items.push(parseExpression(cursor))
    below = Math.max(below, cursor.height)
    if (at(cursor, ',')) advance(cursor)
    else if (at(cursor, 'end')) {
      throw failure(
        cursor,
        'Unterminated tuple constructor expression',
        'The bracket that opens here is not closed before the file ends.',
        { start, end: start + 1 },
      )
    } else if (!at(cursor, ']')) {
      throw failure(
        cursor,
        'Missing item separator',
        'Expected a comma to mark the beginning of the next item.',
      )
    }
  }
  grow(cursor, below, start)
  return { kind: 'tuple', items, range: { start, end: cursor.stop } }
}

function parseObjectItems(cursor: Cursor, start: number): Expr {
  const items: ObjectItem[] = []
  let below = 0
  skipNewlines(cursor)
  while (!at(cursor, '}')) {
    const key = parseKey(cursor)
    below = Math.max(below, cursor.height)
    if (!at(cursor, '=') && !at(cursor, ':')) throw missingValue(cursor)
    advance(cursor)
    skipNewlines(cursor)
    items.push({ key, value: parseExpression(cursor) })
    below = Math.max(below, cursor.height)
    if (at(cursor, ',') || at(cursor, 'newline')) {
      advance(cursor)
      skipNewlines(cursor)
    } else if (at(cursor, 'end')) {
      throw failure(
        cursor,
        'Unterminated object constructor expression',
        'The brace that opens here is not closed before the file ends.',
        { start, end: start + 1 },
      )
    } else if (!at(cursor, '}')) {
      throw failure(
        cursor,
        'Missing attribute separator',
        'Expected a newline or comma to mark the beginning of the next attribute.',
      )
    }
  }
  grow(cursor, below, start)
  return { kind: 'object', items, range: { start, end: cursor.stop } }
}

/** A bare word is a name, anything more an expression. */
function parseKey(cursor: Cursor): Expr {
  const word = at(cursor, 'ident') ? tokenText(cursor) : undefined
  const expr = parseExpression(cursor)
  const isWord =
    word !== undefined &&
    expr.range.end - expr.range.start === word.length &&
    isIdentifier(word) &&
    (expr.kind === 'variable' || expr.kind === 'literal')
  return isWord ? { kind: 'literal', value: word, range: expr.range } : expr
}

function missingValue(cursor: Cursor): Error {
  if (at(cursor, 'newline') || at(cursor, ',')) {
    return failure(
      cursor,
      'Missing attribute value',
      'An equals sign and a value must follow the name.',
    )
  }
  return failure(
    cursor,
    'Missing key/value separator',
    'Expected an equals sign ("=") to mark the beginning of the attribute value.',
  )
}

function isFor(cursor: Cursor): boolean {
  return at(cursor, 'ident') && tokenText(cursor) === 'for'
}

function isWord(cursor: Cursor, word: string): boolean {
  return at(cursor, 'ident') && tokenText(cursor) === word
}

/** `for` is in hand; the closing bracket is afterwards. */
function parseFor(cursor: Cursor, start: number, close: ']' | '}'): Expr {
  const { key, value, over } = parseForIntro(cursor, "Invalid 'for' expression")
  let below = cursor.height
  if (!at(cursor, ':')) {
    throw invalidFor(cursor, 'For expression requires a colon after the collection expression.')
  }
  advance(cursor)
  let keyExpr: Expr | null = null
  let valueExpr = parseExpression(cursor)
  below = Math.max(below, cursor.height)
  if (at(cursor, '=>')) {
    if (close === ']') {
      throw invalidFor(cursor, 'A list has no keys: leave "=>" out, or use braces.')
    }
    advance(cursor)
    keyExpr = valueExpr
    valueExpr = parseExpression(cursor)
    below = Math.max(below, cursor.height)
  } else if (close === '}') {
    throw invalidFor(cursor, 'An object needs a key and a value: key => value.')
  }
  const group = at(cursor, '...')
  if (group) {
    if (close === ']') {
      throw invalidFor(cursor, 'Grouping ellipsis (...) cannot be used when building a tuple.')
    }
    advance(cursor)
  }
  let test: Expr | null = null
  if (isWord(cursor, 'if')) {
    advance(cursor)
    test = parseExpression(cursor)
    below = Math.max(below, cursor.height)
  }
  if (!at(cursor, close)) {
    throw invalidFor(cursor, 'More text follows where the expression ends.')
  }
  grow(cursor, below, start)
  const range = { start, end: cursor.stop }
  return { kind: 'for', key, value, over, keyExpr, valueExpr, test, group, range }
}

/** `for k, v in over`, in brackets or in a template directive. */
export function parseForIntro(
  cursor: Cursor,
  summary: string,
): { key: string | null; value: string; over: Expr } {
  const fail = (detail: string): Error => failure(cursor, summary, detail)
  advance(cursor)
  if (!at(cursor, 'ident')) {
    throw fail("For expression requires variable name after 'for'.")
  }
  let key: string | null = null
  let value = tokenText(cursor)
  advance(cursor)
  if (at(cursor, ',')) {
    advance(cursor)
    if (!at(cursor, 'ident')) throw fail('A second name is expected after the comma.')
    key = value
    value = tokenText(cursor)
    advance(cursor)
  }
  if (!isWord(cursor, 'in')) {
    throw fail("For expression requires the 'in' keyword after its name declarations.")
  }
  advance(cursor)
  return { key, value, over: parseExpression(cursor) }
}

function invalidFor(cursor: Cursor, detail: string): Error {
  return failure(cursor, "Invalid 'for' expression", detail)
}

function skipNewlines(cursor: Cursor): void {
  while (at(cursor, 'newline')) advance(cursor)
}
