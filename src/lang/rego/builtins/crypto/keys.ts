import type { JsonWebKey, KeyObject, X509Certificate } from 'node:crypto'
import { cryptoModule } from '../../../packages.ts'
import { fromBigInt } from '../../value/big.ts'
import type { Value } from '../../value/value.ts'
import { failure } from '../builtin.ts'
import { asPem, type Block, pemBlocks } from './pem.ts'

const keyTypes: readonly string[] = ['RSA PRIVATE KEY', 'PRIVATE KEY', 'EC PRIVATE KEY']

/** The private keys in PEM, or in PEM within base64. Anything else is passed over. */
export function privateKeys(text: string): readonly KeyObject[] {
  const pem = text.startsWith('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('latin1')
  return pemBlocks(pem)
    .filter(({ type }) => keyTypes.includes(type))
    .map(toKey)
}

function toKey({ type, bytes }: Block): KeyObject {
  const form = type === 'RSA PRIVATE KEY' ? 'pkcs1' : type === 'EC PRIVATE KEY' ? 'sec1' : 'pkcs8'
  try {
    return cryptoModule().createPrivateKey({ key: bytes, format: 'der', type: form })
  } catch {
    throw failure('x509: failed to parse private key')
  }
}

/** Node's reading of a certificate. */
export function certificateOf(der: Uint8Array | string): X509Certificate {
  const { X509Certificate } = cryptoModule()
  return new X509Certificate(der)
}

/** The first key as a JWK. */
export function firstJwk(text: string): Value {
  if (text === '') throw failure('input PEM data was empty')
  const pem = asPem(text)
  const [key] = privateKeys(typeof pem === 'string' ? pem : '')
  if (key === undefined) return null
  const jwk = key.export({ format: 'jwk' })
  return Object.fromEntries(Object.entries(jwk).map(([name, value]) => [name, String(value)]))
}

/** The fields of Go's key types. */
export function goKey(key: KeyObject): Value {
  const jwk = key.export({ format: 'jwk' })
  if (jwk.kty === 'RSA') return rsaFields(jwk)
  if (jwk.kty === 'EC')
    return { Curve: {}, X: field(jwk, 'x'), Y: field(jwk, 'y'), D: field(jwk, 'd') }
  const seed = Buffer.from(jwk.d ?? '', 'base64url')
  return Buffer.concat([seed, Buffer.from(jwk.x ?? '', 'base64url')]).toString('base64')
}

function rsaFields(jwk: JsonWebKey): Value {
  return {
    N: field(jwk, 'n'),
    E: field(jwk, 'e'),
    D: field(jwk, 'd'),
    Primes: [field(jwk, 'p'), field(jwk, 'q')],
    Precomputed: {
      Dp: field(jwk, 'dp'),
      Dq: field(jwk, 'dq'),
      Qinv: field(jwk, 'qi'),
      CRTValues: [],
    },
  }
}

function field(jwk: JsonWebKey, name: keyof JsonWebKey): Value {
  const hex = Buffer.from(String(jwk[name] ?? ''), 'base64url').toString('hex')
  return fromBigInt(BigInt(`0x${hex || '0'}`))
}
