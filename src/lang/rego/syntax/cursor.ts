import { type Location, RegoError } from '../error.ts'
import type { Comment, Dialect, Loc } from './ast.ts'
import { lex } from './lexer.ts'
import { futureKeywords, keywordsV0, type Token, type TokenKind } from './tokens.ts'

/** Where the parser is. Backtracking sets `at` (and `wildcards`) back. */
export interface Cursor {
  readonly file: string
  readonly text: string
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
  readonly keywords: Set<string>
  /** `not { … }` negates a body, and what is negated has a scope of its own. */
  notBodies: boolean
  /** Words that may be members of references although they are keywords. */
  readonly dialect: () => Dialect
  at: number
  wildcards: number
  depth: number
  /** The token that may be a keyword and head a reference: literals begin there. */
  keywordAt: number
  /** Terms by the token they begin with: what was parsed once is not parsed again after backtracking. */
  readonly terms: Map<number, Parsed>
}

interface Parsed {
  /** A term, or the error that it ended in. */
  readonly term: unknown
  readonly at: number
  readonly wildcards: number
}

/** Deep enough for people, shallow enough for the stack. */
const maxDepth = 250

export function open(file: string, text: string, version: 'v0' | 'v1', all = false): Cursor {
  const keywords = new Set(keywordsV0)
  if (version === 'v1' || all) for (const word of futureKeywords) keywords.add(word)
  return {
    file,
    text,
    ...lex(file, text),
    keywords,
    notBodies: false,
    dialect: () => version,
    at: 0,
    wildcards: 0,
    depth: 0,
    keywordAt: -1,
    terms: new Map(),
  }
}

const nowhere: Token = {
  kind: 'eof',
  text: '',
  row: 1,
  col: 1,
  offset: 0,
  end: 0,
  space: false,
  newline: false,
  raw: false,
}

export function current(p: Cursor): Token {
  return p.tokens[p.at] ?? nowhere
}

export function peek(p: Cursor, ahead = 1): Token {
  return p.tokens[Math.min(p.at + ahead, p.tokens.length - 1)] ?? nowhere
}

export function advance(p: Cursor): Token {
  const token = current(p)
  if (p.at < p.tokens.length - 1) p.at++
  return token
}

/** Is the current token this keyword, and not a name? */
export function isKeyword(p: Cursor, word: string): boolean {
  const token = current(p)
  return (
    token.kind === 'identifier' && token.text === word && p.keywords.has(word) && !isKeywordRef(p)
  )
}

export function isAnyKeyword(p: Cursor, token: Token): boolean {
  return token.kind === 'identifier' && p.keywords.has(token.text)
}

/** `if.x`, `not["x"]`: a keyword that heads a reference. */
export function isKeywordRef(p: Cursor): boolean {
  const next = peek(p)
  return isAnyKeyword(p, current(p)) && !next.space && (next.kind === '.' || next.kind === '[')
}

export function is(p: Cursor, kind: TokenKind): boolean {
  return current(p).kind === kind
}

export function locate(p: Cursor, token: Token = current(p)): Loc {
  return { file: p.file, row: token.row, col: token.col, offset: token.offset, end: token.end }
}

/** The place of something that began at `loc` and ended with the token before the current one. */
export function until(p: Cursor, loc: Loc): Loc {
  const last = p.tokens[p.at - 1]
  return last === undefined ? loc : { ...loc, end: Math.max(last.end, loc.end) }
}

export function fail(reason: string, location: Location): never {
  throw refuse(reason, location)
}

export function refuse(reason: string, location: Location): RegoError {
  return new RegoError('rego_parse_error', reason, location)
}

/** `unexpected } token: expected …` */
export function unexpected(p: Cursor, note = '', token: Token = current(p)): never {
  if (token.kind === 'illegal') fail(token.text || 'illegal token', locate(p, token))
  const word = isAnyKeyword(p, token)
  const name = word ? token.text : token.kind
  fail(
    `unexpected ${name} ${word ? 'keyword' : 'token'}${note === '' ? '' : `: ${note}`}`,
    locate(p, token),
  )
}

export function deeper<T>(p: Cursor, parse: (p: Cursor) => T): T {
  if (++p.depth > maxDepth) fail('max recursion depth exceeded', locate(p))
  const result = parse(p)
  p.depth--
  return result
}

/** Runs a parser that may fail; if it does, the cursor stands where it stood and the error is returned. */
export function attempt<T>(p: Cursor, parse: () => T): T | RegoError {
  const { at, wildcards, depth } = p
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    p.at = at
    p.wildcards = wildcards
    p.depth = depth
    return error
  }
}
