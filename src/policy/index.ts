import type { Module, Policy } from '../lang/rego/index.ts'
import type { Resource } from '../resource.ts'
import type { Tables } from '../vocabulary/load.ts'
import { battenLibrary, libraryName } from './batten-library.ts'
import { readData } from './data.ts'
import { type Found, findPolicies, type PassedOver } from './files.ts'
import { type Judgement, judge } from './judge.ts'
import { compileLibrary } from './library.ts'
import type { PolicyProblem, PolicyRule } from './rule.ts'
import { rulesOf } from './rules.ts'
import { scopesOf, type Unlisted } from './scope.ts'
import { readSidecar } from './sidecar.ts'

export type { Denial } from './denial.ts'
export type { Judgement, Violation } from './judge.ts'
export type { Spot } from './link.ts'
export type { PolicyProblem, PolicyRule } from './rule.ts'
export { say } from './rule.ts'
export type { Note } from './values.ts'

/** The policies of a scan, compiled. */
export interface Policies {
  readonly rules: readonly PolicyRule[]
  /** What is wrong: those policies do not run. */
  readonly problems: readonly PolicyProblem[]
  /** Names of the files that run. */
  readonly loaded: readonly string[]
  readonly passedOver: readonly PassedOver[]
  readonly policy: Policy
  readonly data: object
  /** What was compiled, `data.batten` too, and its texts by file. */
  readonly modules: readonly Module[]
  readonly texts: ReadonlyMap<string, string>
}

/** Reads the policies under folders; throws UserError where a folder is not there or holds none. */
export function readPolicies(folders: readonly string[], cwd: string): Policies {
  return compilePolicies(findPolicies(folders, cwd))
}

export function compilePolicies(found: Found): Policies {
  const files = [{ name: libraryName, text: battenLibrary }, ...found.policies]
  const { policy, modules, problems } = compileLibrary(files)
  const { data, problems: badData } = readData(found.data)
  const sidecars = new Map(
    found.sidecars.map(file => [file.name.replace(/\.ya?ml$/, '.rego'), readSidecar(file)]),
  )
  const own = modules.filter(({ file }) => file !== libraryName)
  const { rules, problems: badRules } = rulesOf(own, sidecars, data)
  const all = [
    ...found.problems,
    ...problems,
    ...badData,
    ...[...sidecars.values()].flatMap(sidecar => sidecar.problems),
    ...badRules,
  ]
  return {
    rules,
    problems: all.sort(byPlace),
    loaded: own.map(({ file }) => file),
    passedOver: [
      ...found.passedOver,
      ...found.tests.map(({ name }) => ({ name, why: 'holds tests (batten policy test)' })),
    ],
    policy,
    data,
    modules,
    texts: new Map(files.map(({ name, text }) => [name, text])),
  }
}

export interface JudgeInput {
  /** Folded. */
  readonly resources: readonly Resource[]
  readonly tables: Tables
  readonly accountTags: Readonly<Record<string, string>>
  /** Live: why resources of a type may be there that nobody could list. */
  readonly unlisted?: Unlisted | undefined
  readonly now: Date
  readonly signal?: AbortSignal | undefined
}

/** Runs each rule once per root module or account. */
export function* judgePolicies(
  { policy, data }: Policies,
  rules: readonly PolicyRule[],
  { resources, tables, accountTags, unlisted, now, signal }: JudgeInput,
): Generator<Judgement> {
  const types = new Set(rules.flatMap(rule => rule.types))
  for (const scope of scopesOf(resources, { tables, accountTags, types, unlisted }))
    for (const rule of rules) {
      if (signal?.aborted) return
      yield judge(rule, scope, { policy, data, now })
    }
}

function byPlace(a: PolicyProblem, b: PolicyProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.row - b.row || a.col - b.col
}
