import type { Evaluation } from '../engine/evaluate.ts'
import type { CheckCard, Selection } from '../engine/select.ts'
import { type Gap, UserError, type Warning } from '../errors.ts'
import type { Judgement, Policies, PolicyProblem, PolicyRule } from '../policy/index.ts'
import type { PolicySummary } from '../report.ts'
import type { ScanRequest } from '../scan.ts'
import type { Input } from './input.ts'

/** The user's own policies, and what the account is that they judge. */
export interface PolicyRequest {
  readonly folders: readonly string[]
  readonly accountTags: Readonly<Record<string, string>>
  /** Whose word counts on what they deny: `opa` is the user's own. */
  readonly engine?: 'batten' | 'opa'
}

/** What a scan asks of policies; where there are none it costs nothing. */
export interface OpenPolicies {
  /** Those of some of these frameworks; of all where none is named. */
  readonly cards: (frameworks: readonly string[]) => readonly CheckCard[]
  /** Frameworks that only policies name, in small letters. */
  readonly frameworks: readonly string[]
  /** A choice that fails says which policies do not run: what it names may be one of theirs. */
  readonly choosing: <T>(choose: () => Promise<T>) => Promise<T>
  /** The evaluation with what the policies find, and what of them could not run. */
  judge(
    evaluation: Evaluation,
    selection: Selection,
    input: Pick<Input, 'fetch' | 'unlisted'>,
  ): Promise<JudgedToo>
  readonly summary?: PolicySummary
}

interface JudgedToo {
  readonly evaluation: Evaluation
  readonly gaps: readonly Gap[]
  readonly warnings: readonly Warning[]
}

const none: OpenPolicies = {
  cards: () => [],
  frameworks: [],
  choosing: choose => choose(),
  judge: async evaluation => ({ evaluation, gaps: [], warnings: [] }),
}

/** Reads and compiles the policies first, so that a folder that is not there ends the scan before it costs anything. */
export async function openPolicies(request: ScanRequest): Promise<OpenPolicies> {
  const { policies: asked, cwd, now, signal } = request
  if (asked === undefined || asked.folders.length === 0) return none
  const { readPolicies } = await import('../policy/index.ts')
  const policies = await withoutNamesakes(readPolicies(asked.folders, cwd))
  const confirm = asked.engine === 'opa' ? await opaFor(policies, request) : null
  const collected = request.aws ? (await import('../sources/aws/rows.ts')).collectedTypes : []
  return {
    cards: frameworks =>
      policies.rules
        .filter(rule => isAsked(rule, frameworks))
        .map(rule => policyCard(rule, collected)),
    frameworks: await ownFrameworks(policies.rules),
    summary: summaryOf(policies),
    choosing: choose => choosing(choose, policies.problems),
    async judge(evaluation, selection, { fetch, unlisted }) {
      const { withPolicies } = await import('../engine/policies.ts')
      const ids = new Set(selection.checks.map(check => check.id))
      const rules = policies.rules.filter(rule => ids.has(rule.id))
      const warnings = rules.flatMap(foreignInput)
      const judged = await withPolicies(evaluation, {
        policies,
        rules,
        severity: request.select.severity ?? [],
        accountTags: asked.accountTags,
        now,
        signal,
        fetch,
        unlisted,
        ...(confirm && { confirm: judgements => confirm(judgements, warnings) }),
      })
      return { ...judged, warnings, gaps: [...policies.problems.map(gapOf), ...judged.gaps] }
    },
  }
}

/** A policy of another tool's would never deny, and look as if all were well. */
function foreignInput({ id, foreign, file, row }: PolicyRule): readonly Warning[] {
  if (foreign.length === 0) return []
  const names = foreign.map(name => `input.${name}`).join(', ')
  const message = `policy ${id} reads ${names}, where scans give input.resource, input.resources and input.account_tags`
  return [{ message, file, line: row }]
}

async function choosing<T>(
  choose: () => Promise<T>,
  problems: readonly PolicyProblem[],
): Promise<T> {
  try {
    return await choose()
  } catch (error) {
    const [first, ...more] = problems
    if (!(error instanceof UserError) || first === undefined) throw error
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    throw new UserError(`${error.message}; a policy does not run: ${gapOf(first).reason}${others}`)
  }
}

/** Found before anything is read, so that a missing opa costs nothing. */
async function opaFor(policies: Policies, { env, now, signal }: ScanRequest) {
  const [{ findOpa }, { confirmByOpa }] = await Promise.all([
    import('../policy/opa/binary.ts'),
    import('../policy/opa/confirm.ts'),
  ])
  const opa = await findOpa(env, signal)
  return async (judgements: readonly Judgement[], warnings: Warning[]) => {
    const confirmed = await confirmByOpa(opa, policies, judgements, { now, signal })
    warnings.push(...confirmed.remarks.map(message => ({ message })))
    return confirmed.judgements
  }
}

/** An id that a check has already would make two things one. */
export async function withoutNamesakes(policies: Policies): Promise<Policies> {
  const { files } = await import('../checks/index.generated.ts')
  const taken = new Set(files.flatMap(file => file.cards.map(card => card.id)))
  const named = policies.rules.filter(({ id }) => taken.has(id))
  const problems = named.map(({ id, file, row }) => {
    const message = `the id '${id}' is that of a check of Batten's`
    return { file, row, col: 1, code: 'policy_error', message }
  })
  return {
    ...policies,
    rules: policies.rules.filter(rule => !named.includes(rule)),
    problems: [...policies.problems, ...problems],
  }
}

/** With `--compliance`, only policies that say that they are of such a framework. */
function isAsked(rule: PolicyRule, frameworks: readonly string[]): boolean {
  if (frameworks.length === 0) return true
  const own = Object.keys(rule.frameworks).map(name => name.toLowerCase())
  return own.some(name => frameworks.includes(name))
}

async function ownFrameworks(rules: readonly PolicyRule[]): Promise<readonly string[]> {
  const named = rules.flatMap(rule => Object.keys(rule.frameworks))
  if (named.length === 0) return []
  const { frameworkCards } = await import('../frameworks/framework.ts')
  const known = new Set((await frameworkCards()).map(({ id }) => id))
  return [...new Set(named.map(name => name.toLowerCase()))].filter(name => !known.has(name))
}

/** A rule as checks are listed; `collected` is what a running account is listed by, where that is what is scanned. */
export function policyCard(
  { id, title, provider, service, severity, types, isOpen }: PolicyRule,
  collected: readonly string[] = [],
): CheckCard {
  return {
    id,
    title,
    provider,
    service,
    severity,
    // Where its text does not tell what it reads, the account is listed whole.
    types: isOpen ? [...new Set([...types, ...collected])].sort() : types,
    resourceTypes: types,
    aliases: [],
    sources: ['live', 'code'],
  }
}

/** A policy that was asked for and does not run leaves the scan incomplete; it hides no resource. */
function gapOf({ file, row, col, code, message }: PolicyProblem): Gap {
  return {
    kind: 'files',
    subject: file,
    reason: `${file}:${row}:${col}: ${code}: ${message}`,
    file,
    line: row,
    column: col,
    hides: [],
  }
}

function summaryOf({ loaded, rules, passedOver }: Policies): PolicySummary {
  return { files: loaded, rules: rules.length, passedOver }
}
