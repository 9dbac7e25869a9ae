// The `test_` rules of a library here and in the real `opa test`:
//   npm run compare:rego -- tests FOLDER…     each is one library (several folders: A,B), v0 or v1 as its files are
// Functions that only that `opa` has (a build with builtins of its own) are lent to the policies by asking it.

import { builtinTable } from '../../src/lang/rego/builtins/index.ts'
import { type HostFunction, type Module, RegoError } from '../../src/lang/rego/index.ts'
import { findPolicies } from '../../src/policy/files.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { runTests } from '../../src/policy/testing/run.ts'
import { type Opa, runOpa, say } from './opa.ts'

export function compareTests(opa: Opa, folders: readonly string[]): boolean {
  const functions = lentFunctions(opa)
  const sum = { opa: 0, opaPassed: 0, ours: 0, passed: 0, differ: 0 }
  for (const folder of folders) {
    const [theirs, ours] = [opaTests(opa, folder), ourTests(folder, functions)]
    sum.opa += theirs.size
    sum.ours += ours.size
    sum.opaPassed += count(theirs)
    sum.passed += count(ours)
    for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
      const [a = 'none', b = 'none'] = [theirs.get(name), ours.get(name)]
      if (a === b) continue
      sum.differ++
      if (sum.differ <= 40) say(`${folder} ${name}: opa ${a}, here ${b}`)
    }
  }
  say(
    `opa ${opa.version}: ${sum.opaPassed} of ${sum.opa} tests pass; here ${sum.passed} of ${sum.ours}; ${sum.differ} differ`,
  )
  return sum.differ === 0 && sum.opa > 0
}

function count(outcomes: ReadonlyMap<string, string>): number {
  return [...outcomes.values()].filter(outcome => outcome === 'pass').length
}

function ourTests(
  folder: string,
  functions: Readonly<Record<string, HostFunction>>,
): ReadonlyMap<string, string> {
  const { policies, tests } = findPolicies(folder.split(','), process.cwd())
  let modules: readonly Module[] = [...policies, ...tests].flatMap(({ name, text }) => {
    const parsed = parsePolicy(name, text)
    if (!(parsed instanceof RegoError)) return [parsed]
    say(parsed.message)
    return []
  })
  for (;;) {
    try {
      const options = { data: {}, clock: () => 0n, now: new Date(), functions }
      return new Map(
        runTests(modules, options).flatMap(({ test, outcome, cases }) => [
          [nameOf(test), outcome] as const,
          ...cases.map(({ name, isFailing }) => {
            const each = [nameOf(test), ...name].join(' ')
            return [each, isFailing ? 'fail' : 'pass'] as const
          }),
        ]),
      )
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      const bad = new Set(error.errors.map(({ location }) => location?.file))
      for (const { message } of error.errors) say(`left out here: ${message}`)
      const kept = modules.filter(({ file }) => !bad.has(file))
      if (kept.length === modules.length) throw error
      modules = kept
    }
  }
}

interface OpaTest {
  readonly package: string
  readonly name: string
  readonly fail?: boolean
  readonly skip?: boolean
  readonly error?: unknown
  readonly sub_results?: Readonly<Record<string, SubResult>>
}

interface SubResult {
  readonly fail?: boolean
  readonly sub_results?: Readonly<Record<string, SubResult>>
}

function opaTests(opa: Opa, folder: string): ReadonlyMap<string, string> {
  const run = (dialect: readonly string[]): ReadonlyMap<string, string> => {
    const ignored = ['*.yaml', '*.yml', '*.json'].flatMap(glob => ['--ignore', glob])
    const { out, err, status } = runOpa(opa, [
      'test',
      '-f',
      'json',
      ...dialect,
      ...ignored,
      ...folder.split(','),
    ])
    try {
      const tests: readonly OpaTest[] = out.trim() === '' ? [] : JSON.parse(out)
      if (tests.length === 0 && status !== 0 && dialect.length > 0)
        say(`opa: ${err.trim().split('\n', 3).join(' ')}`)
      return new Map(
        tests.flatMap(test => [
          [nameOf(test), outcomeOf(test)] as const,
          ...casesOf(nameOf(test), test.sub_results ?? {}),
        ]),
      )
    } catch {
      throw new Error(out + err)
    }
  }
  const now = run([])
  return now.size === 0 ? run(['--v0-compatible']) : now
}

function nameOf(test: { readonly package: string; readonly name: string }): string {
  return `${test.package}.${test.name}`
}

function casesOf(
  name: string,
  results: Readonly<Record<string, SubResult>>,
): readonly (readonly [string, string])[] {
  return Object.entries(results).flatMap(([key, { fail, sub_results: deeper }]) =>
    deeper === undefined
      ? [[`${name} ${key}`, fail === true ? 'fail' : 'pass'] as const]
      : casesOf(`${name} ${key}`, deeper),
  )
}

function outcomeOf({ fail, skip, error }: OpaTest): string {
  if (error !== undefined) return 'error'
  if (skip === true) return 'skip'
  return fail === true ? 'fail' : 'pass'
}

/** A function of the host gives the same answer for the same arguments: each is asked for once. */
function lentFunctions(opa: Opa): Readonly<Record<string, HostFunction>> {
  const own = builtinTable(undefined)
  const { builtins }: { readonly builtins: readonly Declared[] } = JSON.parse(
    runOpa(opa, ['capabilities', '--current']).out,
  )
  return Object.fromEntries(
    builtins
      .filter(({ name }) => !own.has(name) && !refused.test(name))
      .map(({ name, decl }) => [name, lent(opa, name, decl.args?.length ?? 0)]),
  )
}

interface Declared {
  readonly name: string
  readonly decl: { readonly args?: readonly unknown[] }
}

const refused = /^(http|net|opa|internal)\./

function lent(opa: Opa, name: string, arity: number): HostFunction {
  const answers = new Map<string, unknown>()
  const ask = (call: string): unknown => {
    const query = `json.marshal(${call})`
    const { out, err, status } = runOpa(opa, [
      'eval',
      '-f',
      'raw',
      '--strict-builtin-errors',
      query,
    ])
    if (status !== 0) throw new Error(err || out)
    return /^-?\d+$/.test(out.trim()) ? BigInt(out) : JSON.parse(out)
  }
  return {
    arity,
    run: (...args) => {
      const call = `${name}(${args.map(arg => JSON.stringify(arg)).join(', ')})`
      if (!answers.has(call)) answers.set(call, ask(call))
      return answers.get(call)
    },
  }
}
