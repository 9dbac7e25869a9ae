import type { Comment, Range } from './ast.ts'
import { HclError } from './hcl-error.ts'
import { scanToken, type TokenKind } from './token.ts'

/** Where a parse stands: the token in hand and what surrounds it. The parse functions move it forward. */
export interface Cursor {
  readonly text: string
  readonly end: number
  kind: TokenKind
  /** The token in hand. */
  start: number
  stop: number
  /** The end of the token before. */
  last: number
  /** Whether a line's end is a token here; inside parentheses it is a blank. */
  newlines: boolean
  /** How many constructs are open. */
  depth: number
  /** The height of the tree that was finished last. */
  height: number
  readonly comments: Comment[]
  /** Comments before this offset are recorded, whatever is read again. */
  commented: number
  /** Heredoc markers that were looked for to the end of the text in vain. */
  readonly unclosed: Set<string>
}

/** No one writes deeper; a stack must hold what walks the tree. */
const maxDepth = 250
const maxHeight = 400

export function cursorOf(text: string, at = 0, end = text.length): Cursor {
  return {
    text,
    end,
    kind: 'end',
    start: at,
    stop: at,
    last: at,
    newlines: true,
    depth: 0,
    height: 0,
    comments: [],
    commented: at,
    unclosed: new Set(),
  }
}

/** Takes the next token in hand. */
export function advance(cursor: Cursor): void {
  cursor.last = cursor.stop
  const at = skipBlank(cursor, cursor.stop)
  cursor.start = at
  if (at < cursor.end && cursor.newlines) {
    const code = cursor.text.charCodeAt(at)
    if (code === 10 || (code === 13 && cursor.text.charCodeAt(at + 1) === 10)) {
      cursor.kind = 'newline'
      cursor.stop = code === 10 ? at + 1 : at + 2
      return
    }
  }
  scanToken(cursor.text, at, cursor.end, cursor)
}

/** Whether a token of that kind is in hand. A call, because the token changes under the checker's eyes. */
export function at(cursor: Cursor, kind: TokenKind): boolean {
  return cursor.kind === kind
}

/** Continues at an offset, in whatever state the parse was. */
export function jump(cursor: Cursor, at: number): void {
  cursor.stop = at
  cursor.newlines = true
  cursor.depth = 0
  advance(cursor)
}

/** Runs a part of the parse with line ends as tokens, or as blanks. The token in hand is the opening one. */
export function within<T>(cursor: Cursor, newlines: boolean, parse: () => T): T {
  const before = cursor.newlines
  cursor.newlines = newlines
  const result = parse()
  cursor.newlines = before
  return result
}

export function deeper<T>(cursor: Cursor, parse: () => T): T {
  if (cursor.depth >= maxDepth) throw tooDeep(tokenRange(cursor))
  cursor.depth++
  const result = parse()
  cursor.depth--
  return result
}

/** Notes that a node stands above trees of these heights. */
export function grow(cursor: Cursor, below: number, at: number): void {
  cursor.height = below + 1
  if (cursor.height > maxHeight) throw tooDeep({ start: at, end: cursor.last })
}

export function tokenRange(cursor: Cursor): Range {
  return { start: cursor.start, end: cursor.stop }
}

export function rangeFrom(cursor: Cursor, start: number): Range {
  return { start, end: cursor.last }
}

export function tokenText(cursor: Cursor): string {
  return cursor.text.slice(cursor.start, cursor.stop)
}

/** An error at the token in hand; a character that the language does not have is the deeper reason. */
export function failure(
  cursor: Cursor,
  summary: string,
  detail: string,
  range: Range = tokenRange(cursor),
): HclError {
  const bad = badToken(cursor)
  return bad === undefined
    ? new HclError(summary, detail, range)
    : new HclError(bad[0], bad[1], tokenRange(cursor))
}

function badToken(cursor: Cursor): readonly [string, string] | undefined {
  if (cursor.kind !== 'invalid') return undefined
  switch (tokenText(cursor)) {
    case "'":
      return [
        'Invalid character',
        'Single quotes are not valid. Use double quotes (") to enclose strings.',
      ]
    case '`':
      return [
        'Invalid character',
        'The "`" character is not valid. For a string of several lines write a heredoc, like "<<EOT".',
      ]
    case ';':
      return [
        'Invalid character',
        'The ";" character is not valid. Newlines separate arguments and blocks, commas separate items.',
      ]
    case '&':
    case '|':
    case '^':
    case '~':
      return ['Unsupported operator', 'The language has no bitwise operators.']
    default:
      return ['Invalid character', 'This character is not used within the language.']
  }
}

function tooDeep(range: Range): HclError {
  return new HclError('Nesting too deep', 'Nothing may nest this deep.', range)
}

function skipBlank(cursor: Cursor, from: number): number {
  const { text, end } = cursor
  let at = from
  while (at < end) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 9) at++
    else if (code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10)) {
      if (cursor.newlines) return at
      at++
    } else if (code === 13) at++
    else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) {
      const stop = lineEnd(text, at, end)
      comment(cursor, at, stop)
      at = stop
    } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const close = text.indexOf('*/', at + 2)
      if (close < 0 || close + 2 > end) return at
      comment(cursor, at, close + 2)
      at = close + 2
    } else return at
  }
  return end
}

function lineEnd(text: string, at: number, end: number): number {
  const newline = text.indexOf('\n', at)
  if (newline < 0 || newline > end) return end
  return text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline
}

function comment(cursor: Cursor, start: number, end: number): void {
  if (start < cursor.commented) return
  cursor.commented = end
  cursor.comments.push({ text: cursor.text.slice(start, end), range: { start, end } })
}
