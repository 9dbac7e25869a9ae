import type { BinaryOp, Expr } from './ast.ts'
import {
  advance,
  at,
  type Cursor,
  cursorOf,
  deeper,
  failure,
  grow,
  rangeFrom,
  tokenRange,
  tokenText,
  within,
} from './cursor.ts'
import { parseNumber } from './number.ts'
import { parseObject, parseTuple } from './parse-collection.ts'
import { parsePostfix } from './parse-postfix.ts'
import { parseHeredoc, parseQuoted } from './parse-template.ts'

/** Parses text that is one expression and nothing else; throws HclError. */
export function parseWholeExpression(text: string): Expr {
  const cursor = cursorOf(text)
  cursor.newlines = false
  advance(cursor)
  const expr = parseExpression(cursor)
  if (at(cursor, 'end')) return expr
  throw failure(
    cursor,
    'Extra characters after expression',
    'More text follows where the expression ends.',
  )
}

/** Parses one expression; the token behind it is in hand afterwards. */
export function parseExpression(cursor: Cursor): Expr {
  return deeper(cursor, () => parseConditional(cursor))
}

function parseConditional(cursor: Cursor): Expr {
  const { start } = cursor
  const test = parseBinary(cursor, 0)
  if (!at(cursor, '?')) return test
  let below = cursor.height
  advance(cursor)
  const then = parseExpression(cursor)
  below = Math.max(below, cursor.height)
  if (!at(cursor, ':')) {
    throw failure(
      cursor,
      'Missing false expression in conditional',
      'The conditional operator (...?...:...) requires a false expression, delimited by a colon.',
    )
  }
  advance(cursor)
  const otherwise = parseExpression(cursor)
  grow(cursor, Math.max(below, cursor.height), start)
  return { kind: 'conditional', test, then, otherwise, range: rangeFrom(cursor, start) }
}

/** From loosest to tightest. */
const levels: readonly (readonly BinaryOp[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]
const tightness: ReadonlyMap<string, { readonly op: BinaryOp; readonly level: number }> = new Map(
  levels.flatMap((ops, level) => ops.map(op => [op, { op, level }] as const)),
)

/** Operators of that level and tighter. */
function parseBinary(cursor: Cursor, loosest: number): Expr {
  const { start } = cursor
  let left = parseUnary(cursor)
  let below = cursor.height
  for (;;) {
    const operator = tightness.get(cursor.kind)
    if (operator === undefined || operator.level < loosest) {
      cursor.height = below
      return left
    }
    const { op, level } = operator
    advance(cursor)
    const right = parseBinary(cursor, level + 1)
    grow(cursor, Math.max(below, cursor.height), start)
    below = cursor.height
    left = { kind: 'binary', op, left, right, range: rangeFrom(cursor, start) }
  }
}

function parseUnary(cursor: Cursor): Expr {
  const { kind, start } = cursor
  if (kind !== '-' && kind !== '!') return parsePostfix(cursor, parsePrimary(cursor), start)
  advance(cursor)
  const expr = deeper(cursor, () => parseUnary(cursor))
  grow(cursor, cursor.height, start)
  return { kind: 'unary', op: kind, expr, range: rangeFrom(cursor, start) }
}

function parsePrimary(cursor: Cursor): Expr {
  cursor.height = 1
  switch (cursor.kind) {
    case 'ident':
      return parseName(cursor)
    case 'number':
      return parseNumberLiteral(cursor)
    case 'quote':
      return parseQuoted(cursor)
    case 'heredoc':
      return parseHeredoc(cursor)
    case '(':
      return parseParens(cursor)
    case '[':
      return parseTuple(cursor)
    case '{':
      return parseObject(cursor)
    case 'end':
      throw failure(
        cursor,
        'Missing expression',
        'Expected the start of an expression, but found the end of the file.',
      )
    default:
      throw failure(
        cursor,
        'Invalid expression',
        'Expected the start of an expression, but found an invalid expression token.',
      )
  }
}

function parseName(cursor: Cursor): Expr {
  const { start } = cursor
  let name = tokenText(cursor)
  advance(cursor)
  if (!at(cursor, '(') && !at(cursor, '::')) return wordOf(name, rangeFrom(cursor, start))
  while (at(cursor, '::')) {
    advance(cursor)
    if (!at(cursor, 'ident')) {
      throw failure(cursor, 'Missing function name', 'A name must stand behind "::".')
    }
    name += `::${tokenText(cursor)}`
    advance(cursor)
  }
  if (!at(cursor, '(')) {
    throw failure(
      cursor,
      'Missing open parenthesis',
      'The name of a function must be followed by its arguments in parentheses.',
    )
  }
  const { args, expand } = within(cursor, false, () => parseArguments(cursor))
  return { kind: 'call', name, args, expand, range: callEnd(cursor, start) }
}

function wordOf(name: string, range: Expr['range']): Expr {
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', range }
  if (name === 'null') return { kind: 'literal', value: null, range }
  return { kind: 'variable', name, range }
}

/** The closing parenthesis is in hand. */
function parseArguments(cursor: Cursor): { args: readonly Expr[]; expand: boolean } {
  const args: Expr[] = []
  let expand = false
  let below = 0
  const open = cursor.start
  advance(cursor)
  while (!at(cursor, ')')) {
    args.push(parseExpression(cursor))
    below = Math.max(below, cursor.height)
    if (at(cursor, ')')) break
    if (at(cursor, '...')) {
      expand = true
      advance(cursor)
      if (!at(cursor, ')')) {
        throw failure(
          cursor,
          'Missing closing parenthesis',
          'An expanded function argument (with ...) must be immediately followed by closing parentheses.',
        )
      }
      break
    }
    if (at(cursor, 'end')) {
      throw failure(
        cursor,
        'Unterminated function call',
        'The call that opens here is not closed before the file ends.',
        { start: open, end: open + 1 },
      )
    }
    if (!at(cursor, ',')) {
      throw failure(
        cursor,
        'Missing argument separator',
        'A comma is required to separate each function argument from the next.',
      )
    }
    advance(cursor)
  }
  grow(cursor, below, open)
  return { args, expand }
}

function callEnd(cursor: Cursor, start: number): Expr['range'] {
  const end = cursor.stop
  advance(cursor)
  return { start, end }
}

function parseNumberLiteral(cursor: Cursor): Expr {
  const raw = tokenText(cursor)
  const range = tokenRange(cursor)
  if (raw.split('.').length > 2 || parseNumber(raw) === undefined) {
    throw failure(
      cursor,
      'Invalid number literal',
      'Failed to recognize the value of this number literal.',
    )
  }
  advance(cursor)
  return { kind: 'literal', value: Number(raw), raw, range }
}

function parseParens(cursor: Cursor): Expr {
  const { start } = cursor
  const expr = within(cursor, false, () => {
    advance(cursor)
    const inner = parseExpression(cursor)
    if (at(cursor, ')')) return inner
    throw failure(
      cursor,
      'Unbalanced parentheses',
      'Expected a closing parenthesis to terminate the expression.',
    )
  })
  const end = cursor.stop
  advance(cursor)
  grow(cursor, cursor.height, start)
  return { kind: 'parens', expr, range: { start, end } }
}
