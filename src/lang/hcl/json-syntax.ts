import type { Range } from './ast.ts'
import { HclError } from './hcl-error.ts'

/** A JSON value with its place in the text. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[]; readonly range: Range }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly range: Range }
  | JsonString
  | { readonly kind: 'number'; readonly raw: string; readonly range: Range }
  | { readonly kind: 'word'; readonly value: boolean | null; readonly range: Range }

/** The range is with the quotes. */
export interface JsonString {
  readonly kind: 'string'
  readonly value: string
  readonly range: Range
}

export interface JsonMember {
  readonly key: JsonString
  readonly value: JsonNode
}

const maxDepth = 200
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordPattern = /[A-Za-z_]+/y
const blankPattern = /[ \t\r\n]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold no control characters.
const stringPattern = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y

/** Parses JSON text; throws HclError at the place where it is none. */
export function parseJson(text: string): JsonNode {
  const reader: Reader = { text, at: 0 }
  skipBlank(reader)
  const node = readValue(reader, 0)
  skipBlank(reader)
  if (reader.at < text.length) throw bad(reader, 'Extra characters follow the JSON value')
  return node
}

interface Reader {
  readonly text: string
  at: number
}

function readValue(reader: Reader, depth: number): JsonNode {
  const start = reader.at
  if (depth > maxDepth) {
    throw new HclError('Nesting too deep', 'Nothing may nest this deep.', { start, end: start + 1 })
  }
  switch (reader.text[start]) {
    case '{':
      return readObject(reader, depth)
    case '[':
      return readArray(reader, depth)
    case '"':
      return readString(reader)
    case undefined:
      throw bad(reader, 'The file ends where a JSON value is expected')
    default:
      return readNumber(reader) ?? readWord(reader)
  }
}

function readObject(reader: Reader, depth: number): JsonNode {
  const start = reader.at
  const members: JsonMember[] = []
  readSequence(reader, '}', () => {
    if (reader.text[reader.at] !== '"')
      throw bad(reader, 'A property name in double quotes is expected')
    const key = readString(reader)
    skipBlank(reader)
    if (reader.text[reader.at] !== ':')
      throw bad(reader, 'A colon is expected after a property name')
    reader.at++
    skipBlank(reader)
    members.push({ key, value: readValue(reader, depth + 1) })
  })
  return { kind: 'object', members, range: { start, end: reader.at } }
}

function readArray(reader: Reader, depth: number): JsonNode {
  const start = reader.at
  const items: JsonNode[] = []
  readSequence(reader, ']', () => items.push(readValue(reader, depth + 1)))
  return { kind: 'array', items, range: { start, end: reader.at } }
}

/** Items between commas, from the opening bracket to behind the closing one. */
function readSequence(reader: Reader, close: string, readItem: () => void): void {
  reader.at++
  skipBlank(reader)
  if (reader.text[reader.at] === close) {
    reader.at++
    return
  }
  for (;;) {
    readItem()
    skipBlank(reader)
    const next = reader.text[reader.at]
    if (next === close) break
    if (next !== ',') throw bad(reader, `A comma or "${close}" is expected`)
    reader.at++
    skipBlank(reader)
  }
  reader.at++
}

function readString(reader: Reader): JsonString {
  const start = reader.at
  const raw = match(reader, stringPattern)
  if (raw === undefined)
    throw bad(reader, 'This string is not closed or holds what JSON does not allow')
  const value = raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1)
  return { kind: 'string', value, range: { start, end: reader.at } }
}

function readNumber(reader: Reader): JsonNode | undefined {
  const start = reader.at
  const raw = match(reader, numberPattern)
  return raw === undefined ? undefined : { kind: 'number', raw, range: { start, end: reader.at } }
}

function readWord(reader: Reader): JsonNode {
  const start = reader.at
  const word = match(reader, wordPattern)
  const range = { start, end: reader.at }
  if (word === 'true' || word === 'false') return { kind: 'word', value: word === 'true', range }
  if (word === 'null') return { kind: 'word', value: null, range }
  reader.at = start
  throw bad(reader, 'A JSON value is expected')
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}

function skipBlank(reader: Reader): void {
  match(reader, blankPattern)
}

function bad(reader: Reader, why: string): HclError {
  return new HclError('Invalid JSON syntax', `${why}.`, { start: reader.at, end: reader.at + 1 })
}
