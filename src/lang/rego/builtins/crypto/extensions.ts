import type { JsonObject, Value } from '../../value/value.ts'
import { type Address, showAddress } from '../cidr.ts'
import { parseUrl } from '../url.ts'
import {
  children,
  type Der,
  oidText,
  readAll,
  readBits,
  readInteger,
  readOid,
  tags,
} from './der.ts'

type Fields = { [field: string]: Value }

/** Extensions of a certificate, as the fields that Go makes of them. */
export function parseExtensions(list: Der | undefined): JsonObject {
  const fields: Fields = { ...empty, Extensions: null }
  const all: Value[] = []
  const unhandled: Value[] = []
  for (const extension of list === undefined ? [] : children(list)) {
    const parts = children(extension)
    const [oid] = parts
    const value = parts.at(-1)
    if (oid === undefined || value === undefined) continue
    const critical = parts.some(({ tag, body }) => tag === tags.boolean && body[0] === 0xff)
    all.push({ Id: readOid(oid), Critical: critical, Value: value.body.toString('base64') })
    const inner = readAll(value.body)[0]
    const read = readers.get(oidText(oid))
    if (read !== undefined && inner !== undefined) read(fields, inner)
    else if (critical) unhandled.push(readOid(oid))
  }
  if (all.length > 0) fields.Extensions = all
  if (unhandled.length > 0) fields.UnhandledCriticalExtensions = unhandled
  return fields
}

const empty: JsonObject = {
  AuthorityKeyId: null,
  BasicConstraintsValid: false,
  CRLDistributionPoints: null,
  DNSNames: null,
  EmailAddresses: null,
  ExcludedDNSDomains: null,
  ExcludedEmailAddresses: null,
  ExcludedIPRanges: null,
  ExcludedURIDomains: null,
  ExtKeyUsage: null,
  ExtraExtensions: null,
  IPAddresses: null,
  InhibitAnyPolicy: 0,
  InhibitAnyPolicyZero: false,
  InhibitPolicyMapping: 0,
  InhibitPolicyMappingZero: false,
  IsCA: false,
  IssuingCertificateURL: null,
  KeyUsage: 0,
  MaxPathLen: 0,
  MaxPathLenZero: false,
  OCSPServer: null,
  PermittedDNSDomains: null,
  PermittedDNSDomainsCritical: false,
  PermittedEmailAddresses: null,
  PermittedIPRanges: null,
  PermittedURIDomains: null,
  Policies: null,
  PolicyIdentifiers: null,
  PolicyMappings: null,
  RequireExplicitPolicy: 0,
  RequireExplicitPolicyZero: false,
  SubjectKeyId: null,
  URIStrings: null,
  URIs: null,
  UnhandledCriticalExtensions: null,
  UnknownExtKeyUsage: null,
}

type Read = (fields: Fields, value: Der) => void

function add(fields: Fields, name: string, value: Value): void {
  const known = fields[name]
  fields[name] = [...(Array.isArray(known) ? known : []), value]
}

const usages: ReadonlyMap<string, number> = new Map([
  ['2.5.29.37.0', 0],
  ['1.3.6.1.5.5.7.3.1', 1],
  ['1.3.6.1.5.5.7.3.2', 2],
  ['1.3.6.1.5.5.7.3.3', 3],
  ['1.3.6.1.5.5.7.3.4', 4],
  ['1.3.6.1.5.5.7.3.5', 5],
  ['1.3.6.1.5.5.7.3.6', 6],
  ['1.3.6.1.5.5.7.3.7', 7],
  ['1.3.6.1.5.5.7.3.8', 8],
  ['1.3.6.1.5.5.7.3.9', 9],
  ['1.3.6.1.4.1.311.10.3.3', 10],
  ['2.16.840.1.113730.4.1', 11],
  ['1.3.6.1.4.1.311.2.1.22', 12],
  ['1.3.6.1.4.1.311.61.1.1', 13],
])

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    '2.5.29.15',
    (fields, value) => {
      let usage = 0
      for (const [i, byte] of readBits(value).entries())
        for (let bit = 0; bit < 8; bit++)
          if ((byte & (0x80 >> bit)) !== 0) usage |= 1 << (i * 8 + bit)
      fields.KeyUsage = usage
    },
  ],
  [
    '2.5.29.19',
    (fields, value) => {
      const parts = children(value)
      const length = parts.find(({ tag }) => tag === tags.integer)
      fields.BasicConstraintsValid = true
      fields.IsCA = parts.some(({ tag, body }) => tag === tags.boolean && body[0] === 0xff)
      fields.MaxPathLen = length === undefined ? -1 : Number(readInteger(length))
      fields.MaxPathLenZero = fields.MaxPathLen === 0
    },
  ],
  [
    '2.5.29.37',
    (fields, value) => {
      for (const oid of children(value)) {
        const usage = usages.get(oidText(oid))
        if (usage === undefined) add(fields, 'UnknownExtKeyUsage', readOid(oid))
        else add(fields, 'ExtKeyUsage', usage)
      }
    },
  ],
  [
    '2.5.29.14',
    (fields, value) => {
      fields.SubjectKeyId = value.body.toString('base64')
    },
  ],
  [
    '2.5.29.35',
    (fields, value) => {
      const id = children(value).find(({ tag }) => tag === 0x80)
      if (id !== undefined) fields.AuthorityKeyId = id.body.toString('base64')
    },
  ],
  ['2.5.29.17', (fields, value) => readAlternativeNames(fields, value)],
  [
    '2.5.29.31',
    (fields, value) => {
      for (const point of children(value)) {
        const name = children(point).find(({ tag }) => tag === 0xa0)
        const full = name && children(name).find(({ tag }) => tag === 0xa0)
        for (const each of full === undefined ? [] : children(full))
          if (each.tag === 0x86) add(fields, 'CRLDistributionPoints', each.body.toString('latin1'))
      }
    },
  ],
  [
    '1.3.6.1.5.5.7.1.1',
    (fields, value) => {
      for (const access of children(value)) {
        const [method, location] = children(access)
        if (method === undefined || location?.tag !== 0x86) continue
        const oid = oidText(method)
        const url = location.body.toString('latin1')
        if (oid === '1.3.6.1.5.5.7.48.1') add(fields, 'OCSPServer', url)
        if (oid === '1.3.6.1.5.5.7.48.2') add(fields, 'IssuingCertificateURL', url)
      }
    },
  ],
  [
    '2.5.29.32',
    (fields, value) => {
      for (const policy of children(value)) {
        const [oid] = children(policy)
        if (oid === undefined) continue
        add(fields, 'PolicyIdentifiers', readOid(oid))
        add(fields, 'Policies', oidText(oid))
      }
    },
  ],
  [
    '2.5.29.30',
    (fields, value) => {
      for (const part of children(value)) {
        const kind = part.tag === 0xa0 ? 'Permitted' : 'Excluded'
        for (const subtree of children(part)) readConstraint(fields, kind, children(subtree)[0])
      }
    },
  ],
])

function readAlternativeNames(fields: Fields, value: Der): void {
  for (const { tag, body } of children(value)) {
    const text = body.toString('latin1')
    if (tag === 0x81) add(fields, 'EmailAddresses', text)
    if (tag === 0x82) add(fields, 'DNSNames', text)
    if (tag === 0x87) add(fields, 'IPAddresses', showAddress(toAddress(body)))
    if (tag !== 0x86) continue
    add(fields, 'URIs', goUrl(text))
    add(fields, 'URIStrings', text)
  }
}

function toAddress(bytes: Buffer): Address {
  const value = BigInt(`0x${bytes.toString('hex') || '0'}`)
  return { value, bits: bytes.length === 4 ? 32 : 128 }
}

function goUrl(text: string): Value {
  const url = parseUrl(text)
  return {
    Scheme: url?.scheme ?? '',
    Opaque: url?.opaque ?? '',
    User: null,
    Host: url?.host ?? '',
    Path: url?.path ?? '',
    RawPath: '',
    OmitHost: false,
    ForceQuery: false,
    RawQuery: url?.query ?? '',
    Fragment: url?.fragment ?? '',
    RawFragment: '',
  }
}

function readConstraint(fields: Fields, kind: string, name: Der | undefined): void {
  if (name === undefined) return
  const text = name.body.toString('latin1')
  if (name.tag === 0x81) add(fields, `${kind}EmailAddresses`, text)
  if (name.tag === 0x82) add(fields, `${kind}DNSDomains`, text)
  if (name.tag === 0x86) add(fields, `${kind}URIDomains`, text)
  if (name.tag !== 0x87) return
  const half = name.body.length / 2
  const address = showAddress(toAddress(name.body.subarray(0, half)))
  add(fields, `${kind}IPRanges`, { IP: address, Mask: name.body.subarray(half).toString('base64') })
}
