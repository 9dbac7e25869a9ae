import type { Check } from '../check.ts'
import { holdsSecret } from '../check-kit/secrets.ts'
import type { EvidenceItem, Finding, Severity, Status } from '../finding.ts'
import type { Denial, Note, PolicyRule, Spot, Violation } from '../policy/index.ts'
import type { Plain, Resource, Span } from '../resource.ts'
import { child, isFields, isList } from '../vocabulary/plain.ts'
import { tagsOf } from './finding.ts'
import { fingerprint } from './fingerprint.ts'
import { kindName } from './kind-name.ts'
import type { Knowledge } from './knowledge.ts'
import { formatPath, spanOf, valueAt, writtenAt } from './locate.ts'
import { hidden, shown } from './mask.ts'
import { oneLine, reasonOf } from './message.ts'
import type { Loose } from './policy-verdicts.ts'

export interface PolicyBuild {
  readonly rule: PolicyRule
  readonly resource: Resource
  readonly name: string
  readonly identity: string
  readonly knows: Knowledge
  readonly tags: boolean
}

/** A policy's rule in the shape of a check, for whoever only knows checks. */
export function checkOf(rule: PolicyRule): Check {
  return {
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    why: rule.description ?? `The policy in ${rule.file} says so.`,
    fix: rule.remediation ?? `Change it as the policy in ${rule.file} asks.`,
    pass: () => true,
    bad: [],
    types: [],
    provider: rule.provider,
    service: rule.service,
  }
}

export function passFinding(build: PolicyBuild): Finding {
  const { rule, resource, name } = build
  return finding(build, {
    status: 'PASS',
    message: `${kindName(resource.type)} ${name} passes: ${rule.title}`,
  })
}

export function unknownFinding(build: PolicyBuild, notes: readonly Note[]): Finding {
  const { resource, name } = build
  const all = [...new Set(notes.map(({ absent, path }) => reasonOf(absent, path)))]
  const reason = oneLine(all.slice(0, mostReasons).join('; '))
  const own = notes.find(note => note.resource === resource)
  const at = own && spanAt({ resource, path: own.path, form: formOf(resource) })
  return finding(build, {
    status: 'UNKNOWN',
    message: `${kindName(resource.type)} ${name} cannot be judged: ${reason}`,
    reason,
    ...(at && { at }),
    evidence: notes.map(({ resource, path }) => {
      const span = spanAt({ resource, path, form: formOf(resource) })
      return item(formatPath(path), null, span)
    }),
  })
}

const mostReasons = 3

export function failFinding(build: PolicyBuild, { denial, subject }: Violation): Finding {
  const { rule, resource, name, knows } = build
  const message = denial.message ?? `${kindName(resource.type)} ${name} fails: ${rule.title}`
  const spot = subject?.spot ?? null
  const at = spot && spanAt(spot)
  return finding(build, {
    status: 'FAIL',
    message: unsecret(message, resource, rule, knows),
    key: denial.message ?? '',
    severity: severityOf(rule, denial),
    ...(denial.title !== null && { title: denial.title }),
    ...(denial.remediation !== null && { remediation: denial.remediation }),
    ...(at && { at }),
    ...(spot && { fault: spot.resource.origin.address }),
    evidence: spot && spot.path.length > 0 ? [evidenceAt(spot, knows)] : [],
  })
}

/** What warns is low, whatever it says. */
export function severityOf(rule: PolicyRule, { severity }: Denial): Severity {
  return severity === null || rule.kind === 'warn' ? rule.severity : severity
}

/** Nothing tells what it is about: it stands for the whole root module or account. */
export function looseFinding(build: PolicyBuild, { violation, error, notes }: Loose): Finding {
  if (violation !== null) return failFinding(build, violation)
  if (error === null) return unknownFinding(build, notes)
  const { rule } = build
  const reason = oneLine(`${rule.id} could not be evaluated: ${error.message}`)
  return finding(build, { status: 'UNKNOWN', message: reason, reason })
}

interface Particulars {
  readonly status: Status
  readonly message: string
  readonly reason?: string
  readonly key?: string
  readonly severity?: PolicyRule['severity']
  readonly title?: string
  readonly remediation?: string
  readonly at?: Span
  readonly fault?: string | null
  readonly evidence?: readonly EvidenceItem[]
}

function finding(
  { rule, resource, name, identity, knows, tags }: PolicyBuild,
  it: Particulars,
): Finding {
  const { origin } = resource
  const span = it.at ?? origin.span
  return {
    CheckID: rule.id,
    CheckTitle: it.title ?? rule.title,
    Provider: rule.provider,
    AccountId: resource.account,
    Region: resource.region,
    Severity: upper(it.severity ?? rule.severity),
    Status: it.status,
    StatusExtended: it.message,
    UnknownReason: it.reason ?? null,
    ResourceId: resource.id,
    ResourceType: resource.type,
    ResourceName: name,
    ResourceTags: tags ? tagsOf(resource, knows) : null,
    Source: origin.source,
    File: span?.file ?? null,
    StartLine: span?.startLine ?? null,
    StartColumn: span?.startColumn ?? null,
    EndLine: span?.endLine ?? null,
    EndColumn: span?.endColumn ?? null,
    Address: origin.address,
    FaultAddress: it.fault ?? origin.address,
    Evidence: it.evidence ?? [],
    Remediation: {
      Recommendation: it.remediation ?? checkOf(rule).fix,
      Code: { CLI: null, Terraform: null },
      Url: rule.url,
    },
    Compliance: rule.frameworks,
    Muted: false,
    MuteReason: null,
    New: null,
    Fingerprint: fingerprint(rule.id, identity, ...(it.key === undefined ? [] : [it.key])),
    FirstSeen: null,
  }
}

function upper(severity: PolicyRule['severity']): Finding['Severity'] {
  return severities[severity]
}

const severities = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  informational: 'INFORMATIONAL',
} as const satisfies Record<PolicyRule['severity'], Finding['Severity']>

function formOf({ origin }: Resource): Spot['form'] {
  return origin.declared === undefined ? 'normal' : 'declared'
}

function spanAt({ resource, path, form }: Spot): Span | null {
  const { declared, span } = resource.origin
  if (form === 'declared') return (path.length > 0 && declared?.locate(path)) || span
  return spanOf(writtenAt(resource, path))
}

function evidenceAt(spot: Spot, knows: Knowledge): EvidenceItem {
  const { resource, path, form } = spot
  const value =
    form === 'declared' ? follow(resource.origin.declared?.values, path) : valueAt(resource, path)
  const isSensitive = resource.origin.sensitive?.(path.slice(0, 1)) === true
  return item(
    formatPath(path),
    isSensitive ? hidden : shown(resource, path, value, knows),
    spanAt(spot),
  )
}

function item(path: string, value: unknown, span: Span | null): EvidenceItem {
  return { Path: path, Value: value, File: span?.file ?? null, Line: span?.startLine ?? null }
}

function follow(value: Plain, path: Spot['path']): Plain {
  let at = value
  for (const key of path) at = child(at, key)
  return at
}

/** The message as it is, but for secrets: what is secret in its resource, and what looks like one. */
function unsecret(message: string, resource: Resource, rule: PolicyRule, knows: Knowledge): string {
  let text = message
  for (const secret of secretsOf(resource, knows)) text = text.replaceAll(secret, hidden)
  return holdsSecret(text) ? `${rule.title} (what the policy says of it holds a secret)` : text
}

function secretsOf({ type, attributes, origin }: Resource, knows: Knowledge): readonly string[] {
  const found: string[] = []
  for (const [name, value] of Object.entries(origin.declared?.values ?? attributes))
    if (knows.isSecret(type, [name]) || origin.sensitive?.([name])) collect(value, found)
  return found.sort((a, b) => b.length - a.length)
}

function collect(value: Plain, found: string[]): void {
  if (typeof value === 'string' && value.length >= shortestSecret) found.push(value)
  else if (isList(value)) for (const each of value) collect(each, found)
  else if (isFields(value)) for (const each of Object.values(value)) collect(each, found)
}

/** Shorter ones occur in any text. */
const shortestSecret = 4
