// finished: tables of this file
import type { Absent } from '../../resource.ts'
import { type Text, undecided } from '../text.ts'
import { isComputedHole } from './wildcard.ts'

/**
 * Condition keys that tell who calls or from where in a way that a stranger cannot choose, each with the values that
 * still name somebody when `*` and `?` are wildcards. Left out on purpose: `aws:PrincipalTag`, `aws:Referer`,
 * `aws:UserAgent`, `aws:username`, `aws:VpcSourceIp`, `sts:ExternalId`, `kms:ViaService`.
 */
export const callerKeys: ReadonlyMap<string, (value: Text) => boolean> = new Map([
  ['aws:principalaccount', isFixed],
  ['aws:principalarn', hasFixedAccount],
  ['aws:principalorgid', isFixed],
  ['aws:principalorgpaths', hasFixedOrganization],
  ['aws:principalservicename', isFixed],
  ['aws:principalservicenameslist', isFixed],
  ['aws:sourceaccount', isFixed],
  ['aws:sourcearn', hasFixedAccount],
  ['aws:sourceip', isFixed],
  ['aws:sourceorgid', isFixed],
  ['aws:sourceorgpaths', hasFixedOrganization],
  ['aws:sourceowner', isFixed],
  ['aws:sourcevpc', isFixed],
  ['aws:sourcevpcarn', hasFixedAccount],
  ['aws:sourcevpce', isFixed],
  ['aws:userid', hasFixedId],
  ['aws:vpceaccount', isFixed],
  ['aws:vpceorgid', isFixed],
  ['aws:vpceorgpaths', hasFixedOrganization],
  ['ec2:sourceinstancearn', hasFixedAccount],
  ['kms:calleraccount', isFixed],
  ['lambda:sourcefunctionarn', hasFixedAccount],
  ['s3:dataaccesspointaccount', isFixed],
  ['s3:dataaccesspointarn', hasFixedAccount],
])

/** What these keys hold for requests that nobody has signed. */
export function isNobody(value: Text, key: string): boolean {
  return unsignedKeys.has(key) && value === 'anonymous'
}

const unsignedKeys = new Set(['aws:userid', 'aws:principalaccount'])

/** Keys that say who calls, whence, when and how, but not what is done to what. */
export const circumstanceKeys: ReadonlySet<string> = new Set([
  ...callerKeys.keys(),
  'aws:currenttime',
  'aws:epochtime',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principaltype',
  'aws:referer',
  'aws:securetransport',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:username',
  'aws:vpcsourceip',
  'sts:externalid',
])

function isFixed(value: Text): boolean {
  return isFixedWithin(value, text => text)
}

/** `arn:aws:iam::123456789012:role/*` names an account; `arn:aws:s3:::logs-*` does not. */
function hasFixedAccount(value: Text): boolean {
  return isFixedWithin(value, text => text.split(':')[4] || text)
}

/** `o-a1b2c3d4e5/*`. */
function hasFixedOrganization(value: Text): boolean {
  return isFixedWithin(value, text => text.split('/')[0] ?? '')
}

/** `AROAEXAMPLEID:*`. */
function hasFixedId(value: Text): boolean {
  return isFixedWithin(value, text => text.split(':')[0] ?? '')
}

/** Whether the part of the value that names somebody has no wildcard. */
function isFixedWithin(value: Text, naming: (text: string) => string): boolean {
  if (typeof value === 'string') return !wildcard.test(naming(value))
  const text = naming(numbered(value))
  if (wildcard.test(text)) return false
  // Only what is missing within that part counts.
  const holes = value.holes.filter((_, at) => text.includes(mark(at)))
  return holes.every(isComputedHole) || undecided(value)
}

/** The text with a mark in each hole that tells which it is. */
function numbered({ parts = [null] }: Absent): string {
  let at = 0
  return parts.map(part => part ?? mark(at++)).join('')
}

function mark(hole: number): string {
  return String.fromCodePoint(0xf0000 + hole)
}

const wildcard = /[*?]/
