import { fromBigInt } from '../../value/big.ts'
import type { JsonObject, Value } from '../../value/value.ts'
import { failure } from '../builtin.ts'
import {
  children,
  type Der,
  expect,
  oidText,
  readAll,
  readBits,
  readInteger,
  readOid,
  readText,
  readTime,
  tags,
} from './der.ts'
import { parseExtensions } from './extensions.ts'

/** A certificate as OPA shows it: the fields of Go's x509.Certificate. */
export interface Certificate {
  readonly raw: Buffer
  readonly fields: JsonObject
}

export function parseCertificates(der: Buffer): readonly Certificate[] {
  let elements: readonly Der[]
  try {
    elements = readAll(der)
  } catch {
    throw failure('x509: malformed certificate')
  }
  return elements.map(parseCertificate)
}

function parseCertificate(element: Der): Certificate {
  try {
    return { raw: element.raw, fields: certificateFields(element) }
  } catch {
    throw failure('x509: malformed certificate')
  }
}

function certificateFields(element: Der): JsonObject {
  const [tbs, algorithm, signature] = children(element, tags.sequence)
  const body = [...children(tbs, tags.sequence)]
  const version = body[0]?.tag === 0xa0 ? Number(readInteger(first(children(body.shift())))) + 1 : 1
  const [serial, , issuer, validity, subject, spki, ...rest] = body
  const [notBefore, notAfter] = children(validity, tags.sequence)
  const extensions = rest.find(({ tag }) => tag === 0xa3)
  return {
    Raw: base64(element.raw),
    RawTBSCertificate: base64(expect(tbs, tags.sequence).raw),
    RawSubjectPublicKeyInfo: base64(expect(spki, tags.sequence).raw),
    RawSubject: base64(expect(subject, tags.sequence).raw),
    RawIssuer: base64(expect(issuer, tags.sequence).raw),
    Signature: base64(readBits(expect(signature, tags.bitString))),
    SignatureAlgorithm: signatureAlgorithm(algorithm),
    ...publicKeyFields(expect(spki, tags.sequence)),
    Version: version,
    SerialNumber: fromBigInt(readInteger(expect(serial, tags.integer))),
    Issuer: parseName(expect(issuer, tags.sequence)),
    Subject: parseName(expect(subject, tags.sequence)),
    NotBefore: readTime(first([notBefore])),
    NotAfter: readTime(first([notAfter])),
    ...parseExtensions(extensions === undefined ? undefined : first(children(extensions))),
  }
}

export function parseRequest(der: Buffer): JsonObject {
  const element = first(readAll(der))
  const [info, algorithm, signature] = children(element, tags.sequence)
  const [version, subject, spki] = children(info, tags.sequence)
  return {
    Raw: base64(element.raw),
    RawTBSCertificateRequest: base64(expect(info, tags.sequence).raw),
    RawSubjectPublicKeyInfo: base64(expect(spki, tags.sequence).raw),
    RawSubject: base64(expect(subject, tags.sequence).raw),
    Version: Number(readInteger(expect(version, tags.integer))),
    Signature: base64(readBits(expect(signature, tags.bitString))),
    SignatureAlgorithm: signatureAlgorithm(algorithm),
    ...publicKeyFields(expect(spki, tags.sequence)),
    Subject: parseName(expect(subject, tags.sequence)),
    Attributes: null,
    Extensions: null,
    ExtraExtensions: null,
    DNSNames: null,
    EmailAddresses: null,
    IPAddresses: null,
    URIs: null,
  }
}

function first(elements: readonly (Der | undefined)[]): Der {
  const [element] = elements
  if (element === undefined) throw failure('asn1: structure error: sequence truncated')
  return element
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64')
}

/** Go's numbers for them. */
const signatureAlgorithms: ReadonlyMap<string, number> = new Map([
  ['1.2.840.113549.1.1.2', 1],
  ['1.2.840.113549.1.1.4', 2],
  ['1.2.840.113549.1.1.5', 3],
  ['1.2.840.113549.1.1.11', 4],
  ['1.2.840.113549.1.1.12', 5],
  ['1.2.840.113549.1.1.13', 6],
  ['1.2.840.10040.4.3', 7],
  ['2.16.840.1.101.3.4.3.2', 8],
  ['1.2.840.10045.4.1', 9],
  ['1.2.840.10045.4.3.2', 10],
  ['1.2.840.10045.4.3.3', 11],
  ['1.2.840.10045.4.3.4', 12],
  ['1.3.101.112', 16],
])

const pssHashes: ReadonlyMap<string, number> = new Map([
  ['2.16.840.1.101.3.4.2.1', 13],
  ['2.16.840.1.101.3.4.2.2', 14],
  ['2.16.840.1.101.3.4.2.3', 15],
])

function signatureAlgorithm(element: Der | undefined): number {
  const [oid, parameters] = children(element, tags.sequence)
  const name = oidText(expect(oid, tags.oid))
  if (name !== '1.2.840.113549.1.1.10') return signatureAlgorithms.get(name) ?? 0
  const hash = parameters && children(parameters).find(({ tag }) => tag === 0xa0)
  const inner = hash && first(children(first(children(hash))))
  return inner === undefined ? 0 : (pssHashes.get(oidText(inner)) ?? 0)
}

function publicKeyFields(spki: Der): JsonObject {
  const [algorithm, key] = children(spki, tags.sequence)
  const oid = oidText(first(children(algorithm, tags.sequence)))
  const bits = readBits(expect(key, tags.bitString))
  switch (oid) {
    case '1.2.840.113549.1.1.1': {
      const [modulus, exponent] = children(first(readAll(bits)), tags.sequence)
      const n = fromBigInt(readInteger(expect(modulus, tags.integer)))
      const e = Number(readInteger(expect(exponent, tags.integer)))
      return { PublicKeyAlgorithm: 1, PublicKey: { N: n, E: e } }
    }
    case '1.2.840.10045.2.1': {
      const size = (bits.length - 1) / 2
      const x = BigInt(`0x${bits.subarray(1, 1 + size).toString('hex')}`)
      const y = BigInt(`0x${bits.subarray(1 + size).toString('hex')}`)
      const key3 = { Curve: {}, X: fromBigInt(x), Y: fromBigInt(y) }
      return { PublicKeyAlgorithm: 3, PublicKey: key3 }
    }
    case '1.3.101.112':
      return { PublicKeyAlgorithm: 4, PublicKey: base64(bits) }
    default:
      return { PublicKeyAlgorithm: 0, PublicKey: null }
  }
}

const nameFields: ReadonlyMap<string, string> = new Map([
  ['2.5.4.6', 'Country'],
  ['2.5.4.10', 'Organization'],
  ['2.5.4.11', 'OrganizationalUnit'],
  ['2.5.4.7', 'Locality'],
  ['2.5.4.8', 'Province'],
  ['2.5.4.9', 'StreetAddress'],
  ['2.5.4.17', 'PostalCode'],
])

function parseName(element: Der): JsonObject {
  const lists: { [field: string]: Value[] } = {}
  const names: Value[] = []
  let commonName = ''
  let serialNumber = ''
  for (const set of children(element)) {
    for (const attribute of children(set)) {
      const [type, value] = children(attribute)
      if (type === undefined || value === undefined) continue
      const text = readText(value)
      names.push({ Type: readOid(type), Value: text })
      const oid = oidText(type)
      if (oid === '2.5.4.3') commonName = text
      if (oid === '2.5.4.5') serialNumber = text
      const field = nameFields.get(oid)
      if (field !== undefined) lists[field] = [...(lists[field] ?? []), text]
    }
  }
  const all: { [field: string]: Value } = {}
  for (const field of nameFields.values()) all[field] = lists[field] ?? null
  return {
    ...all,
    CommonName: commonName,
    SerialNumber: serialNumber,
    Names: names.length === 0 ? null : names,
    ExtraNames: null,
  }
}
