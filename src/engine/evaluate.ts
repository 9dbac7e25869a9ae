import type { Check } from '../check.ts'
import type { Severity } from '../finding.ts'
import { Absent, type Resource } from '../resource.ts'
import { knowledgeOf } from '../vocabulary/knowledge.ts'
import { loadVocabulary } from '../vocabulary/load.ts'
import { collecting, type Fetch } from './collect.ts'
import { type Frameworks, type Judged, type StreamOptions, streamFindings } from './findings.ts'
import { judgeOf, type Related } from './judge.ts'
import type { Knowledge } from './knowledge.ts'
import type { Selection } from './select.ts'
import { type Bug, code, judgeAll, newVerdicts, statusOf, type Verdicts } from './verdicts.ts'

export interface EvaluateInput {
  /** Folded. */
  readonly resources: readonly Resource[]
  readonly selection: Pick<Selection, 'load' | 'settings'>
  readonly now: Date
  readonly related?: Related
  /** Collects what is pending and answers the resources anew; without it, what is pending stays unknown. */
  readonly fetch?: Fetch
  readonly knows?: Knowledge
  readonly compliance?: Frameworks
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** The verdict of every selected check on every resource of its types; findings are built only while they are read. */
export interface Evaluation {
  readonly counts: Counts & { readonly notApplicable: number }
  readonly bySeverity: Readonly<Record<Severity, Counts>>
  /** Checks that threw, each once; their verdicts count as unknown. */
  readonly bugs: readonly Bug[]
  /** What was judged with. */
  readonly checks: readonly Check[]
  /** As last judged. */
  readonly resources: readonly Resource[]
  /** By file or id, then check. */
  findings(options?: FindingsOptions): Generator<Judged>
}

interface Counts {
  readonly pass: number
  readonly fail: number
  readonly unknown: number
}

export type FindingsOptions = Pick<StreamOptions, 'status' | 'tags'>

/** Judges on plain attributes where nothing is absent, through the view elsewhere, and collects what is pending. */
export async function evaluate(input: EvaluateInput): Promise<Evaluation> {
  const { resources, selection, now, signal, onProgress } = input
  const types = new Set(resources.map(resource => resource.type))
  const knows = input.knows ?? knowledgeOf(await loadVocabulary(types))
  const checks = await selection.load(types)
  const collection = collecting(input.fetch)
  const related = freshRelated(input.related, collection)
  const judges = [...checks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(check => judgeOf(check, { now, knows, related, settings: selection.settings }))
  const verdicts = newVerdicts(resources, judges)
  const judging = { bugs: new Map<string, Bug>(), undecided: collection.note, signal, onProgress }
  await judgeAll(verdicts, judging)
  await collection.finish(verdicts, judging)
  return {
    ...count(verdicts),
    checks,
    bugs: [...judging.bugs.values()],
    resources: verdicts.resources,
    findings: options =>
      streamFindings(verdicts, { knows, compliance: input.compliance, ...options }),
  }
}

/** Links are known by the resources that the scan began with; what they lead to is read as collected last. */
function freshRelated(
  related: Related | undefined,
  { latest, original }: ReturnType<typeof collecting>,
): Related {
  if (!related) return () => []
  return (resource, type, which) =>
    related(original(resource), type, which)
      .map(each => (each instanceof Absent ? each : latest(each)))
      .filter(each => each instanceof Absent || !each.gone)
}

function count(verdicts: Verdicts): Pick<Evaluation, 'counts' | 'bySeverity'> {
  const counts = { ...tally(), notApplicable: 0 }
  const bySeverity = {
    critical: tally(),
    high: tally(),
    medium: tally(),
    low: tally(),
    informational: tally(),
  } satisfies Record<Severity, Counts>
  for (const [resource, judges] of verdicts.judges.entries()) {
    const start = verdicts.starts[resource] ?? 0
    for (const [at, { check }] of judges.entries()) {
      const verdict = verdicts.codes[start + at]
      const status = statusOf(verdict)
      for (const group of [counts, bySeverity[check.severity]]) {
        if (status === 'PASS') group.pass++
        else if (status === 'FAIL') group.fail++
        else if (status === 'UNKNOWN') group.unknown++
      }
      if (verdict === code['NOT APPLICABLE']) counts.notApplicable++
    }
  }
  return { counts, bySeverity }
}

function tally() {
  return { pass: 0, fail: 0, unknown: 0 }
}
