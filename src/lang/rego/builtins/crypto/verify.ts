import { toBigInt } from '../../value/big.ts'
import { isArray, isNumber, isSet } from '../../value/kind.ts'
import { objectEntries } from '../../value/object.ts'
import type { JsonObject, RegoObject, Value } from '../../value/value.ts'
import { failure } from '../builtin.ts'
import { parseTime } from '../time/layout.ts'
import type { Certificate } from './certificate.ts'
import { certificateOf } from './keys.ts'

export interface VerifyOptions {
  /** Nanoseconds. */
  readonly now: bigint
  readonly dnsName: string
  /** Go's numbers; 0 is any. */
  readonly usages: readonly number[]
}

const usageNames: readonly string[] = [
  'Any',
  'ServerAuth',
  'ClientAuth',
  'CodeSigning',
  'EmailProtection',
  'IPSECEndSystem',
  'IPSECTunnel',
  'IPSECUser',
  'TimeStamping',
  'OCSPSigning',
  'MicrosoftServerGatedCrypto',
  'NetscapeServerGatedCrypto',
  'MicrosoftCommercialCodeSigning',
  'MicrosoftKernelCodeSigning',
]

export function readOptions(options: JsonObject | RegoObject, now: bigint): VerifyOptions {
  let result: VerifyOptions = { now, dnsName: '', usages: [1] }
  for (const [key, value] of objectEntries(options)) {
    switch (key) {
      case 'DNSName':
        if (typeof value !== 'string') throw failure("'DNSName' should be a string")
        result = { ...result, dnsName: value.replace(/^"+|"+$/g, '') }
        break
      case 'CurrentTime': {
        const nanos = isNumber(value) ? toBigInt(value) : undefined
        if (nanos === undefined) throw failure("'CurrentTime' should be a number")
        result = { ...result, now: nanos }
        break
      }
      case 'MaxConstraintComparisons':
        if (!isNumber(value)) throw failure("'MaxConstraintComparisons' should be a number")
        break
      case 'KeyUsages':
        result = { ...result, usages: readUsages(value) }
        break
      default:
        throw failure('invalid key option')
    }
  }
  return result
}

function readUsages(value: Value): readonly number[] {
  const names = isArray(value) ? value : isSet(value) ? value.sorted() : undefined
  if (names === undefined) throw failure("'KeyUsages' should be an Array or Set")
  return names.map(name => {
    const index = usageNames.findIndex(known => name === `KeyUsage${known}`)
    if (index < 0) throw failure(`invalid entries for 'KeyUsages' found: [${String(name)}]`)
    return index
  })
}

/** A chain from the last certificate over intermediates to the first, the root; undefined where there is none. */
export function verifyChain(
  certificates: readonly Certificate[],
  options: VerifyOptions,
): readonly Certificate[] | undefined {
  const [root, ...rest] = certificates
  const leaf = rest.pop()
  if (root === undefined || leaf === undefined) return undefined
  if (options.dnsName !== '' && !matchesHost(leaf, options.dnsName)) return undefined
  return extend([leaf], rest, root, options)
}

function extend(
  chain: readonly Certificate[],
  intermediates: readonly Certificate[],
  root: Certificate,
  options: VerifyOptions,
): readonly Certificate[] | undefined {
  const child = chain.at(-1)
  if (child === undefined || !isUsable(child, chain.length - 1, options)) return undefined
  if (child.raw.equals(root.raw)) return chain
  if (issued(root, child) && isUsable(root, chain.length, options)) return [...chain, root]
  for (const next of intermediates) {
    if (chain.includes(next) || !issued(next, child)) continue
    const found = extend([...chain, next], intermediates, root, options)
    if (found !== undefined) return found
  }
  return undefined
}

/** Its time, its extensions, and that it may sign with so many certificates below it. */
function isUsable({ fields }: Certificate, depth: number, { now, usages }: VerifyOptions): boolean {
  if (now < moment(fields.NotBefore) || now > moment(fields.NotAfter)) return false
  if (fields.UnhandledCriticalExtensions !== null) return false
  const allowed = fields.ExtKeyUsage
  if (isArray(allowed) && !usages.includes(0)) {
    const fits = allowed.includes(0) || usages.some(usage => allowed.includes(usage))
    if (!fits) return false
  }
  if (depth === 0) return true
  const limit = fields.MaxPathLen
  if (fields.Version === 3 && (fields.BasicConstraintsValid !== true || fields.IsCA !== true))
    return false
  return typeof limit !== 'number' || limit < 0 || fields.BasicConstraintsValid !== true
    ? true
    : depth - 1 <= limit
}

function moment(time: Value | undefined): bigint {
  const nanos = parseTime('2006-01-02T15:04:05Z07:00', String(time))
  return typeof nanos === 'bigint' ? nanos : 0n
}

function issued(parent: Certificate, child: Certificate): boolean {
  if (parent.fields.RawSubject !== child.fields.RawIssuer) return false
  try {
    const key = certificateOf(parent.raw).publicKey
    return certificateOf(child.raw).verify(key)
  } catch {
    return false
  }
}

function matchesHost({ raw }: Certificate, name: string): boolean {
  const certificate = certificateOf(raw)
  const ip = name.replace(/^\[(.*)\]$/, '$1')
  if (certificate.checkIP(ip) !== undefined) return true
  return certificate.checkHost(name, { subject: 'never', partialWildcards: false }) !== undefined
}
