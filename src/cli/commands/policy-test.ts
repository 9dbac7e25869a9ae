import { UserError } from '../../errors.ts'
import { type Module, parseModule, RegoError } from '../../lang/rego/index.ts'
import { battenLibrary, libraryName } from '../../policy/batten-library.ts'
import { readData } from '../../policy/data.ts'
import { findPolicies, type PolicyFile } from '../../policy/files.ts'
import { parsePolicy, problemsOf } from '../../policy/parse.ts'
import { type PolicyProblem, say } from '../../policy/rule.ts'
import { coverage } from '../../policy/testing/coverage.ts'
import { explain } from '../../policy/testing/probe.ts'
import {
  jsonTests,
  junitTests,
  prettyTests,
  rounded,
  type TestReport,
} from '../../policy/testing/report.ts'
import { runTests, type TestOptions, type TestResult } from '../../policy/testing/run.ts'
import { plain } from '../../text.ts'
import { parseArguments } from '../arguments.ts'
import type { Flag } from '../flags.ts'
import { compiled, engineFlag, testsByOpa } from '../policy-engine.ts'
import { configFlag, policyPaths } from '../policy-paths.ts'

export const flags: readonly Flag[] = [
  {
    name: 'run',
    kind: 'text',
    value: 'REGEX',
    group: 'select',
    help: 'only tests whose data.package.name matches',
  },
  { name: 'verbose', short: 'v', kind: 'boolean', group: 'report', help: 'show what passes too' },
  {
    name: 'coverage',
    kind: 'boolean',
    group: 'report',
    help: 'tell which lines of the policies the tests reach',
  },
  {
    name: 'threshold',
    kind: 'number',
    most: 100,
    value: 'PERCENT',
    group: 'exit',
    help: 'exit 1 where they reach less (implies --coverage)',
  },
  {
    name: 'format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['pretty', 'json', 'junit'],
    group: 'report',
    help: 'how to print (default pretty)',
  },
  ...engineFlag,
  configFlag,
]

/** `batten policy test [PATH…]`: 0 where all pass, 1 where one fails, 2 where they do not compile. */
export default async function policyTest(args: readonly string[]): Promise<number> {
  const about = 'Run the test_ rules of policies.'
  const parsed = parseArguments({ name: 'policy test', about, paths: '[PATH…]' }, flags, args)
  const { run, verbose, threshold, format = 'pretty' } = parsed.flags
  const found = findPolicies(await policyPaths(parsed.paths, parsed.flags), process.cwd())
  const files = [...found.policies, ...found.tests]
  const { data, problems } = readData(found.data)
  const modules = parseAll(files, [...found.problems, ...problems].map(say))
  if (modules === null) return 2
  const covered = modules.filter(({ file }) => found.policies.some(({ name }) => name === file))
  const lines = parsed.flags.coverage === true || threshold !== undefined ? coverage(covered) : null
  const all = [parseModule(libraryName, battenLibrary, 'v1'), ...modules]
  const options = {
    data,
    only: typeof run === 'string' ? pattern(run) : undefined,
    clock: process.hrtime.bigint,
    now: new Date(),
  }
  const tested = await compiled(() =>
    parsed.flags.engine === 'opa'
      ? testsByOpa(
          { modules: all, files, data },
          { ...options, run: typeof run === 'string' ? run : undefined, covered: lines && covered },
        )
      : testsHere(all, options, lines),
  )
  if (tested === null) return 2
  if (lines && tested.coverage === null)
    process.stderr.write('batten: opa tells no coverage while a test fails\n')
  const { results } = tested
  const report: TestReport = {
    results,
    explain: explaining(results, { modules: all, files, data }),
    coverage: tested.coverage,
  }
  process.stdout.write(printed(report, String(format), verbose === true))
  return exitOf(report, threshold)
}

function testsHere(
  modules: readonly Module[],
  options: TestOptions,
  lines: ReturnType<typeof coverage> | null,
) {
  const heard = lines && { onLiteral: lines.onLiteral, onRule: lines.onRule }
  const results = runTests(modules, { ...options, ...heard })
  return { results, coverage: lines?.report() ?? null }
}

function printed(report: TestReport, format: string, verbose: boolean): string {
  if (format === 'json') return jsonTests(report)
  if (format === 'junit') return junitTests(report)
  return `${[...prettyTests(report, { verbose })].join('\n')}\n`
}

function exitOf({ results, coverage }: TestReport, threshold: unknown): number {
  if (results.length === 0) process.stderr.write('batten: no tests ran\n')
  const isShort = coverage !== null && typeof threshold === 'number' && coverage.percent < threshold
  if (isShort)
    process.stderr.write(`batten: ${rounded(coverage.percent)}% covered, ${threshold}% wanted\n`)
  const fails = results.some(({ outcome }) => outcome === 'fail' || outcome === 'error')
  return fails || isShort ? 1 : 0
}

/** All failing expressions at once, when the first is asked for. */
function explaining(
  results: readonly TestResult[],
  {
    modules,
    files,
    data,
  }: { modules: readonly Module[]; files: readonly PolicyFile[]; data: object },
): TestReport['explain'] {
  const answers = once(() => {
    const questions = results.flatMap(({ failing, cases, test }) => {
      const module = modules.find(({ file }) => file === test.file)
      const source = files.find(({ name }) => name === test.file)?.text
      if (!module || source === undefined) return []
      return [failing, ...cases.map(each => each.failing)].flatMap(each =>
        each ? [{ failing: each, module, source }] : [],
      )
    })
    const explained = explain(questions, { modules, data })
    return new Map(questions.map(({ failing }, at) => [failing, explained[at] ?? null]))
  })
  return ({ failing, cases }, at) => {
    const asked = at === null ? failing : cases[at]?.failing
    return asked ? (answers().get(asked) ?? null) : null
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** All mistakes at once; null where there are any. */
export function parseAll(
  files: readonly PolicyFile[],
  mistakes: readonly string[],
): readonly Module[] | null {
  const { modules, problems } = parseEach(files)
  const lines = [...mistakes, ...problems.map(say)]
  for (const line of lines) process.stderr.write(`${plain(line)}\n`)
  return lines.length > 0 ? null : modules
}

export function parseEach(files: readonly PolicyFile[]): {
  readonly modules: readonly Module[]
  readonly problems: readonly PolicyProblem[]
} {
  const problems: PolicyProblem[] = []
  const modules = files.flatMap(({ name, text }) => {
    const parsed = parsePolicy(name, text)
    if (!(parsed instanceof RegoError)) return [parsed]
    problems.push(...problemsOf(parsed, name))
    return []
  })
  return { modules, problems }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    throw new UserError(`--run '${text}' is no regular expression`)
  }
}
