import type { Machine } from '../../eval/machine.ts'
import { toDouble } from '../../value/big.ts'
import { fromBytes, toBytes } from '../../value/bytes.ts'
import { isArray, isNumber } from '../../value/kind.ts'
import { objectEntries, objectGet } from '../../value/object.ts'
import type { Value } from '../../value/value.ts'
import { failure } from '../builtin.ts'
import { algorithms, isSignedBy, type Key, publicKeys } from './keys.ts'
import {
  type AnyObject,
  decodePart,
  type Header,
  parseToken,
  readHeader,
  readObject,
  type Token,
} from './token.ts'

interface Constraints {
  readonly keys: readonly Key[] | undefined
  readonly secret: string
  readonly alg: string
  readonly iss: string
  readonly aud: string
  /** Nanoseconds. */
  readonly time: number
}

const unverified: Value = [false, {}, {}]

/** `[valid, header, payload]` of a token whose signature and claims meet the constraints. */
export function decodeVerify(m: Machine, text: string, constraints: AnyObject): Value {
  const wanted = readConstraints(constraints, Number(m.now))
  let token = parseToken(text)
  let payload: Buffer
  for (let depth = 0; ; depth++) {
    const header = readHeader(token.header)
    if (!header.valid || (wanted.alg !== '' && wanted.alg !== header.alg)) return unverified
    if (!isTrusted(wanted, header, token)) return unverified
    payload = decodePart(token.payload, 'payload')
    if (header.cty.toUpperCase() !== 'JWT') break
    if (depth > 10) throw failure('JWT is nested too deeply')
    token = parseToken(fromBytes(payload))
  }
  const claims = readObject(fromBytes(payload))
  return holdsClaims(wanted, claims) ? [true, token.header, claims] : unverified
}

function readConstraints(constraints: AnyObject, now: number): Constraints {
  let keys: readonly Key[] | undefined
  const texts = new Map<string, string>()
  let time = now
  for (const [name, value] of objectEntries(constraints)) {
    if (name === 'time') time = readTime(value)
    else if (
      name !== 'cert' &&
      name !== 'secret' &&
      name !== 'alg' &&
      name !== 'iss' &&
      name !== 'aud'
    )
      throw failure(`unknown token validation constraint: ${String(name)}`)
    else {
      if (typeof value !== 'string') throw failure(`${name} constraint: must be a string`)
      if (name === 'cert') keys = publicKeys(value)
      else texts.set(name, value)
    }
  }
  const text = (name: string): string => texts.get(name) ?? ''
  const secret = text('secret')
  if (keys !== undefined && secret !== '') throw failure('duplicate key constraints')
  if (keys === undefined && secret === '') throw failure('no key constraint')
  const alg = text('alg')
  if (alg !== '' && !algorithms.has(alg)) throw failure(`unknown JWS algorithm: ${alg}`)
  return { keys, secret, alg, iss: text('iss'), aud: text('aud'), time }
}

function readTime(value: Value): number {
  if (!isNumber(value)) throw failure('token time constraint: must be a number')
  const time = toDouble(value)
  if (time < 0) throw failure('token time constraint: must not be negative')
  return time
}

function isTrusted(wanted: Constraints, header: Header, token: Token): boolean {
  const signature = decodePart(token.signature, undefined)
  if (wanted.keys === undefined)
    return isSignedBy(header.alg, toBytes(wanted.secret), token.signed, signature)
  return fitsOne(wanted.keys, header, key =>
    isSignedBy(header.alg, key.key, token.signed, signature),
  )
}

/** A key with the token's id is the only one that counts; else any that does not name another algorithm. */
function fitsOne(keys: readonly Key[], header: Header, fits: (key: Key) => boolean): boolean {
  const named = header.kid === '' ? undefined : keys.find(({ kid }) => kid === header.kid)
  if (named !== undefined) return fits(named)
  return keys.some(key => (key.alg === '' || key.alg === header.alg) && fits(key))
}

function holdsClaims(wanted: Constraints, claims: AnyObject): boolean {
  const issuer = objectGet(claims, 'iss')
  if (wanted.iss !== '' && issuer !== wanted.iss) return false
  const audience = objectGet(claims, 'aud')
  if (audience === undefined ? wanted.aud !== '' : !hasAudience(audience, wanted.aud)) return false
  const seconds = wanted.time / 1e9
  const expires = objectGet(claims, 'exp')
  if (expires !== undefined) {
    if (!isNumber(expires)) throw failure('exp value must be a number')
    if (seconds >= toDouble(expires)) return false
  }
  const starts = objectGet(claims, 'nbf')
  if (starts === undefined) return true
  if (!isNumber(starts)) throw failure('nbf value must be a number')
  return seconds >= toDouble(starts)
}

function hasAudience(audience: Value, wanted: string): boolean {
  return isArray(audience) ? audience.includes(wanted) : audience === wanted
}

/** Does the token carry a signature of this algorithm by one of the keys? */
export function verifyWith(alg: string, text: string, keyText: string): boolean {
  const token = parseToken(text)
  const keys = publicKeys(keyText)
  const signature = decodePart(token.signature, undefined)
  return fitsOne(keys, readHeader(token.header), key =>
    isSignedBy(alg, key.key, token.signed, signature),
  )
}

export function verifySecret(alg: string, text: string, secret: string): boolean {
  const token = parseToken(text)
  return isSignedBy(alg, toBytes(secret), token.signed, decodePart(token.signature, undefined))
}
