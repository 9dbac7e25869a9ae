import type { Brief } from './brief.ts'
import { digest } from './json.ts'

/** EventBridge takes no larger entry. */
const largest = 256 * 1024

/** What the Lambda is asked for. */
export type Request =
  | {
      readonly kind: 'finding'
      /** The event's id; null where somebody invoked by hand. */
      readonly id: string | null
      readonly source: string | null
      readonly detailType: string | null
      readonly account: string | null
      readonly region: string | null
      readonly finding: Brief
    }
  /** The record, not the event, says whether that job was approved. */
  | { readonly kind: 'approved'; readonly job: string }
  | { readonly kind: 'sweep' }

/** No event of ours: nothing is done, and it goes to the dead-letter queue. */
export class BadEvent extends Error {
  override readonly name = 'BadEvent'
}

export function readEvent(event: unknown): Request {
  const fields = fieldsOf(event, 'the event')
  const ours = fields.get('batten')
  if (ours === 'sweep') return { kind: 'sweep' }
  const approved = fields.get('approved')
  if (typeof approved === 'string' && /^[0-9a-f]{20}$/.test(approved)) {
    return { kind: 'approved', job: approved }
  }
  return {
    kind: 'finding',
    id: text(fields, 'id', 200),
    source: text(fields, 'source', 256),
    detailType: text(fields, 'detail-type', 256),
    account: text(fields, 'account', 64),
    region: text(fields, 'region', 64),
    finding: readFinding(fields.get('detail')),
  }
}

/** `detail.finding` is the finding's JSON as a string. */
function readFinding(detail: unknown): Brief {
  const json = fieldsOf(detail, 'detail').get('finding')
  if (typeof json !== 'string') throw new BadEvent('detail.finding is not a string of JSON')
  if (Buffer.byteLength(json) > largest) throw new BadEvent('detail.finding is over 256 KiB')
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw new BadEvent('detail.finding is not JSON', { cause })
  }
  return briefOf(parsed)
}

/** Takes the known fields and nothing else. */
export function briefOf(finding: unknown): Brief {
  const fields = fieldsOf(finding, 'the finding')
  const required = (name: string) => {
    const value = text(fields, name, 2048)
    if (value === null || value === '') throw new BadEvent(`the finding has no ${name}`)
    return value
  }
  const CheckID = required('CheckID')
  const ResourceId = required('ResourceId')
  const AccountId = text(fields, 'AccountId', 64)
  const Region = text(fields, 'Region', 64)
  return {
    CheckID,
    Status: required('Status'),
    Muted: fields.get('Muted') === true,
    Provider: text(fields, 'Provider', 20) ?? 'aws',
    Source: text(fields, 'Source', 20) ?? 'aws',
    AccountId,
    Region,
    Severity: text(fields, 'Severity', 20) ?? '',
    StatusExtended: text(fields, 'StatusExtended', 4096) ?? '',
    ResourceId,
    ResourceType: text(fields, 'ResourceType', 200) ?? '',
    ResourceName: text(fields, 'ResourceName', 1024) ?? ResourceId,
    Fingerprint:
      text(fields, 'Fingerprint', 200) ?? digest([CheckID, AccountId, Region, ResourceId]),
    Terraform: terraform(fields.get('Remediation')),
  }
}

function terraform(remediation: unknown): string | null {
  if (!isObject(remediation)) return null
  const code = new Map(Object.entries(remediation)).get('Code')
  return isObject(code) ? text(new Map(Object.entries(code)), 'Terraform', 8192) : null
}

function text(fields: ReadonlyMap<string, unknown>, name: string, longest: number): string | null {
  const value = fields.get(name)
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw new BadEvent(`${name} is not a text`)
  if (value.length > longest) throw new BadEvent(`${name} is too long`)
  return value
}

function fieldsOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (!isObject(value)) throw new BadEvent(`${what} is not an object`)
  return new Map(Object.entries(value))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
