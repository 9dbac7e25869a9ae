import { cryptoModule } from '../../../packages.ts'
import type { Machine } from '../../eval/machine.ts'
import type { Value } from '../../value/value.ts'
import { BuiltinFailure, type BuiltinFunction, failure } from '../builtin.ts'
import { object, string } from '../operands.ts'
import { type Certificate, parseCertificates, parseRequest } from './certificate.ts'
import { certificateOf, firstJwk, goKey, privateKeys } from './keys.ts'
import { asPem, derOf, pemBlocks } from './pem.ts'
import { readOptions, type VerifyOptions, verifyChain } from './verify.ts'

export const x509: Readonly<Record<string, BuiltinFunction>> = {
  'crypto.x509.parse_certificates': (_, a) =>
    certificatesOf(string(a, 1)).map(({ fields }) => fields),
  'crypto.x509.parse_and_verify_certificates': (m, a) =>
    verify(string(a, 1), { now: m.now, dnsName: '', usages: [1] }, true),
  'crypto.x509.parse_and_verify_certificates_with_options': (m, a, b) =>
    verifyWith(m, string(a, 1), b),
  'crypto.x509.parse_certificate_request': (_, a) => {
    const text = string(a, 1)
    const pem = asPem(text)
    if (typeof pem !== 'string') return parseRequest(pem)
    const [block] = pemBlocks(pem)
    if (block?.type !== 'CERTIFICATE REQUEST')
      throw failure('invalid PEM-encoded certificate signing request')
    return parseRequest(block.bytes)
  },
  'crypto.x509.parse_rsa_private_key': (_, a) => firstJwk(string(a, 1)),
  'crypto.parse_private_keys': (_, a) => {
    const text = string(a, 1)
    return text === '' ? null : privateKeys(text).map(goKey)
  },
  'crypto.x509.parse_keypair': (_, a, b) => parseKeyPair(string(a, 1), string(b, 2)),
}

function certificatesOf(text: string): readonly Certificate[] {
  return parseCertificates(derOf(text, 'CERTIFICATE'))
}

function verifyWith(m: Machine, text: string, options: Value): Value {
  return verify(text, readOptions(object(options, 2), m.now), false)
}

/** Whether the chain holds, and its certificates from the leaf up. */
function verify(text: string, options: VerifyOptions, withUris: boolean): Value {
  try {
    const chain = verifyChain(certificatesOf(text), options)
    if (chain === undefined) return [false, []]
    return [true, chain.map(({ fields }) => (withUris ? fields : withoutUriStrings(fields)))]
  } catch (error) {
    if (error instanceof BuiltinFailure) return [false, []]
    throw error
  }
}

function withoutUriStrings({ URIStrings: _, ...fields }: Certificate['fields']): Value {
  return fields
}

/** Go's tls.Certificate. */
function parseKeyPair(certificate: string, key: string): Value {
  const der = asPem(certificate)
  const blocks =
    typeof der === 'string'
      ? pemBlocks(der)
          .filter(({ type }) => type === 'CERTIFICATE')
          .map(({ bytes }) => bytes)
      : [der]
  const [leaf] = blocks
  if (leaf === undefined) throw failure('tls: failed to find any PEM data in certificate input')
  const pem = asPem(key)
  try {
    const privateKey =
      typeof pem === 'string'
        ? cryptoModule().createPrivateKey(pem)
        : cryptoModule().createPrivateKey({ key: pem, format: 'der', type: 'pkcs8' })
    const own = cryptoModule().createPublicKey(privateKey).export({ format: 'jwk' })
    const certified = certificateOf(leaf).publicKey.export({ format: 'jwk' })
    if (JSON.stringify(own) !== JSON.stringify(certified))
      throw failure('tls: private key does not match public key')
    return {
      Certificate: blocks.map(bytes => bytes.toString('base64')),
      PrivateKey: goKey(privateKey),
      SupportedSignatureAlgorithms: null,
      OCSPStaple: null,
      SignedCertificateTimestamps: null,
      Leaf: parseCertificates(leaf)[0]?.fields ?? null,
    }
  } catch (error) {
    if (error instanceof BuiltinFailure) throw error
    throw failure('tls: failed to parse private key')
  }
}
