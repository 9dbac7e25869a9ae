import { wellFormed } from '../syntax/escapes.ts'
import { parseNumber } from './big.ts'
import { define } from './object.ts'
import type { Value } from './value.ts'

/** Why a text is no JSON, in Go's words where they are short. */
export class JsonError {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** Numbers that a double would change, and halves of surrogate pairs, need a reader of our own. */
const special = /[\d.]{16}|\d[eE]|\\u[dD][89a-fA-F]|[\uD800-\uDFFF]/

export function readJson(text: string): Value | JsonError {
  if (!special.test(text)) {
    try {
      return JSON.parse(text)
    } catch {
      return explain(text)
    }
  }
  const reader: Reader = { text, at: 0 }
  try {
    const value = readValue(reader)
    skipBlank(reader)
    if (reader.at < text.length) throw unexpected(reader, 'after top-level value')
    return value
  } catch (error) {
    if (error instanceof JsonError) return error
    if (error instanceof RangeError) return new JsonError('exceeded max depth')
    throw error
  }
}

function explain(text: string): JsonError {
  const reader: Reader = { text, at: 0 }
  try {
    readValue(reader)
    skipBlank(reader)
    return unexpected(reader, 'after top-level value')
  } catch (error) {
    return error instanceof JsonError ? error : new JsonError('exceeded max depth')
  }
}

interface Reader {
  readonly text: string
  at: number
}

function unexpected(r: Reader, where: string): JsonError {
  const c = r.text[r.at]
  return new JsonError(
    c === undefined ? 'unexpected end of JSON input' : `invalid character '${c}' ${where}`,
  )
}

function skipBlank(r: Reader): void {
  while (' \t\n\r'.includes(r.text[r.at] ?? 'x')) r.at++
}

function readValue(r: Reader): Value {
  skipBlank(r)
  switch (r.text[r.at]) {
    case '{':
      return readObject(r)
    case '[':
      return readArray(r)
    case '"':
      return readString(r)
    case 't':
      return readWord(r, 'true', true)
    case 'f':
      return readWord(r, 'false', false)
    case 'n':
      return readWord(r, 'null', null)
  }
  const match = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  match.lastIndex = r.at
  const digits = match.exec(r.text)?.[0]
  const number = digits === undefined ? undefined : parseNumber(digits)
  if (digits === undefined || number === undefined)
    throw unexpected(r, 'looking for beginning of value')
  r.at += digits.length
  return number
}

function readWord<T>(r: Reader, word: string, value: T): T {
  if (!r.text.startsWith(word, r.at)) throw unexpected(r, `in literal ${word}`)
  r.at += word.length
  return value
}

function readArray(r: Reader): Value {
  const items: Value[] = []
  r.at++
  skipBlank(r)
  if (r.text[r.at] === ']') {
    r.at++
    return items
  }
  for (;;) {
    items.push(readValue(r))
    skipBlank(r)
    const c = r.text[r.at]
    if (c !== ',' && c !== ']') throw unexpected(r, 'after array element')
    r.at++
    if (c === ']') return items
  }
}

function readObject(r: Reader): Value {
  const object: { [key: string]: Value } = {}
  r.at++
  skipBlank(r)
  if (r.text[r.at] === '}') {
    r.at++
    return object
  }
  for (;;) {
    skipBlank(r)
    if (r.text[r.at] !== '"') throw unexpected(r, 'looking for beginning of object key string')
    const key = readString(r)
    skipBlank(r)
    if (r.text[r.at] !== ':') throw unexpected(r, 'after object key')
    r.at++
    define(object, key, readValue(r))
    skipBlank(r)
    const c = r.text[r.at]
    if (c !== ',' && c !== '}') throw unexpected(r, 'after object key:value pair')
    r.at++
    if (c === '}') return object
  }
}

function readString(r: Reader): string {
  const match = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
  match.lastIndex = r.at
  const quoted = match.exec(r.text)?.[0]
  if (quoted === undefined) throw unexpected({ ...r, at: badCharacter(r) }, 'in string literal')
  r.at += quoted.length
  return wellFormed(JSON.parse(quoted))
}

function badCharacter(r: Reader): number {
  for (let i = r.at + 1; i < r.text.length; i++) {
    if (r.text.charCodeAt(i) < 0x20) return i
    if (r.text[i] !== '\\') continue
    if (!/^["\\/bfnrtu]/.test(r.text[i + 1] ?? '')) return i + 1
    i++
  }
  return r.text.length
}
