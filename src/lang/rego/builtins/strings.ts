import { type Machine, spend } from '../eval/machine.ts'
import { toBigInt, toDecimal } from '../value/big.ts'
import { isArray, isSet } from '../value/kind.ts'
import { objectEntries } from '../value/object.ts'
import { pointCount, pointIndex, pointSlice, reversed } from '../value/points.ts'
import { termText } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import {
  array,
  count,
  number,
  object,
  string,
  strings as stringList,
  typeFailure,
  wrongElement,
  wrongType,
} from './operands.ts'
import { sprintf } from './sprintf.ts'

export const strings: Readonly<Record<string, BuiltinFunction>> = {
  concat: (m, a, b) => {
    const joined = concat(string(a, 1), b)
    spend(m, joined.length)
    return joined
  },
  contains: (_, a, b) => string(a, 1).includes(string(b, 2)),
  startswith: (_, a, b) => string(a, 1).startsWith(string(b, 2)),
  endswith: (_, a, b) => string(a, 1).endsWith(string(b, 2)),
  lower: (m, a) => made(m, goLower(string(a, 1))),
  upper: (m, a) => made(m, goUpper(string(a, 1))),
  indexof: (_, a, b) => {
    const [text, search] = [string(a, 1), needle(b)]
    return pointIndex(text, text.indexOf(search))
  },
  indexof_n: (m, a, b) => {
    const [text, search] = [string(a, 1), needle(b)]
    const found: Value[] = []
    for (let i = text.indexOf(search); i >= 0; i = text.indexOf(search, i + 1))
      found.push(pointIndex(text, i))
    spend(m, found.length)
    return found
  },
  substring: (_, a, b, c) => {
    const [text, start, length] = [string(a, 1), count(b, 2), count(c, 3)]
    if (start < 0) throw failure('negative offset')
    return pointSlice(text, start, length < 0 ? undefined : start + length)
  },
  split: (m, a, b) => {
    const [text, by] = [string(a, 1), string(b, 2)]
    const parts = by === '' ? [...text] : text.split(by)
    spend(m, parts.length)
    return parts
  },
  'strings.split_n': (m, a, b, c) => splitN(m, string(a, 1), string(b, 2), count(c, 3)),
  replace: (m, a, b, c) => made(m, replaceAll(m, string(a, 1), [[string(b, 2), string(c, 3)]])),
  'strings.replace_n': (m, a, b) => {
    const pairs = objectEntries(object(a, 1)).map(([from, to]): [string, string] => {
      if (typeof from !== 'string')
        throw typeFailure('operand 1 non-string key found in pattern object')
      if (typeof to !== 'string')
        throw typeFailure('operand 1 non-string value found in pattern object')
      return [from, to]
    })
    return made(m, replaceAll(m, string(b, 2), pairs))
  },
  trim: (_, a, b) => trimLeft(trimRight(string(a, 1), string(b, 2)), string(b, 2)),
  trim_left: (_, a, b) => trimLeft(string(a, 1), string(b, 2)),
  trim_right: (_, a, b) => trimRight(string(a, 1), string(b, 2)),
  trim_prefix: (_, a, b) => {
    const [text, prefix] = [string(a, 1), string(b, 2)]
    return text.startsWith(prefix) ? text.slice(prefix.length) : text
  },
  trim_suffix: (_, a, b) => {
    const [text, suffix] = [string(a, 1), string(b, 2)]
    return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text
  },
  trim_space: (_, a) => string(a, 1).replace(spaceAround, ''),
  'strings.reverse': (m, a) => made(m, reversed(string(a, 1))),
  'strings.count': (_, a, b) => {
    const [text, part] = [string(a, 1), string(b, 2)]
    return part === '' ? pointCount(text) + 1 : text.split(part).length - 1
  },
  'strings.any_prefix_match': (m, a, b) =>
    anyMatch(m, a, b, (text, prefix) => text.startsWith(prefix)),
  'strings.any_suffix_match': (m, a, b) =>
    anyMatch(m, a, b, (text, suffix) => text.endsWith(suffix)),
  format_int: (_, a, b) => formatInt(a, b),
  sprintf: (m, a, b) => {
    const [format, args] = [string(a, 1), array(b, 2)]
    return made(m, sprintf(m, format, args))
  },
  'internal.template_string': (m, a) => made(m, array(a, 1).map(templatePart).join('')),
}

const spaceAround =
  /^[\t-\r \x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+|[\t-\r \x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+$/g

function made(m: Machine, text: string): string {
  spend(m, text.length)
  return text
}

/** One code point becomes one, as in Go: `ß` stays, and `İ` loses its dot. */
function goUpper(text: string): string {
  const upper = text.toUpperCase()
  return upper.length === text.length ? upper : mapPoints(text, point => point.toUpperCase())
}

function goLower(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text.toLowerCase()
  return mapPoints(text, point => (point === '\u0130' ? 'i' : point.toLowerCase()))
}

function mapPoints(text: string, map: (point: string) => string): string {
  let mapped = ''
  for (const point of text) {
    const other = map(point)
    mapped += [...other].length === 1 ? other : point
  }
  return mapped
}

function concat(by: string, list: Value): string {
  const items = isArray(list) ? list : isSet(list) ? list.sorted() : undefined
  if (items === undefined) throw wrongType(2, list, 'set', 'array')
  for (const item of items)
    if (typeof item !== 'string') throw wrongElement(2, list, item, 'string')
  return items.join(by)
}

function needle(value: Value): string {
  const search = string(value, 2)
  if (search === '') throw failure('empty search character')
  return search
}

/** The first parts, or the last where the count is negative. */
function splitN(m: Machine, text: string, by: string, limit: number): Value {
  const parts = by === '' ? [...text] : text.split(by)
  spend(m, parts.length)
  if (limit >= 0) return parts.slice(0, limit)
  return parts.slice(Math.max(parts.length + limit, 0))
}

/** At each place the first pair that fits, in the order given. An empty pattern fits between all characters. */
function replaceAll(
  m: Machine,
  text: string,
  pairs: readonly (readonly [string, string])[],
): string {
  const [only] = pairs
  if (pairs.length === 1 && only !== undefined && only[0] !== '')
    return text.split(only[0]).join(only[1])
  let result = ''
  let at = 0
  // An empty pattern fits once at each place, and then again what is longer.
  let justEmpty = false
  while (at <= text.length) {
    const pair = pairs.find(([from]) => text.startsWith(from, at) && !(from === '' && justEmpty))
    spend(m, 1 + (pair?.[1].length ?? 0))
    justEmpty = pair?.[0] === ''
    if (pair !== undefined) {
      result += pair[1]
      at += pair[0].length
      continue
    }
    const point = text.codePointAt(at)
    if (point === undefined) break
    const character = String.fromCodePoint(point)
    result += character
    at += character.length
  }
  return result
}

function trimLeft(text: string, cutset: string): string {
  const cut = new Set(cutset)
  let at = 0
  for (const point of text) {
    if (!cut.has(point)) break
    at += point.length
  }
  return text.slice(at)
}

function trimRight(text: string, cutset: string): string {
  const cut = new Set(cutset)
  const points = [...text]
  let end = points.length
  while (end > 0 && cut.has(points[end - 1] ?? '')) end--
  return points.slice(0, end).join('')
}

function anyMatch(
  m: Machine,
  texts: Value,
  parts: Value,
  fits: (text: string, part: string) => boolean,
): boolean {
  const all = oneOrMany(texts, 1)
  const some = oneOrMany(parts, 2)
  spend(m, all.length * some.length)
  return all.some(text => some.some(part => fits(text, part)))
}

function oneOrMany(value: Value, position: number): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!isArray(value) && !isSet(value)) throw wrongType(position, value, 'string', 'set', 'array')
  return stringList(value, position)
}

function formatInt(value: Value, base: Value): string {
  const given = number(value, 1)
  const radix = number(base, 2)
  if (radix !== 2 && radix !== 8 && radix !== 10 && radix !== 16)
    throw typeFailure('operand 2 must be one of {2, 8, 10, 16}')
  const { digits, exponent } = toDecimal(given)
  const whole = toBigInt(given) ?? digits / 10n ** BigInt(-exponent)
  return whole.toString(radix)
}

/** A set of one holds a value, an empty one stands for an undefined expression. */
function templatePart(part: Value): string {
  if (!isSet(part)) return templateText(part)
  const [first, second] = part.sorted()
  if (second !== undefined) throw failure('template-strings must not produce multiple outputs')
  return first === undefined ? '<undefined>' : templateText(first)
}

function templateText(value: Value): string {
  return typeof value === 'string' ? value : termText(value)
}
