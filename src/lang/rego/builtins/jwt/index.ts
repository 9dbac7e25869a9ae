import { fromBytes, toBytes } from '../../value/bytes.ts'
import { isObject } from '../../value/kind.ts'
import { objectGet } from '../../value/object.ts'
import { JsonError, readJson } from '../../value/read-json.ts'
import { termText } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { writeJson } from '../../value/write-json.ts'
import { type BuiltinFunction, failure } from '../builtin.ts'
import { object, string } from '../operands.ts'
import { algorithms, signingKey, signWith } from './keys.ts'
import { decodePart, parseToken, readObject } from './token.ts'
import { decodeVerify, verifySecret, verifyWith } from './verify.ts'

export const jwt: Readonly<Record<string, BuiltinFunction>> = {
  'io.jwt.decode': (_, a) => decode(string(a, 1), 0),
  'io.jwt.decode_verify': (m, a, b) => {
    const text = string(a, 1)
    return decodeVerify(m, text, object(b, 2))
  },
  ...verifiers(),
  'io.jwt.encode_sign': (m, a, b, c) => {
    const write = m.legacy ? termText : writeJson
    return encodeSign(write(object(a, 1)), write(object(b, 2)), writeJson(object(c, 3)))
  },
  'io.jwt.encode_sign_raw': (_, a, b, c) => {
    const key = string(c, 3)
    return encodeSign(string(a, 1), string(b, 2), key)
  },
}

/** `io.jwt.verify_rs256` and its kin. */
function verifiers(): Record<string, BuiltinFunction> {
  const functions: Record<string, BuiltinFunction> = {}
  for (const alg of algorithms) {
    const check = alg.startsWith('HS') ? verifySecret : verifyWith
    functions[`io.jwt.verify_${alg.toLowerCase()}`] = (_, a, b) => {
      const text = string(a, 1)
      return check(alg, text, string(b, 2))
    }
  }
  return functions
}

/** Header, payload and signature in hexadecimal, without any verification. */
function decode(text: string, depth: number): Value {
  const token = parseToken(text)
  const payload = fromBytes(decodePart(token.payload, 'payload'))
  if (objectGet(token.header, 'cty') === 'JWT') {
    if (depth > 10) throw failure('JWT is nested too deeply')
    return decode(payload.replace(/^["']+|["']+$/g, ''), depth + 1)
  }
  const claims = readObject(payload)
  return [token.header, claims, decodePart(token.signature, 'signature').toString('hex')]
}

function encodeSign(header: string, payload: string, keySource: string): string {
  const key = signingKey(keySource)
  const alg = algorithmOf(header)
  if (!algorithms.has(alg)) throw failure(`unknown JWS algorithm: ${alg}`)
  const fields = readJson(header)
  const type =
    fields instanceof JsonError || !isObject(fields) ? undefined : objectGet(fields, 'typ')
  const isJson = !(readJson(payload) instanceof JsonError)
  if ((typeof type !== 'string' || type === 'JWT') && !isJson)
    throw failure('type is JWT but payload is not JSON')
  const text = `${encode(toBytes(header))}.${encode(toBytes(payload))}`
  return `${text}.${encode(signWith(alg, key.key, text))}`
}

function algorithmOf(header: string): string {
  const bad = "missing or invalid 'alg' header:"
  const fields = readJson(header)
  if (fields instanceof JsonError || !isObject(fields)) {
    const detail = header === '' ? ': cannot parse empty string' : ''
    throw failure(`${bad} cannot parse JSON${detail}`)
  }
  const alg = objectGet(fields, 'alg')
  if (typeof alg !== 'string') throw failure(`${bad} jwsbb: header "alg" not found`)
  return alg
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64url')
}
