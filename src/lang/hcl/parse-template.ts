import type { Expr, Range } from './ast.ts'
import {
  advance,
  at,
  type Cursor,
  cursorOf,
  deeper,
  failure,
  grow,
  tokenText,
  within,
} from './cursor.ts'
import { HclError } from './hcl-error.ts'
import { parseForIntro } from './parse-collection.ts'
import { parseExpression } from './parse-expression.ts'
import { nest } from './template-nest.ts'
import { type Literal, readLine, readQuoted, unterminated } from './template-text.ts'
import { type TemplateToken, unindent } from './template-token.ts'

/** `"…"`; the quote is in hand. */
export function parseQuoted(cursor: Cursor): Expr {
  const { start } = cursor
  const tokens = deeper(cursor, () =>
    readTokens(cursor, here => readQuoted(cursor.text, here, cursor.end)),
  )
  return finish(cursor, tokens, start, cursor.stop)
}

/** `<<EOT` or `<<-EOT`; the opening line is in hand. */
export function parseHeredoc(cursor: Cursor): Expr {
  const { start, stop, text } = cursor
  const opening = text.slice(start, stop).trimEnd()
  const isIndented = opening.startsWith('<<-')
  const marker = opening.slice(isIndented ? 3 : 2)
  const opener = { start, end: stop }
  if (cursor.unclosed.has(marker)) throw unterminated(opener)
  const read = (here: number): Literal => {
    const literal = readLine(text, here, cursor.end, marker)
    if (literal.next === 'end' && literal.stop === cursor.end) {
      cursor.unclosed.add(marker)
      throw unterminated(opener)
    }
    return literal
  }
  const tokens = deeper(cursor, () => readTokens(cursor, read))
  if (isIndented) unindent(tokens)
  return finish(cursor, tokens, start, cursor.stop)
}

/** Template text without delimiters, as in a file that `templatefile` reads. */
export function parseBareTemplate(text: string): Expr {
  return parseTemplateWithin(cursorOf(text))
}

/** All that lies before the cursor's end. */
export function parseTemplateWithin(cursor: Cursor): Expr {
  const { start, end } = cursor
  const tokens = readTokens(cursor, here => readLine(cursor.text, here, end, null))
  return build(cursor, tokens, { start, end })
}

/** Reads up to the end mark; `cursor.stop` is behind it afterwards. */
function readTokens(cursor: Cursor, read: (at: number) => Literal): TemplateToken[] {
  const tokens: TemplateToken[] = []
  let here = cursor.stop
  let isTrimming = false
  let below = 0
  for (;;) {
    const literal = read(here)
    if (literal.stop > here || literal.text !== '') {
      const text = isTrimming ? literal.text.trimStart() : literal.text
      tokens.push({ kind: 'text', text, range: { start: here, end: literal.stop } })
      isTrimming = false
    }
    if (literal.next === 'line') {
      here = literal.stop
      continue
    }
    if (literal.next === 'end') {
      cursor.stop = literal.after
      cursor.height = below
      return tokens
    }
    isTrimming = false
    const open = literal.stop
    let inner = open + 2
    if (cursor.text[inner] === '~') {
      inner++
      const last = tokens.at(-1)
      if (last?.kind === 'text') last.text = last.text.trimEnd()
    }
    cursor.stop = inner
    const token = within(cursor, false, () => readSequence(cursor, literal.next, open))
    below = Math.max(below, cursor.height)
    tokens.push(token)
    isTrimming = at(cursor, '~}')
    here = cursor.stop
  }
}

/** One `${…}` or `%{…}`; its closing brace is in hand afterwards. */
function readSequence(cursor: Cursor, kind: Literal['next'], open: number): TemplateToken {
  advance(cursor)
  const range = (): Range => ({ start: open, end: cursor.stop })
  if (kind === 'interpolation') {
    const expr = parseExpression(cursor)
    close(cursor, 'interpolation', open)
    return { kind: 'expr', expr, range: range() }
  }
  const word = at(cursor, 'ident') ? tokenText(cursor) : ''
  switch (word) {
    case 'if': {
      advance(cursor)
      const test = parseExpression(cursor)
      close(cursor, 'control', open)
      return { kind: 'if', test, range: range() }
    }
    case 'for': {
      const intro = parseForIntro(cursor, "Invalid 'for' directive")
      close(cursor, 'control', open)
      return { kind: 'for', ...intro, range: range() }
    }
    case 'else':
    case 'endif':
    case 'endfor':
      cursor.height = 1
      advance(cursor)
      close(cursor, 'control', open)
      return { kind: word, range: range() }
    default:
      throw failure(
        cursor,
        word === '' ? 'Invalid template directive' : 'Invalid template control keyword',
        word === ''
          ? 'One of if, else, endif, for and endfor is expected behind %{.'
          : `"${word}" is not a valid template control keyword.`,
      )
  }
}

function close(cursor: Cursor, what: 'interpolation' | 'control', open: number): void {
  if (at(cursor, '}') || at(cursor, '~}')) return
  if (at(cursor, 'quote') || at(cursor, 'end')) {
    throw new HclError(
      `Unclosed template ${what} sequence`,
      `There is no closing brace for this ${what} sequence before the end of the template. This might be caused by incorrect nesting inside the given expression.`,
      { start: open, end: open + 2 },
    )
  }
  throw failure(
    cursor,
    what === 'interpolation'
      ? 'Extra characters after interpolation expression'
      : 'Extra characters in template control sequence',
    'More text stands before the closing brace than belongs there.',
  )
}

function finish(
  cursor: Cursor,
  tokens: readonly TemplateToken[],
  start: number,
  end: number,
): Expr {
  const expr = build(cursor, tokens, { start, end })
  advance(cursor)
  return expr
}

function build(cursor: Cursor, tokens: readonly TemplateToken[], range: Range): Expr {
  const [only] = tokens
  grow(cursor, cursor.height, range.start)
  if (tokens.length === 1 && only?.kind === 'expr') return { kind: 'wrap', expr: only.expr, range }
  if (tokens.every(token => token.kind === 'text')) {
    return { kind: 'literal', value: tokens.map(token => token.text).join(''), range }
  }
  return { kind: 'template', parts: nest(tokens, range, cursor), range }
}
