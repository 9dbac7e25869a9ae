import type { Machine } from '../eval/machine.ts'
import { fromBigInt } from '../value/big.ts'
import { termText } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { hashBytes } from './crypto/hash.ts'
import { string } from './operands.ts'
import { parseUrl } from './url.ts'

/** Versions, UUIDs and URIs. */
export const identifiers: Readonly<Record<string, BuiltinFunction>> = {
  'semver.is_valid': (_, a) => typeof a === 'string' && parseVersion(a) !== undefined,
  'semver.compare': (_, a, b) => {
    const [left, right] = [string(a, 1), string(b, 2)]
    const [x, y] = [parseVersion(left), parseVersion(right)]
    if (x === undefined) throw failure(`operand 1: string "${left}" is not a valid SemVer`)
    if (y === undefined) throw failure(`operand 2: string "${right}" is not a valid SemVer`)
    return compareVersions(x, y)
  },
  'uuid.rfc4122': (m, a) => makeUuid(m, string(a, 1)),
  'uuid.parse': (_, a) => parseUuid(string(a, 1)),
  'uri.parse': (_, a) => parseUri(string(a, 1)),
  'uri.is_valid': (_, a) => typeof a === 'string' && isUri(a),
}

interface Version {
  readonly core: readonly bigint[]
  readonly pre: readonly string[]
}

function parseVersion(text: string): Version | undefined {
  const match =
    /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/.exec(
      text,
    )
  if (match === null || text.startsWith('v')) return undefined
  const [, major = '', minor = '', patch = '', pre] = match
  const core = [major, minor, patch]
  const identifiers = pre?.split('.') ?? []
  if ([...core, ...identifiers].some(part => /^0\d+$/.test(part))) return undefined
  return { core: core.map(BigInt), pre: identifiers }
}

function compareVersions(a: Version, b: Version): number {
  for (const [i, part] of a.core.entries()) {
    const other = b.core[i] ?? 0n
    if (part !== other) return part < other ? -1 : 1
  }
  // A version without a pre-release comes after those with one.
  if (a.pre.length === 0 || b.pre.length === 0)
    return Math.sign((b.pre.length || 0) - (a.pre.length || 0)) as -1 | 0 | 1
  for (let i = 0; i < a.pre.length && i < b.pre.length; i++) {
    const order = comparePre(a.pre[i] ?? '', b.pre[i] ?? '')
    if (order !== 0) return order
  }
  return Math.sign(a.pre.length - b.pre.length)
}

function comparePre(a: string, b: string): number {
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (x && y) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0
  if (x !== y) return x ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Version 4 in form, but made from seed and key: the same call has the same answer. */
function makeUuid(m: Machine, key: string): string {
  const bytes = hashBytes('sha256', `${m.seed}\0uuid\0${termText(key)}`).subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-')
}

const plainUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function parseUuid(text: string): Value | undefined {
  const bare = text.replace(/^urn:uuid:/i, '').replace(/^.([0-9a-f-]{36}).$/i, '$1')
  if (!plainUuid.test(bare) && !/^[0-9a-f]{32}$/i.test(bare)) return undefined
  const bytes = Buffer.from(bare.replaceAll('-', ''), 'hex')
  const version = (bytes[6] ?? 0) >> 4
  const base = { version, variant: variantOf(bytes[8] ?? 0) }
  if (version !== 1 && version !== 2) return base
  const low = BigInt(bytes.readUInt32BE(0))
  const high = BigInt(bytes.readUInt16BE(4)) << 32n
  const top = BigInt(bytes.readUInt16BE(6) & 0x0fff) << 48n
  // Hundreds of nanoseconds since October 1582.
  const ticks = (version === 1 ? low : 0n) | high | top
  const withTime = {
    ...base,
    time: fromBigInt(((version === 1 ? ticks : ticks | low) - 0x01b21dd213814000n) * 100n),
    nodeid: bytes
      .subarray(10)
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1-'),
    macvariables: macVariables(bytes[10] ?? 0),
    clocksequence: bytes.readUInt16BE(8) & 0x3fff,
  }
  if (version === 1) return withTime
  const domains = ['Person', 'Group', 'Org']
  const domain = bytes[9] ?? 0
  return { ...withTime, id: bytes.readUInt32BE(0), domain: domains[domain] ?? `Domain${domain}` }
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122'
  if ((byte & 0xe0) === 0xc0) return 'Microsoft'
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved'
}

function macVariables(byte: number): string {
  return `${(byte & 2) === 2 ? 'local' : 'global'}:${(byte & 1) === 1 ? 'multicast' : 'unicast'}`
}

function isUri(text: string): boolean {
  return text !== '' && parseUrl(text) !== undefined
}

function parseUri(text: string): Value {
  const url = parseUrl(text)
  if (url === undefined) throw failure(`parse ${JSON.stringify(text)}: invalid URI`)
  const parts: readonly (readonly [string, string])[] = [
    ['scheme', url.scheme],
    ['hostname', url.hostname],
    ['port', url.port],
    ['path', url.path],
    ['raw_path', url.rawPath || url.path],
    ['raw_query', url.query],
    ['fragment', url.fragment],
  ]
  return Object.fromEntries(parts.filter(([, value]) => value !== ''))
}
