import type { Finding } from '../finding.ts'
import type { Report } from '../report.ts'
import { rowHtml } from './html-findings.ts'
import { type State, states } from './html-state.ts'
import { isOpen, serviceOf, severityRank } from './rank.ts'

export interface Group {
  readonly id: string
  readonly title: string
  readonly service: string
  readonly severity: Finding['Severity']
  readonly fix: string
  /** What to write in the code, where the check says it. */
  readonly terraform: string | null
  readonly url: string | null
  readonly compliance: Finding['Compliance']
  readonly counts: Record<State, number>
  /** Finished rows: a string is smaller than the finding it was made from. */
  readonly rows: Record<State, string[]>
  left: number
}

export interface Posture {
  pass: number
  readonly counts: Record<State, number>
  /** Failing, by {@link severityRank}. */
  readonly failing: number[]
}

export interface PageData {
  readonly groups: readonly Group[]
  readonly services: readonly (readonly [string, Posture])[]
  readonly counts: Record<State, number>
  /** Findings that are counted but have no row. */
  readonly left: number
}

/** A page of more rows is more than a browser likes. */
const mostRows = 50_000

/** Reads a report once: rows of what does not pass, numbers of everything. */
export function gather(report: Report): PageData {
  const groups = new Map<string, Group>()
  const services = new Map<string, Posture>()
  const counts = noCounts()
  let rows = 0
  let left = 0
  for (const finding of report.findings()) {
    const state = stateOf(finding)
    const posture = postureOf(services, serviceOf(finding.CheckID))
    if (state === null) {
      posture.pass++
      continue
    }
    const group = groupOf(groups, finding)
    const rank = severityRank(finding.Severity)
    if (state === 'fail') posture.failing[rank] = (posture.failing[rank] ?? 0) + 1
    posture.counts[state]++
    counts[state]++
    group.counts[state]++
    if (rows < mostRows) {
      group.rows[state].push(rowHtml(finding, state))
      rows++
    } else {
      group.left++
      left++
    }
  }
  return {
    groups: [...groups.values()].sort(byWeight),
    services: [...services].sort(byFailing),
    counts,
    left,
  }
}

function stateOf(finding: Finding): State | null {
  if (finding.Status === 'PASS') return null
  if (finding.Muted) return 'muted'
  if (isOpen(finding)) return 'fail'
  return finding.New === false ? 'baseline' : 'unknown'
}

function noCounts(): Record<State, number> {
  return { fail: 0, unknown: 0, baseline: 0, muted: 0 }
}

function groupOf(groups: Map<string, Group>, finding: Finding): Group {
  const known = groups.get(finding.CheckID)
  if (known) return known
  const group: Group = {
    id: finding.CheckID,
    title: finding.CheckTitle,
    service: serviceOf(finding.CheckID),
    severity: finding.Severity,
    fix: finding.Remediation.Recommendation,
    terraform: finding.Remediation.Code.Terraform,
    url: finding.Remediation.Url,
    compliance: finding.Compliance,
    counts: noCounts(),
    rows: { fail: [], unknown: [], baseline: [], muted: [] },
    left: 0,
  }
  groups.set(finding.CheckID, group)
  return group
}

function postureOf(services: Map<string, Posture>, service: string): Posture {
  const known = services.get(service)
  if (known) return known
  const posture: Posture = { pass: 0, counts: noCounts(), failing: [0, 0, 0, 0, 0] }
  services.set(service, posture)
  return posture
}

/** What fails before what is unknown before what is excused; the worst first, then what occurs most. */
function byWeight(a: Group, b: Group): number {
  const stage = (group: Group) => states.findIndex(state => group.counts[state] > 0)
  const state = states[stage(a)] ?? 'fail'
  return (
    stage(a) - stage(b) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    b.counts[state] - a.counts[state] ||
    (a.id < b.id ? -1 : 1)
  )
}

function byFailing([a, x]: readonly [string, Posture], [b, y]: readonly [string, Posture]): number {
  for (const [rank, count] of x.failing.entries()) {
    const other = y.failing[rank] ?? 0
    if (count !== other) return other - count
  }
  return a < b ? -1 : 1
}
