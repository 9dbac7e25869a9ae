import type { Range } from './ast.ts'
import { HclError } from './hcl-error.ts'

/** A piece of literal text in a template, and what comes behind it. */
export interface Literal {
  readonly text: string
  /** Where the piece ends and `next` begins. */
  readonly stop: number
  readonly next: 'interpolation' | 'control' | 'line' | 'end'
  /** Behind the end mark, where `next` is the end. */
  readonly after: number
}

/** Text between quotes: escapes count, a line's end does not belong there. */
export function readQuoted(source: string, from: number, end: number): Literal {
  let text = ''
  let kept = from
  let at = from
  while (at < end) {
    const code = source.charCodeAt(at)
    if (code === 34) {
      return { text: text + source.slice(kept, at), stop: at, next: 'end', after: at + 1 }
    }
    if (code === 10 || (code === 13 && source.charCodeAt(at + 1) === 10)) {
      throw new HclError(
        'Invalid multi-line string',
        'Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax.',
        { start: from - 1, end: at },
      )
    }
    if (code === 92) {
      const [decoded, stop] = decodeEscape(source, at)
      text += source.slice(kept, at) + decoded
      at = stop
      kept = at
    } else if (code === 36 || code === 37) {
      const opening = sequenceAt(source, at, code)
      if (opening === 'escape') {
        text += source.slice(kept, at + 1)
        at += 2
        kept = at
      } else if (opening === undefined) at++
      else return { text: text + source.slice(kept, at), stop: at, next: opening, after: at }
    } else at++
  }
  throw unterminated({ start: from - 1, end: from })
}

/**
 * One line, or what is left of it, of a heredoc or of a bare template (no marker). The end mark stands
 * alone on its line, indented or not; the line's end behind it is no part of it. A heredoc that ends with
 * the source has no end mark.
 */
export function readLine(
  source: string,
  from: number,
  end: number,
  marker: string | null,
): Literal {
  if (marker !== null && (from === 0 || source.charCodeAt(from - 1) === 10)) {
    const stop = markerEnd(source, from, end, marker)
    if (stop !== undefined) return { text: '', stop: from, next: 'end', after: stop }
  }
  let text = ''
  let kept = from
  let at = from
  while (at < end) {
    const code = source.charCodeAt(at)
    if (code === 10) {
      return { text: text + source.slice(kept, at + 1), stop: at + 1, next: 'line', after: at + 1 }
    }
    const sequence = code === 36 || code === 37 ? sequenceAt(source, at, code) : undefined
    if (sequence === 'escape') {
      text += source.slice(kept, at + 1)
      at += 2
      kept = at
    } else if (sequence === undefined) at++
    else return { text: text + source.slice(kept, at), stop: at, next: sequence, after: at }
  }
  return { text: text + source.slice(kept, end), stop: end, next: 'end', after: end }
}

function markerEnd(source: string, from: number, end: number, marker: string): number | undefined {
  let at = from
  while (isBlank(source.charCodeAt(at))) at++
  if (!source.startsWith(marker, at)) return undefined
  const stop = at + marker.length
  let rest = stop
  while (isBlank(source.charCodeAt(rest))) rest++
  const isAlone = rest >= end || source.charCodeAt(rest) === 10 || source.startsWith('\r\n', rest)
  return isAlone ? stop : undefined
}

/** `${`, `%{`, or one of them escaped by doubling its sign. */
function sequenceAt(
  source: string,
  at: number,
  sign: number,
): 'interpolation' | 'control' | 'escape' | undefined {
  const next = source.charCodeAt(at + 1)
  if (next === 123) return sign === 36 ? 'interpolation' : 'control'
  return next === sign && source.charCodeAt(at + 2) === 123 ? 'escape' : undefined
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
])

function decodeEscape(source: string, at: number): readonly [string, number] {
  const letter = source[at + 1] ?? ''
  const simple = escapes.get(letter)
  if (simple !== undefined) return [simple, at + 2]
  if (letter === 'u') return decodeCode(source, at, 4, 'four')
  if (letter === 'U') return decodeCode(source, at, 8, 'eight')
  throw new HclError(
    'Invalid escape sequence',
    `The symbol "${letter}" is not a valid escape sequence selector.`,
    { start: at, end: at + 2 },
  )
}

function decodeCode(
  source: string,
  at: number,
  length: number,
  word: string,
): readonly [string, number] {
  const stop = at + 2 + length
  const digits = source.slice(at + 2, stop)
  const range = { start: at, end: stop }
  if (digits.length < length || !/^[\da-fA-F]+$/.test(digits)) {
    throw new HclError(
      'Invalid escape sequence',
      `The \\${source[at + 1]} escape sequence must be followed by ${word} hexadecimal digits.`,
      range,
    )
  }
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    throw new HclError(
      'Invalid escape sequence',
      `Cannot encode character U+${digits.replace(/^0+/, '').toUpperCase()} in UTF-8.`,
      range,
    )
  }
  return [String.fromCodePoint(point), stop]
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

export function unterminated(range: Range): HclError {
  return new HclError(
    'Unterminated template string',
    'No closing marker was found for the string.',
    range,
  )
}
