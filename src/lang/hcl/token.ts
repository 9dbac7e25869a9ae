/** Punctuation is its own kind. `quote` opens a quoted template, `heredoc` is the opening line's marker. */
export type TokenKind =
  | 'ident'
  | 'number'
  | 'quote'
  | 'heredoc'
  | 'newline'
  | 'end'
  | 'invalid'
  | Punctuation

export type Punctuation =
  | '{'
  | '}'
  | '~}'
  | '['
  | ']'
  | '('
  | ')'
  | ','
  | '.'
  | '...'
  | ':'
  | '::'
  | '?'
  | '='
  | '=>'
  | '=='
  | '!'
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&&'
  | '||'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

/** Finds out what the token is that begins at `at`, no blank, and where it stops. */
export function scanToken(
  text: string,
  at: number,
  end: number,
  token: { kind: TokenKind; stop: number },
): void {
  token.kind = 'invalid'
  if (at >= end) {
    token.kind = 'end'
    token.stop = end
    return
  }
  const code = text.charCodeAt(at)
  if (isIdentStart(text, at, code)) {
    token.kind = 'ident'
    token.stop = identEnd(text, at)
  } else if (isDigit(code)) {
    token.kind = 'number'
    token.stop = numberEnd(text, at)
  } else if (code === quote) {
    token.kind = 'quote'
    token.stop = at + 1
  } else scanSign(text, at, code, token)
}

function scanSign(
  text: string,
  at: number,
  code: number,
  token: { kind: TokenKind; stop: number },
): void {
  const heredoc = code === less ? heredocOpening(text, at) : undefined
  if (heredoc !== undefined) {
    token.kind = 'heredoc'
    token.stop = heredoc
    return
  }
  for (const kind of punctuation.get(code) ?? []) {
    if (!text.startsWith(kind, at)) continue
    token.kind = kind
    token.stop = at + kind.length
    return
  }
  token.stop = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
}

/** Whether the text, all of it, is a name. */
export function isIdentifier(text: string): boolean {
  return (
    text !== '' && isIdentStart(text, 0, text.charCodeAt(0)) && identEnd(text, 0) === text.length
  )
}

function identEnd(text: string, at: number): number {
  let stop = at
  for (;;) {
    const code = text.charCodeAt(stop)
    if (code < 128) {
      if (!isAsciiIdent(code)) return stop
      stop++
      continue
    }
    // Past the end the code is NaN.
    if (!(code >= 128)) return stop
    const point = String.fromCodePoint(text.codePointAt(stop) ?? 0)
    if (!identContinue.test(point)) return stop
    stop += point.length
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** `<<EOT` or `<<-EOT` up to and with its line's end; undefined for anything else. */
function heredocOpening(text: string, at: number): number | undefined {
  if (text.charCodeAt(at + 1) !== less) return undefined
  const from = at + (text.charCodeAt(at + 2) === 45 ? 3 : 2)
  if (!isIdentStart(text, from, text.charCodeAt(from))) return undefined
  const stop = identEnd(text, from)
  if (text.charCodeAt(stop) === 10) return stop + 1
  return text.startsWith('\r\n', stop) ? stop + 2 : undefined
}

/** One token takes in as many dots as it can, so that `1..2` is a bad number; it never ends in one. */
function numberEnd(text: string, at: number): number {
  let stop = at
  for (;;) {
    const code = text.charCodeAt(stop)
    if (isDigit(code) || code === 46) stop++
    else if (code === 69 || code === 101) {
      const next = text.charCodeAt(stop + 1)
      const digit = next === 43 || next === 45 ? stop + 2 : stop + 1
      if (!isDigit(text.charCodeAt(digit))) break
      stop = digit + 1
    } else break
  }
  while (text.charCodeAt(stop - 1) === 46) stop--
  return stop
}

function isIdentStart(text: string, at: number, code: number): boolean {
  if (code < 128) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
  }
  return code >= 128 && identStart.test(String.fromCodePoint(text.codePointAt(at) ?? 0))
}

function isAsciiIdent(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  )
}

const quote = 34
const less = 60
const identStart = /^\p{ID_Start}$/u
const identContinue = /^\p{ID_Continue}$/u

/** By first character, the longest first. */
const punctuation: ReadonlyMap<number, readonly Punctuation[]> = byFirst([
  '...',
  '~}',
  '::',
  '=>',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  '.',
  ':',
  '?',
  '=',
  '!',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
])

function byFirst(all: readonly Punctuation[]): ReadonlyMap<number, readonly Punctuation[]> {
  const map = new Map<number, Punctuation[]>()
  for (const kind of all) {
    const code = kind.charCodeAt(0)
    map.set(code, [...(map.get(code) ?? []), kind])
  }
  return map
}
