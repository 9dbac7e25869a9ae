import type { Comment } from './ast.ts'
import { readEscapes, wellFormed } from './escapes.ts'
import { type Punctuation, punctuation, type Token, type TokenKind } from './tokens.ts'

export interface Lexed {
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
}

interface Scanner {
  readonly file: string
  readonly text: string
  readonly tokens: Token[]
  readonly comments: Comment[]
  at: number
  row: number
  /** Where the row begins, corrected so that columns count code points. */
  lineStart: number
  space: boolean
  newline: boolean
  /** Whether columns and UTF-16 units differ anywhere. */
  readonly hasPairs: boolean
  /** Open braces within each template expression that the scanner is in. */
  readonly templates: { raw: boolean; depth: number }[]
}

/** Illegal text becomes a token that carries its message: the parser reports it where it matters. */
export function lex(file: string, text: string): Lexed {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const s: Scanner = {
    file,
    text,
    tokens: [],
    comments: [],
    at: start,
    row: 1,
    lineStart: start,
    space: false,
    newline: false,
    hasPairs: /[\uD800-\uDBFF]/.test(text),
    templates: [],
  }
  while (skipBlank(s)) scanToken(s)
  push(s, 'eof', s.at, '')
  return { tokens: s.tokens, comments: s.comments }
}

/** False at the end. */
function skipBlank(s: Scanner): boolean {
  const { text } = s
  for (; s.at < text.length; s.at++) {
    const c = text.charCodeAt(s.at)
    if (c === 10) nextLine(s)
    else if (c === 35) {
      const end = lineEnd(s)
      const begin = s.at
      s.at = end
      s.comments.push({
        text: text.slice(begin + 1, end).replace(/\r$/, ''),
        loc: { file: s.file, row: s.row, col: begin - s.lineStart + 1, offset: begin, end },
      })
      s.at--
    } else if (c !== 32 && c !== 9 && c !== 13) return true
    s.space = true
  }
  return false
}

function lineEnd(s: Scanner): number {
  const end = s.text.indexOf('\n', s.at)
  return end < 0 ? s.text.length : end
}

function nextLine(s: Scanner): void {
  s.row++
  s.lineStart = s.at + 1
  s.newline = true
}

const identifier = /[A-Za-z_][A-Za-z0-9_]*/y
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const badNumber = /\d+(?:\.\d*)?(?:[eE][+-]?\d*)?[A-Za-z0-9_]*/y

function scanToken(s: Scanner): Token {
  const start = s.at
  const code = s.text.charCodeAt(start)
  if (isLetter(code)) return push(s, 'identifier', start, match(s, identifier))
  if (isDigit(code)) return scanNumber(s, start, match(s, number))
  const c = s.text[start] ?? ''
  if (c === '"') return scanString(s, start)
  if (c === '`') return scanRawString(s, start)
  if (c === '$' && (s.text[start + 1] === '"' || s.text[start + 1] === '`')) {
    s.at++
    return scanTemplate(s, start, s.text[start + 1] === '`')
  }
  const two = s.text[start + 1] === '=' ? punctuation.get(`${c}=`) : undefined
  const kind = two ?? punctuation.get(c)
  if (kind === undefined) {
    s.at += (s.text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1
    return push(s, 'illegal', start, c === '!' || c === '$' ? `illegal ${c} character` : '')
  }
  s.at += two === undefined ? 1 : 2
  const token = push(s, kind, start, c)
  trackTemplate(s, kind)
  return token
}

function isLetter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

/** A closing brace may end the expression of a template, whose text then goes on. */
function trackTemplate(s: Scanner, kind: Punctuation): void {
  const template = s.templates.at(-1)
  if (template === undefined) return
  if (kind === '{') template.depth++
  if (kind !== '}') return
  if (template.depth > 0) {
    template.depth--
    return
  }
  s.templates.pop()
  s.at--
  scanTemplate(s, s.at, template.raw)
}

function scanNumber(s: Scanner, start: number, digits: string): Token {
  const next = s.text[s.at] ?? ''
  if (!/[A-Za-z_.]/.test(next) || (next === '.' && digits.includes('.')))
    return push(s, 'number', start, digits)
  s.at = start
  const bad = match(s, badNumber)
  if (/^\d+\.?$/.test(bad) && next === '.') return push(s, 'illegal', start, 'expected fraction')
  return push(
    s,
    'illegal',
    start,
    /[eE][+-]?$/.test(bad) ? 'expected exponent' : 'illegal number format',
  )
}

function scanString(s: Scanner, start: number): Token {
  const quote = s.text.indexOf('"', start + 1)
  const plain = quote < 0 ? '\n' : s.text.slice(start + 1, quote)
  if (!plain.includes('\\') && !plain.includes('\n')) {
    s.at = quote + 1
    return push(s, 'string', start, wellFormed(plain))
  }
  for (let i = start + 1; i < s.text.length; i++) {
    const c = s.text[i]
    if (c === '\n') break
    if (c === '\\') i++
    if (c !== '"') continue
    s.at = i + 1
    const value = readEscapes(s.text.slice(start + 1, i))
    return value === undefined
      ? push(s, 'illegal', start, 'illegal escape sequence')
      : push(s, 'string', start, value)
  }
  s.at = lineEnd(s)
  return push(s, 'illegal', start, 'non-terminated string')
}

function scanRawString(s: Scanner, start: number): Token {
  const end = s.text.indexOf('`', start + 1)
  if (end < 0) {
    s.at = s.text.length
    return push(s, 'illegal', start, 'non-terminated string')
  }
  return pushLong(s, 'string', start, end + 1, wellFormed(s.text.slice(start + 1, end)), true)
}

/** From the quote, or from the brace that ended an expression, to the next expression or the end. */
function scanTemplate(s: Scanner, start: number, raw: boolean): Token {
  const quote = raw ? '`' : '"'
  const begin = s.at + 1
  for (let i = begin; i < s.text.length; i++) {
    const c = s.text[i]
    if (c === '\n' && !raw) break
    if (c === '\\') {
      if (!raw || s.text[i + 1] === '{') i++
      continue
    }
    if (c !== quote && c !== '{') continue
    const text = s.text
      .slice(begin, i)
      .replace(/\\(.)/gs, (all, next) => (next === '{' ? '{' : all))
    const value = raw ? wellFormed(text) : readEscapes(text)
    const kind = c === quote ? 'template-string-end' : 'template-string-part'
    if (c === '{') s.templates.push({ raw, depth: 0 })
    if (value === undefined) {
      s.at = i + 1
      return push(s, 'illegal', start, 'illegal escape sequence')
    }
    return pushLong(s, kind, start, i + 1, value, raw)
  }
  s.at = raw ? s.text.length : lineEnd(s)
  return push(s, 'illegal', start, 'non-terminated string')
}

function match(s: Scanner, pattern: RegExp): string {
  const start = s.at
  pattern.lastIndex = start
  if (pattern.test(s.text)) s.at = pattern.lastIndex
  return s.text.slice(start, s.at)
}

function push(s: Scanner, kind: TokenKind, start: number, text: string, raw = false): Token {
  const token: Token = {
    kind,
    text,
    row: s.row,
    col: start - s.lineStart + 1,
    offset: start,
    end: s.at,
    space: s.space,
    newline: s.newline,
    raw,
  }
  s.tokens.push(token)
  s.space = false
  s.newline = false
  if (!s.hasPairs) return token
  for (let i = start; i < s.at; i++) {
    const c = s.text.charCodeAt(i)
    if (c >= 0xd800 && c < 0xdc00) s.lineStart++
  }
  return token
}

/** A token over several lines. */
function pushLong(
  s: Scanner,
  kind: TokenKind,
  start: number,
  end: number,
  value: string,
  raw: boolean,
): Token {
  s.at = end
  const token = push(s, kind, start, value, raw)
  for (let i = start; i < end; i++) {
    if (s.text.charCodeAt(i) !== 10) continue
    s.row++
    s.lineStart = i + 1
  }
  return token
}
