import { type Machine, spend } from '../eval/machine.ts'
import { fromBytes, toBytes } from '../value/bytes.ts'
import { isArray, isSet } from '../value/kind.ts'
import { objectEntries } from '../value/object.ts'
import { compareStrings } from '../value/order.ts'
import { RegoObject, type Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { object, string, typeFailure } from './operands.ts'

export const encoding: Readonly<Record<string, BuiltinFunction>> = {
  'base64.encode': (m, a) => made(m, toBytes(string(a, 1)).toString('base64')),
  'base64.decode': (m, a) => made(m, fromBytes(decodeBase64(string(a, 1), '+/'))),
  'base64.is_valid': (_, a) => typeof a === 'string' && badBase64(a, '+/') < 0,
  'base64url.encode': (m, a) => made(m, pad(toBytes(string(a, 1)).toString('base64url'))),
  'base64url.encode_no_pad': (m, a) => made(m, toBytes(string(a, 1)).toString('base64url')),
  'base64url.decode': (m, a) => {
    const text = string(a, 1)
    if (!text.endsWith('=') && text.length % 4 === 1)
      throw failure(`illegal base64url string: ${text}`)
    return made(m, fromBytes(decodeBase64(text.endsWith('=') ? text : pad(text), '-_')))
  },
  'hex.encode': (m, a) => made(m, toBytes(string(a, 1)).toString('hex')),
  'hex.decode': (m, a) => made(m, fromBytes(decodeHex(string(a, 1)))),
  'urlquery.encode': (m, a) => made(m, escapeQuery(string(a, 1))),
  'urlquery.decode': (m, a) => made(m, unescapeQuery(string(a, 1))),
  'urlquery.encode_object': (m, a) => made(m, encodeObject(a)),
  'urlquery.decode_object': (m, a) => decodeObject(m, string(a, 1)),
}

function made(m: Machine, text: string): string {
  spend(m, text.length)
  return text
}

function pad(text: string): string {
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}

export function decodeBase64(text: string, extra: '+/' | '-_'): Buffer {
  const bad = badBase64(text, extra)
  if (bad >= 0) throw failure(`illegal base64 data at input byte ${bad}`)
  return Buffer.from(text.replace(/[\r\n]/g, ''), extra === '+/' ? 'base64' : 'base64url')
}

/** Where the padded text stops being base64; −1 where it is all right. */
function badBase64(text: string, extra: '+/' | '-_'): number {
  const alphabet = extra === '+/' ? /[A-Za-z0-9+/]/ : /[A-Za-z0-9\-_]/
  let digits = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '\n' || c === '\r') continue
    if (c === '=') {
      const rest = text.slice(i).replace(/[\r\n]/g, '')
      const wanted = digits % 4 === 2 ? '==' : digits % 4 === 3 ? '=' : ''
      return rest === wanted && wanted !== '' ? -1 : i
    }
    if (!alphabet.test(c)) return i
    digits++
  }
  return digits % 4 === 0 ? -1 : text.length - (digits % 4)
}

function decodeHex(text: string): Buffer {
  const bad = [...text].find(c => !/[0-9a-fA-F]/.test(c))
  if (bad !== undefined) {
    const code = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    throw failure(`encoding/hex: invalid byte: U+${code} '${bad}'`)
  }
  if (text.length % 2 === 1) throw failure('encoding/hex: odd length hex string')
  return Buffer.from(text, 'hex')
}

function escapeQuery(text: string): string {
  let escaped = ''
  for (const byte of toBytes(text)) {
    const c = String.fromCharCode(byte)
    if (/[A-Za-z0-9\-_.~]/.test(c)) escaped += c
    else if (c === ' ') escaped += '+'
    else escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

function unescapeQuery(text: string): string {
  const bytes: number[] = []
  const source = toBytes(text)
  for (let i = 0; i < source.length; i++) {
    const byte = source[i] ?? 0
    if (byte !== 37) {
      bytes.push(byte === 43 ? 32 : byte)
      continue
    }
    const hex = source.toString('latin1', i + 1, i + 3)
    if (!/^[0-9a-fA-F]{2}$/.test(hex))
      throw failure(`invalid URL escape "${source.toString('utf8', i, i + 3)}"`)
    bytes.push(Number.parseInt(hex, 16))
    i += 2
  }
  return fromBytes(Uint8Array.from(bytes))
}

function encodeObject(value: Value): string {
  const pairs: [string, string][] = []
  for (const [key, item] of objectEntries(object(value, 1))) {
    const items = isArray(item) ? item : isSet(item) ? item.sorted() : [item]
    for (const each of items) {
      if (typeof key !== 'string' || typeof each !== 'string')
        throw typeFailure('operand 1 values must be string, array[string], or set[string]')
      pairs.push([key, each])
    }
  }
  pairs.sort(([a], [b]) => compareStrings(a, b))
  return pairs.map(([key, item]) => `${escapeQuery(key)}=${escapeQuery(item)}`).join('&')
}

function decodeObject(m: Machine, text: string): Value {
  const values = new Map<string, Value[]>()
  spend(m, text.length)
  for (const part of text.split('&')) {
    if (part === '') continue
    if (part.includes(';')) throw failure('invalid semicolon separator in query')
    const equals = part.indexOf('=')
    const [key, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
    const name = unescapeQuery(key)
    const list = values.get(name) ?? []
    list.push(unescapeQuery(value))
    values.set(name, list)
  }
  return RegoObject.of(values)
}
