import { isUnknown, object, string, tuple, unknown } from '../make.ts'
import { mark } from '../marks.ts'
import { isEntries, isItems, Unknown, type Value } from '../value.ts'
import { textOf } from './define.ts'
import { quoteJson } from './json.ts'
import { isSurelyText, partial, pieceOf } from './partial.ts'
import type { CallContext } from './spec.ts'
import { spendText } from './strings.ts'

type Piece = string | Unknown

/**
 * Literal replacement where the text or what replaces is not known: what of a policy is known stays so when a name
 * is put into it.
 */
export function replaceHoled(
  text: Value,
  wanted: string,
  replacement: Value,
  context: CallContext,
): Value {
  const by = pieceOf(replacement)
  const nothing = (): Value => {
    const hole = isUnknown(text) ? text.v : by instanceof Unknown ? by : new Unknown('')
    return unknown('string', new Unknown(hole.reason, { notNull: true }))
  }
  if (wanted === '') return nothing()
  if (!isUnknown(text)) {
    spendText(context, textOf(text).length)
    return partial(between(textOf(text).split(wanted), by))
  }
  const { json, parts, reason } = text.v
  if (json !== undefined) {
    const value = canReplaceInJson(wanted, by) ? replacedInJson(json, wanted, by, context) : null
    return value === null ? nothing() : unknown('string', new Unknown(reason, { json: value }))
  }
  const pieces = parts === undefined ? null : replacedInParts(parts, wanted, by)
  return pieces === null ? nothing() : partial(pieces)
}

function between(texts: readonly string[], by: Piece): Piece[] {
  return texts.flatMap((text, at) => (at === 0 ? [text] : [by, text]))
}

/** What is wanted occurs within strings alone, and what replaces it ends none. */
function canReplaceInJson(wanted: string, by: Piece): boolean {
  const isOfStrings = /[^{}[\]:,\s0-9+\-.eEtrufalsn]/.test(wanted) && !wanted.includes('"')
  return isOfStrings && (by instanceof Unknown || !/["\\]|\p{Cc}/u.test(by))
}

/** The value of the JSON text after the replacement; null where that is not known. */
function replacedInJson(
  value: Value,
  wanted: string,
  by: Piece,
  context: CallContext,
): Value | null {
  context.budget.spend(1, 'replace')
  const { v } = value
  if (typeof v === 'string' || isUnknown(value)) return replacedInLeaf(value, wanted, by)
  if (isItems(v)) {
    const items: Value[] = []
    for (const item of v) {
      const each = replacedInJson(item, wanted, by, context)
      if (each === null) return null
      items.push(each)
    }
    return tuple(items)
  }
  if (!isEntries(v)) return value
  const entries: [string, Value][] = []
  for (const [name, item] of v) {
    const key = replacedInLeaf(string(name), wanted, by)
    const each = replacedInJson(item, wanted, by, context)
    if (typeof key?.v !== 'string' || each === null) return null
    entries.push([key.v, each])
  }
  return object(entries)
}

/** As its text in the JSON says, escapes and all. */
function replacedInLeaf(value: Value, wanted: string, by: Piece): Value | null {
  const { marks } = value
  if (!isUnknown(value)) return replacedInText([textOf(value)], wanted, by, marks)
  const { parts, reason, notNull } = value.v
  if (parts !== undefined) return replacedInText(parts, wanted, by, marks)
  const isText = value.type === 'string'
  if (isSurelyText(value.v) || (isText && notNull)) return mark(someText(value.v), marks)
  return unknown(isText ? 'string' : 'dynamic', reason, marks)
}

function replacedInText(
  parts: readonly Piece[],
  wanted: string,
  by: Piece,
  marks: Value['marks'],
): Value | null {
  const escaped = parts.map(part =>
    typeof part === 'string' ? quoteJson(part).slice(1, -1) : part,
  )
  const pieces = replacedInParts(escaped, wanted, by)
  if (pieces === null) return unknown('string', reasonOf(parts), marks)
  const plain: Piece[] = []
  for (const piece of pieces) {
    const text = typeof piece === 'string' ? unquoted(piece) : piece
    if (text === null) return null
    plain.push(text)
  }
  const made = partial(plain)
  return mark(isUnknown(made) && !made.v.notNull ? someText(made.v) : made, marks)
}

/** A text of which nothing is known but that it is one. */
function someText({ reason }: Unknown): Value {
  return unknown('string', new Unknown(reason, { parts: [new Unknown(reason)] }))
}

function reasonOf(parts: readonly Piece[]): string {
  return parts.find(part => part instanceof Unknown)?.reason ?? ''
}

function unquoted(text: string): string | null {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    // A match in the middle of an escape.
    return null
  }
}

/** Literal parts with the replacement in them; what a match across a hole could take goes to the hole. */
function replacedInParts(parts: readonly Piece[], wanted: string, by: Piece): Piece[] | null {
  const pieces: Piece[] = []
  for (const [at, part] of parts.entries()) {
    if (part instanceof Unknown) {
      pieces.push(new Unknown(part.reason))
      continue
    }
    const isBehind = at > 0
    const isBefore = at < parts.length - 1
    if (isBehind && isBefore && wanted.includes(part)) continue
    const head = isBehind ? overlap(wanted, part, wanted.length) : 0
    const texts = part.split(wanted)
    const first = texts[0] ?? ''
    const last = texts.at(-1) ?? ''
    const tail = isBefore ? overlap(last, wanted, wanted.length) : 0
    if (first.length < head || (texts.length === 1 && head + tail > part.length)) return null
    texts[texts.length - 1] = last.slice(0, last.length - tail)
    texts[0] = (texts[0] ?? '').slice(head)
    pieces.push(...between(texts, by))
  }
  return pieces
}

/** How much of the one's end may be the other's beginning, if less than `limit`. */
function overlap(one: string, other: string, limit: number): number {
  for (let length = Math.min(one.length, other.length, limit - 1); length > 0; length--)
    if (one.endsWith(other.slice(0, length))) return length
  return 0
}
