import { basename } from 'node:path'
import type { Evaluation } from '../engine/evaluate.ts'
import type { Selection } from '../engine/select.ts'
import type { Gap } from '../errors.ts'
import type { ExitFacts } from '../exit.ts'
import { type Severity, severities } from '../finding.ts'
import type { PolicySummary, Summary } from '../report.ts'
import type { Loaded } from '../sources/source.ts'
import type { Triage } from '../triage/index.ts'

interface Facts {
  readonly request: {
    readonly cwd: string
    readonly now: Date
    readonly version: string
    readonly debug: boolean
    readonly exit: (facts: ExitFacts) => number
    readonly signal: AbortSignal
  }
  readonly selection: Selection
  readonly loaded: Loaded
  readonly targets: readonly string[]
  readonly evaluation: Evaluation
  readonly marks: Triage
  readonly policies?: PolicySummary | undefined
  readonly seconds: number
}

/** Counts what the scan came to. */
export function summarise(facts: Facts): Summary {
  const { request, selection, loaded, evaluation, marks } = facts
  const interrupted = request.signal.aborted
  const tally = new Map<string, number>()
  const { failing, warned, unknown, muted, baselined } =
    marks.isIdle && !facts.policies ? plainly(evaluation) : marked(evaluation, marks, tally)
  const coverage = cover(selection, evaluation, loaded.gaps)
  return {
    tool: { name: 'batten', version: request.version },
    targets: facts.targets.map(path => (path === '.' ? basename(request.cwd) : path)),
    sources: [...new Set(loaded.resources.map(resource => resource.origin.source))].sort(),
    startedAt: request.now.toISOString(),
    seconds: facts.seconds,
    files: loaded.files,
    resources: loaded.resources.length,
    checks: selection.checks.length,
    counts: {
      pass: evaluation.counts.pass,
      fail: evaluation.counts.fail,
      unknown: evaluation.counts.unknown,
      muted,
      failing,
      baselined,
    },
    coverage,
    ...(facts.policies && { policies: facts.policies }),
    gaps: loaded.gaps,
    warnings: [
      ...loaded.warnings,
      ...marks.warnings(),
      ...evaluation.bugs.map(bug => ({
        message: `check ${bug.checkId} failed on ${bug.resourceId}: a bug in Batten: ${trace(bug.error, request.debug)}`,
      })),
    ],
    mutedBy: Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1))),
    score: score(evaluation),
    exit: request.exit({
      failing: { ...failing, low: failing.low - warned },
      warned,
      unknown,
      gaps: loaded.gaps,
      percent: coverage.percent,
      interrupted,
    }),
    interrupted,
  }
}

/** What there is to say of policies, which are the user's own, before what there is to say of the sources. */
export function withRemarks(
  loaded: Loaded,
  { gaps, warnings }: Pick<Loaded, 'gaps' | 'warnings'>,
): Loaded {
  if (gaps.length === 0 && warnings.length === 0) return loaded
  return {
    ...loaded,
    gaps: [...gaps, ...loaded.gaps],
    warnings: [...warnings, ...loaded.warnings],
  }
}

function trace(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error)
  return (debug && error.stack) || error.message
}

interface Tallied {
  readonly failing: Record<Severity, number>
  readonly warned: number
  readonly unknown: number
  readonly muted: number
  readonly baselined: number
}

/** Where nothing marks findings they need not be made to be counted. */
function plainly({ bySeverity, counts }: Evaluation): Tallied {
  const failing = {
    critical: bySeverity.critical.fail,
    high: bySeverity.high.fail,
    medium: bySeverity.medium.fail,
    low: bySeverity.low.fail,
    informational: bySeverity.informational.fail,
  }
  return { failing, warned: 0, unknown: counts.unknown, muted: 0, baselined: 0 }
}

/** The one pass over what fails, which also tallies what mutes it. */
function marked(evaluation: Evaluation, marks: Triage, tally: Map<string, number>): Tallied {
  const failing = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 }
  let warned = 0
  let unknown = 0
  let muted = 0
  let baselined = 0
  for (const { finding, resource, warns } of evaluation.findings({
    status: ['FAIL', 'UNKNOWN'],
    tags: marks.needsTags,
  })) {
    const { Muted, New, Status, Severity } = marks.mark(finding, resource, tally)
    if (Muted) muted++
    else if (New === false) baselined++
    else if (Status === 'FAIL') {
      failing[severityOf(Severity)]++
      if (warns) warned++
    } else unknown++
  }
  return { failing, warned, unknown, muted, baselined }
}

function severityOf(label: string): Severity {
  return severities.find(severity => severity.toUpperCase() === label) ?? 'informational'
}

/** Planned: pairs of a check and a resource of its types, and one for each check and gap that may hide one. */
function cover(
  selection: Selection,
  evaluation: Evaluation,
  gaps: readonly Gap[],
): Summary['coverage'] {
  const { pass, fail, unknown } = evaluation.counts
  const hidden = gaps.reduce(
    (sum, gap) =>
      sum +
      selection.checks.filter(
        check => gap.hides === undefined || check.types.some(type => gap.hides?.includes(type)),
      ).length,
    0,
  )
  const planned = pass + fail + unknown + hidden
  const decided = pass + fail
  return { planned, decided, percent: planned === 0 ? 100 : (decided / planned) * 100 }
}

/** Severity-weighted share of decided verdicts that pass. */
function score(evaluation: Evaluation): number | null {
  let passed = 0
  let all = 0
  for (const severity of severities) {
    const { pass, fail } = evaluation.bySeverity[severity]
    passed += weights[severity] * pass
    all += weights[severity] * (pass + fail)
  }
  return all === 0 ? null : (passed / all) * 100
}

const weights: Readonly<Record<Severity, number>> = {
  critical: 10,
  high: 6,
  medium: 3,
  low: 1,
  informational: 0,
}
