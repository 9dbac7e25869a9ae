import { numberText, numOf } from '../number.ts'
import { isEntries, isItems, type Value } from '../value.ts'

/** Block style; strings in double quotes, or as literal blocks where they have several lines. */
export function encodeYaml(value: Value): string {
  const { v } = value
  const text = node(value, -2, false)
  // A bare scalar or a kept line end may go on, so the document's end has to be said.
  const isOpen = !(typeof v === 'string' || isItems(v) || isEntries(v))
  return `${text}\n${isOpen || endsInKeptBlock(value) ? '...\n' : ''}`
}

/** A node as it follows its indicator or key, without the line break at its end. */
function node(value: Value, parent: number, isInMapping: boolean): string {
  const { v } = value
  if (v === null) return 'null'
  if (typeof v === 'string') return scalar(v, parent)
  if (typeof v === 'boolean') return String(v)
  if (isItems(v)) {
    // A sequence within a mapping is not indented further.
    const indent = isInMapping ? Math.max(parent, 0) : parent + 2
    return v.length === 0
      ? '[]'
      : v.map(item => `- ${node(item, indent, false)}`).join(line(indent))
  }
  if (isEntries(v)) {
    const indent = parent + 2
    if (v.size === 0) return '{}'
    return Array.from(v, ([name, item]) => entry(name, item, indent)).join(line(indent))
  }
  return numberText(numOf(v))
}

function entry(name: string, item: Value, indent: number): string {
  const key = quoted(name, Number.NEGATIVE_INFINITY, 0)
  const { v } = item
  if (isItems(v) && v.length > 0) return `${key}:${line(indent)}${node(item, indent, true)}`
  if (isEntries(v) && v.size > 0) return `${key}:${line(indent + 2)}${node(item, indent, true)}`
  if (typeof v === 'string') return `${key}: ${scalar(v, indent, key.length + 2)}`
  return `${key}: ${node(item, indent, true)}`
}

function line(indent: number): string {
  return `\n${' '.repeat(indent)}`
}

function scalar(text: string, parent: number, used = 2): string {
  const indent = Math.max(parent, 0) + 2
  if (text.includes('\n') && isBlock(text)) return literal(text, indent)
  return quoted(text, indent, parent < 0 ? 0 : parent + used)
}

/** Printable throughout, and no space where an editor would drop it. */
function isBlock(text: string): boolean {
  return !/ \n| $/.test(text) && Array.from(text).every(isPrintable)
}

function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xfffd && code !== 0xfeff) ||
    code > 0xffff
  )
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : ''
  const body = text
    .replace(/\n$/, '')
    .split('\n')
    .map(each => (each === '' ? '' : `${' '.repeat(indent)}${each}`))
    .join('\n')
  return `|${hint}${chomping(text)}\n${body}`
}

function chomping(text: string): string {
  if (!text.endsWith('\n')) return '-'
  return text === '\n' || text.endsWith('\n\n') ? '+' : ''
}

function endsInKeptBlock(value: Value): boolean {
  const { v } = value
  if (typeof v === 'string') return v.includes('\n') && isBlock(v) && chomping(v) === '+'
  const last = isItems(v) ? v.at(-1) : isEntries(v) ? [...v.values()].at(-1) : undefined
  return last !== undefined && endsInKeptBlock(last)
}

const width = 80

/** Long lines break at a space; `column` is where the opening quote stands. */
function quoted(text: string, indent: number, column: number): string {
  const characters = Array.from(text)
  let out = '"'
  let at = column + 1
  let isAfterSpace = false
  for (const [i, character] of characters.entries()) {
    const isSpace = character === ' '
    const isInside = i > 0 && i < characters.length - 1
    if (isSpace && !isAfterSpace && isInside && at > width && indent >= 0) {
      const next = characters[i + 1] === ' ' ? '\\' : ''
      out += `${line(indent)}${next}`
      at = indent + next.length
    } else {
      const piece = escaped(character)
      out += piece
      at += piece === character ? 1 : piece.length
    }
    isAfterSpace = isSpace
  }
  return `${out}"`
}

const short: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x85', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
])

function escaped(character: string): string {
  const known = short.get(character)
  if (known !== undefined) return known
  if (isPrintable(character)) return character
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16).toUpperCase()
  return code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`
}
