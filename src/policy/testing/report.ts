import { jsonText, plain } from '../../text.ts'
import type { Coverage, Range } from './coverage.ts'
import type { Explained } from './probe.ts'
import type { Outcome, TestCase, TestResult } from './run.ts'

export interface TestReport {
  readonly results: readonly TestResult[]
  /** Why a test or one of its cases fails. */
  readonly explain: (result: TestResult, at: number | null) => Explained | null
  readonly coverage: Coverage | null
}

/** For people: what does not pass with its reason, and the counts. */
export function* prettyTests(
  report: TestReport,
  { verbose }: { readonly verbose: boolean },
): Generator<string> {
  const shown = report.results.filter(({ outcome }) => verbose || outcome !== 'pass')
  for (const result of shown) yield* resultLines(result, report, verbose)
  if (shown.length > 0) yield '-'.repeat(80)
  const outcomes = report.results.flatMap(outcomesOf)
  const { length } = outcomes
  for (const outcome of ['pass', 'fail', 'skip', 'error'] as const) {
    const count = outcomes.filter(each => each === outcome).length
    if (count > 0) yield `${labels[outcome]}: ${count}/${length}`
  }
  if (length === 0) yield 'no tests'
  if (report.coverage) yield* coverageLines(report.coverage)
}

/** A parameterised test counts by its cases. */
function outcomesOf({ outcome, cases }: TestResult): readonly Outcome[] {
  if (outcome === 'error' || cases.length === 0) return [outcome]
  return cases.map(({ isFailing }) => (isFailing ? 'fail' : 'pass'))
}

const labels: Readonly<Record<Outcome, string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  skip: 'SKIPPED',
  error: 'ERROR',
}

function* resultLines(result: TestResult, report: TestReport, verbose: boolean): Generator<string> {
  const { test, outcome, nanoseconds, cases, error, printed } = result
  const time = outcome === 'skip' || !verbose ? '' : ` (${duration(nanoseconds)})`
  yield `${test.file}:${test.row}: ${nameOf(result)}: ${labels[outcome]}${time}`
  for (const [at, { name, isFailing }] of cases.entries()) {
    if (!isFailing && !verbose) continue
    yield plain(`  ${name.join(' / ')}: ${isFailing ? 'FAIL' : 'PASS'}`)
    if (isFailing) yield* explained(report.explain(result, at), '    ')
  }
  if (error !== null) yield plain(`  ${error.message}`)
  if (outcome === 'fail' && cases.length === 0) yield* explained(report.explain(result, null), '  ')
  for (const line of printed) yield plain(`  print: ${line}`)
}

function* explained(found: Explained | null, indent: string): Generator<string> {
  if (found === null) return
  const [first = '', ...more] = found.text.split('\n')
  yield plain(`${indent}${found.file}:${found.row}: ${first}`)
  for (const line of more) yield plain(`${indent}  ${line.trimEnd()}`)
  for (const { text, value } of found.parts)
    yield plain(`${indent}  ${text.replace(/\s+/g, ' ')}: ${value}`)
}

function* coverageLines({ files, percent }: Coverage): Generator<string> {
  for (const { file, notCovered, percent } of files)
    if (notCovered.length > 0)
      yield `${file}: ${rounded(percent)}% covered, not lines ${notCovered.map(rangeText).join(', ')}`
  yield `coverage: ${rounded(percent)}%`
}

function rangeText([from, to]: Range): string {
  return from === to ? String(from) : `${from}–${to}`
}

export function rounded(percent: number): string {
  return (Math.floor(percent * 100) / 100).toString()
}

function nameOf({ test }: TestResult): string {
  return `${test.package}.${test.name}`
}

function duration(nanoseconds: number): string {
  if (nanoseconds < 1_000_000) return `${(nanoseconds / 1000).toFixed(1)}µs`
  if (nanoseconds < 1_000_000_000) return `${(nanoseconds / 1_000_000).toFixed(1)}ms`
  return `${(nanoseconds / 1_000_000_000).toFixed(2)}s`
}

/** As `opa test --format json` gives it; coverage, if asked for, beside the tests. */
export function jsonTests(report: TestReport): string {
  const tests = report.results.map(result => {
    const { test, outcome, nanoseconds, error, printed, cases } = result
    const { file, row, col } = test
    return {
      location: { file, row, col },
      package: test.package,
      name: test.name,
      ...(outcome === 'fail' && { fail: true }),
      ...(outcome === 'skip' && { skip: true }),
      ...(error && {
        error: { code: error.code, message: error.reason, location: error.location ?? null },
      }),
      ...(printed.length > 0 && { output: base64(printed) }),
      ...(cases.length > 0 && { sub_results: subResults(cases, 0) }),
      duration: nanoseconds,
    }
  })
  const { coverage } = report
  const body = coverage === null ? tests : { tests, coverage: coverageJson(coverage) }
  return `${jsonText(body, 2)}\n`
}

/** As Go writes bytes. */
function base64(lines: readonly string[]): string {
  return Buffer.from(lines.map(line => `${line}\n`).join('')).toString('base64')
}

/** A level for each part of the cases' names. */
function subResults(cases: readonly TestCase[], depth: number): Readonly<Record<string, object>> {
  const groups = new Map<string, TestCase[]>()
  for (const each of cases) {
    const key = each.name[depth]
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return Object.fromEntries(
    [...groups].map(([name, group]) => {
      const isDeeper = group.some(each => each.name.length > depth + 1)
      const fail = group.some(({ isFailing }) => isFailing)
      return [
        name,
        {
          name,
          ...(fail && { fail }),
          ...(isDeeper && { sub_results: subResults(group, depth + 1) }),
        },
      ]
    }),
  )
}

function coverageJson({ files, covered, notCovered, percent }: Coverage) {
  return {
    files: Object.fromEntries(
      files.map(file => [
        file.file,
        {
          covered: file.covered.map(rangeJson),
          not_covered: file.notCovered.map(rangeJson),
          covered_lines: file.coveredLines,
          not_covered_lines: file.notCoveredLines,
          coverage: file.percent,
        },
      ]),
    ),
    covered_lines: covered,
    not_covered_lines: notCovered,
    coverage: percent,
  }
}

function rangeJson([from, to]: Range) {
  return { start: { row: from }, end: { row: to } }
}

export function junitTests(report: TestReport): string {
  const groups = new Map<string, TestResult[]>()
  for (const result of report.results)
    groups.set(result.test.package, [...(groups.get(result.test.package) ?? []), result])
  const suites = [...groups].map(([name, results]) => suite(name, results, report))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`
}

function suite(name: string, results: readonly TestResult[], report: TestReport): string {
  const count = (outcome: Outcome): number =>
    results.filter(each => each.outcome === outcome).length
  const seconds = results.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0) / 1e9
  const head = `name="${xml(name)}" tests="${results.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('skip')}" time="${seconds.toFixed(6)}"`
  return `  <testsuite ${head}>\n${results.map(result => testCase(result, report)).join('')}  </testsuite>\n`
}

function testCase(result: TestResult, report: TestReport): string {
  const { test, outcome, nanoseconds, error } = result
  const head = `    <testcase classname="${xml(test.package)}" name="${xml(test.name)}" file="${xml(test.file)}" line="${test.row}" time="${(nanoseconds / 1e9).toFixed(6)}"`
  if (outcome === 'pass') return `${head}/>\n`
  if (outcome === 'skip') return `${head}><skipped/></testcase>\n`
  if (error) return `${head}><error message="${xml(error.message)}"/></testcase>\n`
  const lines = [...resultLines(result, report, false)]
  return `${head}><failure message="${xml(lines[1] ?? '')}">${xml(lines.join('\n'))}</failure></testcase>\n`
}

function xml(text: string): string {
  return plainish(text).replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}

/** XML 1.0 has no other control characters. */
function plainish(text: string): string {
  return text.split('\n').map(plain).join('\n')
}
