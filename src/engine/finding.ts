import type { Check } from '../check.ts'
import { holdsSecret } from '../check-kit/secrets.ts'
import type { Finding, Severity, Status } from '../finding.ts'
import { Absent, type Plain, type Resource } from '../resource.ts'
import { decisive, evidenceOf, type Spot, spotOf, unknownEvidence } from './evidence.ts'
import type { Hole } from './explore.ts'
import type { Frameworks } from './findings.ts'
import { fingerprint } from './fingerprint.ts'
import type { Traced } from './judge.ts'
import { kindName } from './kind-name.ts'
import type { Knowledge } from './knowledge.ts'
import { spanOf, valueAt, type Written, writtenAt } from './locate.ts'
import { shown } from './mask.ts'
import { describe, oneLine, reasonOf } from './message.ts'
import { commandOf, localOf, type Remedy, remedyOf } from './remedy.ts'

export interface Build {
  readonly check: Check
  readonly resource: Resource
  readonly status: Status
  /** The judgement made again with its reads; null for a pass and for a check that threw. */
  readonly traced: Traced | null
  /** As reports may show it. */
  readonly name: string
  /** What makes the resource the same in every scan. */
  readonly identity: string
}

/** What all findings of a stream share. */
export interface Around {
  readonly knows: Knowledge
  readonly compliance: Frameworks | undefined
  readonly tags: boolean
  /** Said once a check, and once a type. */
  readonly remedies: Map<string, Remedy | null>
  readonly kinds: Map<string, string>
}

/** The finding as users read it, with the piece of code that holds the fault. */
export function buildFinding(build: Build, around: Around): { finding: Finding; fault: Resource } {
  const { check, resource, name, status, identity } = build
  const { origin } = resource
  const { message, reason, evidence, at } = particulars(build, around.knows)
  const kind = once(around.kinds, resource.type, kindName)
  const remedy = once(around.remedies, `${check.id} ${resource.type}`, () =>
    remedyOf(check, resource.type, around.knows),
  )
  const span = spanOf(at)
  const finding: Finding = {
    CheckID: check.id,
    CheckTitle: check.title,
    Provider: check.provider,
    AccountId: resource.account,
    Region: resource.region,
    Severity: upper[check.severity],
    Status: status,
    StatusExtended: oneLine(`${kind} ${name}${message}`),
    UnknownReason: reason,
    ResourceId: resource.id,
    ResourceType: resource.type,
    ResourceName: name,
    ResourceTags: around.tags ? tagsOf(resource, around.knows) : null,
    Source: origin.source,
    File: span?.file ?? null,
    StartLine: span?.startLine ?? null,
    StartColumn: span?.startColumn ?? null,
    EndLine: span?.endLine ?? null,
    EndColumn: span?.endColumn ?? null,
    Address: origin.address,
    FaultAddress: at.resource.origin.address,
    Evidence: evidence,
    Remediation: {
      Recommendation: check.fix,
      Code: {
        CLI: commandOf(check.cli, resource, name),
        Terraform: remedy?.(localOf(resource)) ?? null,
      },
      Url: check.url ?? null,
    },
    Compliance: around.compliance?.get(check.id) ?? {},
    Muted: false,
    MuteReason: null,
    New: null,
    Fingerprint: fingerprint(check.id, identity),
    FirstSeen: null,
  }
  return { finding, fault: at.resource }
}

interface Particulars {
  readonly message: string
  readonly reason: string | null
  readonly evidence: Finding['Evidence']
  readonly at: Written
}

function once<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const value = make(key)
  known.set(key, value)
  return value
}

function particulars(build: Build, knows: Knowledge): Particulars {
  const { check, resource, status, traced } = build
  const header: Written = { resource, path: [] }
  if (status === 'PASS') {
    return { message: ` passes: ${check.title}`, reason: null, evidence: [], at: header }
  }
  if (status === 'UNKNOWN') return unknown(traced, header)
  const main = traced && decisive(traced.reads, check, resource)
  const message = failure(build, main, knows)
  if (!traced || !main) return { message, reason: null, evidence: [], at: header }
  return {
    message,
    reason: null,
    evidence: evidenceOf(main, traced.reads, knows),
    at: main.resource === resource ? writtenAt(resource, main.path) : header,
  }
}

function failure({ check, traced }: Build, main: Spot | null, knows: Knowledge): string {
  const said = traced?.fault()
  if (said && !holdsSecret(said)) return ` ${said}`
  if (!main) return ` fails: ${check.title}`
  const { resource, path } = main
  return `: ${describe(path, shown(resource, path, valueAt(resource, path), knows))}`
}

function unknown(traced: Traced | null, header: Written): Particulars {
  const holes = traced && !traced.outcome.decided ? traced.outcome.holes : []
  const reason =
    holes.length > 0 ? reasons(holes) : 'the check broke on this resource, a bug in Batten'
  const first = holes[0] && spotOf(holes[0])
  return {
    message: ` cannot be judged: ${reason}`,
    reason,
    evidence: unknownEvidence(holes),
    at: first?.resource === header.resource ? writtenAt(first.resource, first.path) : header,
  }
}

function reasons(holes: readonly Hole[]): string {
  const all = [...new Set(holes.map(hole => reasonOf(hole.absent, spotOf(hole).path)))]
  const more = all.length > maxReasons ? [`${all.length - maxReasons} more`] : []
  return oneLine([...all.slice(0, maxReasons), ...more].join('; '))
}

const maxReasons = 3

const upper = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  informational: 'INFORMATIONAL',
} as const satisfies Record<Severity, Uppercase<Severity>>

export function tagsOf(
  resource: Resource,
  knows: Knowledge,
): Readonly<Record<string, string>> | null {
  const { tags_all, tags } = resource.attributes
  const all = isMap(tags_all) ? tags_all : tags
  if (!isMap(all)) return null
  const name = all === tags ? 'tags' : 'tags_all'
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => value !== null && value !== undefined && !(value instanceof Absent))
      .map(([key, value]) => [key, String(shown(resource, [name, key], value, knows))]),
  )
}

function isMap(value: Plain): value is { readonly [key: string]: Plain } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Absent)
  )
}
