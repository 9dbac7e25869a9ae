import {
  bool,
  emptyTuple,
  isUnknown,
  isWhollyKnown,
  number,
  object,
  string,
  tuple,
  unknown,
  untypedNull,
} from '../make.ts'
import { children, deepMarks, mark } from '../marks.ts'
import { numberText, numOf, parseNumber } from '../number.ts'
import { isEntries, isItems, Unknown, type Value } from '../value.ts'
import { type Functions, param, textOf } from './define.ts'
import { decodeHoled } from './json-holes.ts'
import { deepUnknown } from './partial.ts'
import { type CallContext, FunctionError } from './spec.ts'
import { spendText } from './strings.ts'

export const json: Functions = {
  jsonencode: {
    // What each part comes from stays with it.
    params: [param('val', 'dynamic', { null: true, unknown: true, marked: true })],
    returns: 'string',
    call: ([value = untypedNull], context) => mark(encoded(value, context), deepMarks(value)),
  },
  jsondecode: {
    params: [param('str', 'string', { unknown: true })],
    returns: 'dynamic',
    call: ([text = emptyTuple], context) => {
      if (!isUnknown(text)) return decodeJson(textOf(text), context)
      const { json, parts = [], reason } = text.v
      const value = json ?? (parts.length > 0 ? decodeHoled(parts, context) : undefined)
      return value === undefined ? unknown('dynamic', reason) : asDecoded(value)
    },
  },
}

function encoded(value: Value, context: CallContext): Value {
  // The text waits, but what is known of it stays readable: policy documents are judged by it.
  if (!isWhollyKnown(value)) {
    const { reason } = deepUnknown(value)
    const more = isModest(value, context) ? { json: value } : { notNull: true }
    return unknown('string', new Unknown(reason, more))
  }
  const text = encodeJson(value)
  spendText(context, text.length)
  return string(text)
}

/**
 * JSON within JSON shares its parts, so that a few lines describe a value of 2^40 of them: what is kept
 * has to end somewhere.
 */
function isModest(value: Value, context: CallContext): boolean {
  const open = [value]
  let count = 0
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (++count > 100_000) return false
    if (isUnknown(each)) {
      if (each.v.json !== undefined) open.push(each.v.json)
    } else for (const item of children(each)) open.push(item)
  }
  context.budget.spend(count, 'jsonencode')
  return true
}

/** As Go writes it: safe within HTML, no spaces, numbers with all their digits. */
export function encodeJson(value: Value): string {
  const { v } = value
  if (v === null) return 'null'
  if (typeof v === 'string') return quoteJson(v)
  if (typeof v === 'boolean') return String(v)
  if (isItems(v)) return `[${v.map(encodeJson).join(',')}]`
  if (isEntries(v)) {
    return `{${Array.from(v, ([name, item]) => `${quoteJson(name)}:${encodeJson(item)}`).join(',')}}`
  }
  return numberText(numOf(v))
}

export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, escapeUnit)
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** JSON knows no lists, sets or maps, and no types of nulls. */
function asDecoded(value: Value): Value {
  const { v } = value
  if (v === null) return untypedNull
  if (isItems(v)) return tuple(v.map(asDecoded))
  if (isEntries(v)) return object(Array.from(v, ([name, item]) => [name, asDecoded(item)] as const))
  if (isUnknown(value) && typeof value.type !== 'string') return unknown('dynamic', value.v)
  return { type: value.type, v }
}

/** Values nest no deeper, so that nothing that walks them overflows the stack. */
export const maxDepth = 500

interface Cursor {
  readonly text: string
  at: number
  depth: number
  readonly context: Pick<CallContext, 'budget'>
}

export function decodeJson(text: string, context: Pick<CallContext, 'budget'>): Value {
  spendText(context, text.length)
  const cursor: Cursor = { text, at: 0, depth: 0, context }
  skipSpace(cursor)
  const value = readValue(cursor)
  skipSpace(cursor)
  if (cursor.at < text.length) throw invalid(cursor, 'text behind the value')
  return value
}

function readValue(cursor: Cursor): Value {
  cursor.context.budget.spend(1, 'jsondecode')
  const next = cursor.text[cursor.at]
  if (next === '{') return readObject(cursor)
  if (next === '[') return readArray(cursor)
  if (next === '"') return string(readString(cursor))
  for (const [word, value] of words) {
    if (!cursor.text.startsWith(word, cursor.at)) continue
    cursor.at += word.length
    return value
  }
  return readNumber(cursor)
}

const words: readonly (readonly [string, Value])[] = [
  ['null', untypedNull],
  ['true', bool(true)],
  ['false', bool(false)],
]

function readArray(cursor: Cursor): Value {
  const items: Value[] = []
  readMembers(cursor, ']', () => items.push(readValue(cursor)))
  return tuple(items)
}

function readObject(cursor: Cursor): Value {
  const entries: [string, Value][] = []
  readMembers(cursor, '}', () => {
    if (cursor.text[cursor.at] !== '"') throw invalid(cursor, 'a property name is needed')
    const name = readString(cursor)
    skipSpace(cursor)
    if (cursor.text[cursor.at] !== ':') throw invalid(cursor, 'a colon is needed')
    cursor.at++
    skipSpace(cursor)
    entries.push([name, readValue(cursor)])
  })
  return object(entries)
}

function readMembers(cursor: Cursor, close: string, readMember: () => void): void {
  if (++cursor.depth > maxDepth) throw invalid(cursor, 'nested too deeply')
  cursor.at++
  skipSpace(cursor)
  if (cursor.text[cursor.at] === close) cursor.at++
  else {
    for (;;) {
      readMember()
      skipSpace(cursor)
      const next = cursor.text[cursor.at]
      if (next !== ',' && next !== close) throw invalid(cursor, `a comma or ${close} is needed`)
      cursor.at++
      if (next === close) break
      skipSpace(cursor)
    }
  }
  cursor.depth--
}

function readString(cursor: Cursor): string {
  const start = cursor.at
  let end = start + 1
  while (end < cursor.text.length && cursor.text[end] !== '"')
    end += cursor.text[end] === '\\' ? 2 : 1
  cursor.at = end + 1
  try {
    const text: unknown = JSON.parse(cursor.text.slice(start, end + 1))
    return String(text).toWellFormed()
  } catch {
    throw invalid(cursor, 'a torn string')
  }
}

function readNumber(cursor: Cursor): Value {
  const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  pattern.lastIndex = cursor.at
  const literal = pattern.exec(cursor.text)?.[0]
  const parsed = literal === undefined ? undefined : parseNumber(literal)
  if (literal === undefined || parsed === undefined) throw invalid(cursor, 'a value is needed')
  cursor.at += literal.length
  return number(Object.is(parsed, -0) ? 0 : parsed)
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const next = cursor.text[cursor.at]
    if (next !== ' ' && next !== '\n' && next !== '\r' && next !== '\t') return
    cursor.at++
  }
}

function invalid(cursor: Cursor, why: string): FunctionError {
  return new FunctionError(`not valid JSON: ${why} at offset ${cursor.at}`, 0)
}
