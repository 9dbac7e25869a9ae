import { fromBytes } from '../../value/bytes.ts'
import { isArray, isObject } from '../../value/kind.ts'
import { objectEntries, objectGet } from '../../value/object.ts'
import { JsonError, readJson } from '../../value/read-json.ts'
import type { JsonObject, RegoObject, Value } from '../../value/value.ts'
import { BuiltinFailure, failure } from '../builtin.ts'
import { decodeBase64 } from '../encoding.ts'

export type AnyObject = JsonObject | RegoObject

export interface Token {
  readonly header: AnyObject
  /** What the signature is over. */
  readonly signed: string
  readonly payload: string
  readonly signature: string
}

/** Takes a compact token apart and reads its header. */
export function parseToken(text: string): Token {
  if (!text.includes('.')) throw failure('encoded JWT had no period separators')
  const parts = text.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3) throw failure(`encoded JWT must have 3 sections, found ${parts.length}`)
  const decoded = decodePart(header, 'header')
  const fields = readObject(fromBytes(decoded), 'bad JWT header: ')
  if (objectGet(fields, 'enc') !== undefined)
    throw failure('JWT is a JWE object, which is not supported')
  return { header: fields, signed: `${header}.${payload}`, payload, signature }
}

/** Base64url, padded or not. */
export function decodePart(text: string, name: string | undefined): Buffer {
  try {
    if (!text.endsWith('=') && text.length % 4 === 1)
      throw failure(`illegal base64url string: ${text}`)
    const padded = text.endsWith('=') ? text : text + '='.repeat((4 - (text.length % 4)) % 4)
    return decodeBase64(padded, '-_')
  } catch (error) {
    if (!(error instanceof BuiltinFailure) || name === undefined) throw error
    throw failure(`JWT ${name} had invalid encoding: ${error.reason}`)
  }
}

export function readObject(text: string, prefix = ''): AnyObject {
  const value = readJson(text)
  if (value instanceof JsonError) throw failure(`${prefix}invalid JSON: ${value.reason}`)
  if (!isObject(value)) throw failure(`${prefix}decoded JSON type was not an Object`)
  return value
}

export interface Header {
  readonly alg: string
  readonly kid: string
  readonly cty: string
  /** Names the algorithm, and nothing critical that is not understood. */
  readonly valid: boolean
}

const known: ReadonlySet<unknown> = new Set(['alg', 'kid', 'typ', 'cty', 'crit'])

export function readHeader(fields: AnyObject): Header {
  const text = (name: string): string => {
    const value = objectGet(fields, name)
    if (value === undefined) return ''
    if (typeof value !== 'string') throw failure(`${name}: must be a string`)
    return value
  }
  const critical = readCritical(objectGet(fields, 'crit'))
  const unknown = objectEntries(fields).some(([name]) => !known.has(name) && critical.has(name))
  text('typ')
  const alg = text('alg')
  return { alg, kid: text('kid'), cty: text('cty'), valid: alg !== '' && !unknown }
}

function readCritical(value: Value | undefined): ReadonlySet<unknown> {
  if (value === undefined) return new Set()
  if (!isArray(value)) throw failure('crit: must be a list')
  const names = value.filter(name => typeof name === 'string')
  if (names.length === 0) throw failure('crit: must be a nonempty list')
  return new Set(names)
}
