import type { JsonWebKey, KeyObject } from 'node:crypto'
import { cryptoModule } from '../../../packages.ts'
import { isArray, isObject } from '../../value/kind.ts'
import { objectEntries, objectGet } from '../../value/object.ts'
import { JsonError, readJson } from '../../value/read-json.ts'
import type { Value } from '../../value/value.ts'
import { failure } from '../builtin.ts'
import { certificateOf } from '../crypto/keys.ts'
import { pemBlocks } from '../crypto/pem.ts'
import type { AnyObject } from './token.ts'

export const algorithms: ReadonlySet<string> = new Set(
  'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 HS256 HS384 HS512 EdDSA'.split(' '),
)

export interface Key {
  /** Empty where the key does not say. */
  readonly alg: string
  readonly kid: string
  /** A shared secret, or a public or private key. */
  readonly key: KeyObject | Buffer
}

/** A certificate or public key in PEM, or a JWK or set of them. */
export function publicKeys(text: string): readonly Key[] {
  if (!text.includes('-----BEGIN')) return jwks(text, toPublic)
  const [block] = pemBlocks(text)
  const end = /-----END [A-Z0-9 ]+-----\r?\n?/.exec(text)
  if (block === undefined || end === null) return jwks(text, toPublic)
  if (text.slice(end.index + end[0].length) !== '')
    throw failure('extra data after a PEM certificate block')
  if (block.type === 'CERTIFICATE') {
    try {
      return [{ alg: '', kid: '', key: certificateOf(block.bytes).publicKey }]
    } catch {
      throw failure('failed to parse a PEM certificate: x509: malformed certificate')
    }
  }
  if (block.type !== 'PUBLIC KEY') throw failure('failed to extract a Key from the PEM certificate')
  try {
    const key = cryptoModule().createPublicKey({ key: block.bytes, format: 'der', type: 'spki' })
    return [{ alg: '', kid: '', key }]
  } catch {
    throw failure('failed to parse a PEM public key')
  }
}

/** The first of a JWK set, for signing. */
export function signingKey(source: string): Key {
  const [key] = jwks(source, toPrivate)
  if (key === undefined) throw failure('no keys found in JWK set')
  return key
}

function jwks(text: string, make: (jwk: JsonWebKey) => KeyObject): readonly Key[] {
  const value = readJson(text)
  const fields = value instanceof JsonError || !isObject(value) ? undefined : value
  if (fields === undefined) throw failure('failed to parse a JWK key (set)')
  const set = objectGet(fields, 'keys')
  const list = isArray(set) ? set : [fields]
  return list.filter(isObject).flatMap(each => {
    const key = toKey(each, make)
    return key.alg !== '' && !algorithms.has(key.alg) ? [] : [key]
  })
}

function toKey(fields: AnyObject, make: (jwk: JsonWebKey) => KeyObject): Key {
  const text = (name: string): string => {
    const value: Value | undefined = objectGet(fields, name)
    return typeof value === 'string' ? value : ''
  }
  const names = { alg: text('alg'), kid: text('kid') }
  if (text('kty') === 'oct') return { ...names, key: Buffer.from(text('k'), 'base64url') }
  const jwk: JsonWebKey = {}
  for (const [name, value] of objectEntries(fields))
    if (typeof name === 'string' && typeof value === 'string') jwk[name] = value
  try {
    return { ...names, key: make(jwk) }
  } catch {
    throw failure('failed to parse a JWK key (set)')
  }
}

function toPublic(jwk: JsonWebKey): KeyObject {
  return cryptoModule().createPublicKey({ key: jwk, format: 'jwk' })
}

function toPrivate(jwk: JsonWebKey): KeyObject {
  return cryptoModule().createPrivateKey({ key: jwk, format: 'jwk' })
}

export function isSignedBy(
  alg: string,
  key: KeyObject | Buffer,
  signed: string,
  signature: Buffer,
): boolean {
  const data = Buffer.from(signed, 'utf8')
  const hash = `sha${alg.slice(2)}`
  try {
    if (alg.startsWith('HS')) {
      if (!Buffer.isBuffer(key)) return false
      const mac = cryptoModule().createHmac(hash, key).update(data).digest()
      return mac.length === signature.length && cryptoModule().timingSafeEqual(mac, signature)
    }
    if (Buffer.isBuffer(key) || key.asymmetricKeyType !== keyType(alg)) return false
    if (alg === 'EdDSA') return cryptoModule().verify(null, data, key, signature)
    return cryptoModule().verify(hash, data, { key, ...parameters(alg) }, signature)
  } catch {
    return false
  }
}

function keyType(alg: string): string {
  if (alg === 'EdDSA') return 'ed25519'
  return alg.startsWith('ES') ? 'ec' : 'rsa'
}

function parameters(alg: string) {
  if (alg.startsWith('ES')) return { dsaEncoding: 'ieee-p1363' } as const
  if (!alg.startsWith('PS')) return { padding: cryptoModule().constants.RSA_PKCS1_PADDING }
  return {
    padding: cryptoModule().constants.RSA_PKCS1_PSS_PADDING,
    saltLength: cryptoModule().constants.RSA_PSS_SALTLEN_AUTO,
  }
}

export function signWith(alg: string, key: KeyObject | Buffer, text: string): Buffer {
  const data = Buffer.from(text, 'utf8')
  const hash = `sha${alg.slice(2)}`
  if (alg.startsWith('HS')) {
    if (!Buffer.isBuffer(key)) throw failure('invalid key type for HMAC')
    return cryptoModule().createHmac(hash, key).update(data).digest()
  }
  if (Buffer.isBuffer(key) || key.asymmetricKeyType !== keyType(alg))
    throw failure(`invalid key type for ${alg}`)
  if (alg === 'EdDSA') return cryptoModule().sign(null, data, key)
  const { saltLength: _, ...rest } = { saltLength: 0, ...parameters(alg) }
  const digestSalt = alg.startsWith('PS')
    ? { ...rest, saltLength: cryptoModule().constants.RSA_PSS_SALTLEN_DIGEST }
    : rest
  return cryptoModule().sign(hash, data, { key, ...digestSalt })
}
