import type { Finding } from '../finding.ts'
import { faultOf, placeOf, resourceOf, severityRank } from './rank.ts'

/** Failing findings gathered by what has to be mended: a check, its faults, the places of each. */
export interface Cause {
  readonly id: string
  readonly title: string
  readonly severity: Finding['Severity']
  readonly fix: string
  readonly url: string | null
  count: number
  readonly faults: Map<string, Fault>
}

export interface Fault {
  count: number
  /** At most as many as are shown; a `count` or `for_each` puts many resources in one place. */
  readonly places: Map<string, Place>
}

export interface Place {
  readonly place: string
  readonly resource: string
  count: number
}

export interface CauseLimits {
  /** Places kept of each fault. */
  readonly rows: number
  /** Faults kept of each check: the message of a policy may be another one for each resource. */
  readonly faults: number
}

/** Memory is bounded by the number of checks, not of findings. */
export function addToCauses(
  causes: Map<string, Cause>,
  finding: Finding,
  limits: CauseLimits,
): void {
  let cause = causes.get(finding.CheckID)
  if (cause === undefined) {
    cause = {
      id: finding.CheckID,
      title: finding.CheckTitle,
      severity: finding.Severity,
      fix: finding.Remediation.Recommendation,
      url: finding.Remediation.Url,
      count: 0,
      faults: new Map(),
    }
    causes.set(finding.CheckID, cause)
  }
  cause.count++
  const text = faultOf(finding)
  const fault =
    cause.faults.get(text) ??
    (cause.faults.size < limits.faults ? added(cause.faults, text) : lastOf(cause.faults))
  fault.count++
  addPlace(fault, finding, limits.rows)
}

function addPlace(fault: Fault, finding: Finding, rows: number): void {
  const place = placeOf(finding)
  // In code one line is one thing to mend; live, a region holds many resources.
  const key = finding.File === null ? `${place} ${finding.ResourceId}` : place
  const known = fault.places.get(key)
  if (known) known.count++
  else if (fault.places.size < rows) {
    fault.places.set(key, { place, resource: resourceOf(finding), count: 1 })
  }
}

function added(faults: Map<string, Fault>, text: string): Fault {
  const fault: Fault = { count: 0, places: new Map() }
  faults.set(text, fault)
  return fault
}

const others = 'other faults'

function lastOf(faults: Map<string, Fault>): Fault {
  return faults.get(others) ?? added(faults, others)
}

/** The worst first, then what occurs most. */
export function ranked(causes: ReadonlyMap<string, Cause>): readonly Cause[] {
  return [...causes.values()].sort(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      b.count - a.count ||
      (a.id < b.id ? -1 : 1),
  )
}

/** How often each text occurs; texts beyond the limit are counted under the last. */
export function addToTally(tally: Map<string, number>, text: string, limit = 1_000): void {
  const key = tally.has(text) || tally.size < limit ? text : 'other'
  tally.set(key, (tally.get(key) ?? 0) + 1)
}

export function rankedTally(tally: ReadonlyMap<string, number>): readonly [string, number][] {
  return [...tally].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}
