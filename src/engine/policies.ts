import type { Gap } from '../errors.ts'
import { type Severity, type Status, severities } from '../finding.ts'
import {
  type JudgeInput,
  type Judgement,
  judgePolicies,
  type Policies,
  type PolicyRule,
} from '../policy/index.ts'
import type { Resource } from '../resource.ts'
import { knowledgeOf } from '../vocabulary/knowledge.ts'
import { loadVocabulary } from '../vocabulary/load.ts'
import type { Fetch, MissingRead } from './collect.ts'
import type { Evaluation, FindingsOptions } from './evaluate.ts'
import { compareResources, type Judged, ordered, twinsOf } from './findings.ts'
import { identityOf } from './fingerprint.ts'
import type { Knowledge } from './knowledge.ts'
import { publicName } from './mask.ts'
import {
  checkOf,
  failFinding,
  looseFinding,
  type PolicyBuild,
  passFinding,
  severityOf,
  unknownFinding,
} from './policy-finding.ts'
import { type RuleVerdicts, verdictsOf } from './policy-verdicts.ts'
import { statusOf } from './verdicts.ts'

export interface PolicyInput
  extends Pick<JudgeInput, 'accountTags' | 'unlisted' | 'now' | 'signal'> {
  readonly policies: Policies
  /** Those that are selected. */
  readonly rules: readonly PolicyRule[]
  /** Only findings of these severities; empty: all. */
  readonly severity: readonly Severity[]
  readonly fetch?: Fetch | undefined
  /** Another engine's word on what the rules found. */
  readonly confirm?:
    | ((judgements: readonly Judgement[]) => Promise<readonly Judgement[]>)
    | undefined
}

/** Judges the resources by the user's policies too; answers both, and what of the policies could not run. */
export async function withPolicies(
  evaluation: Evaluation,
  input: PolicyInput,
): Promise<{ readonly evaluation: Evaluation; readonly gaps: readonly Gap[] }> {
  const tables = await loadVocabulary(new Set(evaluation.resources.map(({ type }) => type)))
  const resources = [...evaluation.resources]
  const found = await settle(resources, { ...input, tables })
  const knows = knowledgeOf(tables)
  const wanted = new Set<Severity>(input.severity.length > 0 ? input.severity : severities)
  const stream = (options: FindingsOptions = {}) =>
    policyFindings(found, resources, { ...options, knows, severity: wanted })
  const { counts, bySeverity } = count(evaluation, found, wanted)
  return {
    evaluation: {
      ...evaluation,
      counts,
      bySeverity,
      checks: [...evaluation.checks, ...input.rules.map(checkOf)],
      resources,
      findings: options => merged(evaluation.findings(options), stream(options)),
    },
    gaps: found.flatMap(gapsOf),
  }
}

/** Judges, collects what the rules turn out to read, and judges again until nothing new is asked for. */
async function settle(
  resources: Resource[],
  input: PolicyInput & Pick<JudgeInput, 'tables'>,
): Promise<readonly RuleVerdicts[]> {
  const asked = new Set<string>()
  for (;;) {
    const stream = judgePolicies(input.policies, input.rules, { ...input, resources })
    const judgements = input.confirm ? [...stream] : stream
    const found = verdictsOf(judgements, resources)
    const missing = input.fetch ? pendingIn(found, asked) : []
    if (input.signal?.aborted) return found
    if (!input.fetch || missing.length === 0) {
      if (!input.confirm || !Array.isArray(judgements)) return found
      return verdictsOf(await input.confirm(judgements), resources)
    }
    replace(resources, await input.fetch(missing))
  }
}

function pendingIn(found: readonly RuleVerdicts[], asked: Set<string>): readonly MissingRead[] {
  const missing: MissingRead[] = []
  for (const { unknown } of found)
    for (const notes of unknown.values())
      for (const { resource, path, absent } of notes) {
        const key = JSON.stringify([identityOf(resource), path])
        if (absent.kind !== 'pending' || asked.has(key)) continue
        asked.add(key)
        missing.push({ resource, path })
      }
  return missing
}

function replace(resources: Resource[], collected: readonly Resource[]): void {
  const fresh = new Map(collected.map(resource => [identityOf(resource), resource]))
  for (const [at, old] of resources.entries()) resources[at] = fresh.get(identityOf(old)) ?? old
}

interface Options extends FindingsOptions {
  readonly knows: Knowledge
  readonly severity: ReadonlySet<Severity>
}

/** In the order of the resources, then of the rules; what is about no resource comes last. */
function* policyFindings(
  found: readonly RuleVerdicts[],
  resources: readonly Resource[],
  options: Options,
): Generator<Judged> {
  const twins = twinsOf(resources)
  for (const index of ordered(resources)) {
    const resource = resources[index]
    if (resource === undefined || found.every(({ codes }) => codes[index] === 0)) continue
    const identity = identityOf(resource, twins.get(index))
    for (const verdicts of found)
      yield* findingsAt(verdicts, index, { resource, identity }, options)
  }
  for (const { rule, loose } of found)
    for (const each of loose) {
      const resource = each.scope.self
      const build = buildOf(rule, { resource, identity: identityOf(resource) }, options)
      yield* chosen(rule, resource, looseFinding(build, each), options)
    }
}

interface At {
  readonly resource: Resource
  readonly identity: string
}

function* findingsAt(
  { rule, codes, violations, unknown }: RuleVerdicts,
  index: number,
  at: At,
  options: Options,
): Generator<Judged> {
  const status = statusOf(codes[index])
  if (status === null || !isWanted(status, options)) return
  const build = buildOf(rule, at, options)
  const { resource } = at
  if (status === 'PASS') yield* chosen(rule, resource, passFinding(build), options)
  else if (status === 'UNKNOWN')
    yield* chosen(rule, resource, unknownFinding(build, unknown.get(index) ?? []), options)
  else
    for (const violation of violations.get(index) ?? []) {
      const fault = violation.subject?.spot.resource ?? resource
      yield* chosen(rule, resource, failFinding(build, violation), options, fault)
    }
}

function buildOf(
  rule: PolicyRule,
  { resource, identity }: At,
  { knows, tags = false }: Options,
): PolicyBuild {
  return { rule, resource, name: publicName(resource), identity, knows, tags }
}

function isWanted(status: Status, { status: wanted }: Options): boolean {
  return wanted === undefined || wanted.includes(status)
}

function* chosen(
  rule: PolicyRule,
  resource: Resource,
  finding: Judged['finding'],
  options: Options,
  fault = resource,
): Generator<Judged> {
  const isSevere = [...options.severity].some(each => each.toUpperCase() === finding.Severity)
  if (!isSevere || !isWanted(finding.Status, options)) return
  const warns = rule.kind === 'warn' ? { warns: true as const } : {}
  yield { finding, resource, check: checkOf(rule), fault, ...warns }
}

/** Both streams are in the order of the resources. */
function* merged(checks: Generator<Judged>, policies: Generator<Judged>): Generator<Judged> {
  let next = policies.next()
  for (const judged of checks) {
    while (!next.done && compareResources(next.value.resource, judged.resource) < 0) {
      yield next.value
      next = policies.next()
    }
    yield judged
  }
  for (; !next.done; next = policies.next()) yield next.value
}

/** By the codes: findings are built only for a report. */
function count(
  { counts, bySeverity }: Evaluation,
  found: readonly RuleVerdicts[],
  wanted: ReadonlySet<Severity>,
): Pick<Evaluation, 'counts' | 'bySeverity'> {
  const all = { ...counts }
  const severe = {
    critical: { ...bySeverity.critical },
    high: { ...bySeverity.high },
    medium: { ...bySeverity.medium },
    low: { ...bySeverity.low },
    informational: { ...bySeverity.informational },
  }
  const add = (severity: Severity, slot: 'pass' | 'fail' | 'unknown'): void => {
    if (!wanted.has(severity)) return
    all[slot]++
    severe[severity][slot]++
  }
  for (const { rule, codes, violations, loose } of found) {
    for (const verdict of codes) {
      const status = statusOf(verdict)
      if (status === 'PASS') add(rule.severity, 'pass')
      if (status === 'UNKNOWN') add(rule.severity, 'unknown')
    }
    for (const list of violations.values())
      for (const { denial } of list) add(severityOf(rule, denial), 'fail')
    for (const { violation } of loose)
      if (violation === null) add(rule.severity, 'unknown')
      else add(severityOf(rule, violation.denial), 'fail')
  }
  return { counts: all, bySeverity: severe }
}

function gapsOf({ rule, loose }: RuleVerdicts): readonly Gap[] {
  return loose.flatMap(({ error, scope }) => {
    if (error === null) return []
    const { file, row } = error.location ?? { file: rule.file, row: rule.row }
    const where = scope.name === '' ? '' : ` in ${scope.name}`
    return [
      {
        kind: 'files' as const,
        subject: rule.id,
        reason: `${file}:${row}: ${error.code}: ${error.reason}${where}`,
        file,
        line: row,
        hides: [],
      },
    ]
  })
}
