import type { Module } from '../../lang/rego/index.ts'
import { RegoError } from '../../lang/rego/index.ts'
import { isFields } from '../card.ts'
import { type Coverage, coverage, fileOf, type Range, summarise } from '../testing/coverage.ts'
import { prepareTests, type TestRule } from '../testing/prepare.ts'
import type { TestCase, TestResult } from '../testing/run.ts'
import type { Bundle, Program } from './bundle.ts'
import { answerOf, errorOf, errorsIn, type Session } from './session.ts'

export interface OpaTests {
  readonly results: readonly TestResult[]
  readonly coverage: Coverage | null
}

/** Runs the tests of a program; throws RegoError where opa refuses it. */
export async function testByOpa(
  session: Session,
  program: Program,
  {
    only,
    covered,
  }: { readonly only: string | undefined; readonly covered: readonly Module[] | null },
): Promise<OpaTests> {
  const bundle = session.open(program)
  const args = ['--timeout', '60s', ...(only === undefined ? [] : ['--run', only])]
  const answer = await ask(session, bundle, ['--verbose', '--explain', 'notes', ...args])
  const results = Array.isArray(answer) ? answer.filter(isFields) : []
  const { tests } = prepareTests(program.modules)
  const byPlace = new Map(results.map(each => [placeOf(each.location, bundle), each]))
  const found = tests.flatMap(test => {
    const own = byPlace.get(`${test.file}:${test.row}:${test.col}`)
    return own === undefined ? [] : [resultOf(test, own, bundle)]
  })
  // opa tells no coverage while a test fails.
  const isWhole = found.every(({ outcome }) => outcome === 'pass' || outcome === 'skip')
  const reached =
    covered && isWhole ? await ask(session, bundle, ['--coverage', ...args]) : undefined
  return {
    results: found,
    coverage: covered && isWhole ? coverageOf(reached, covered, bundle) : null,
  }
}

async function ask(session: Session, bundle: Bundle, args: readonly string[]): Promise<unknown> {
  const ended = await session.run(bundle, 'test', args)
  const refused = refusal(ended.err, bundle)
  if (refused !== null && ended.out.trim() === '') throw refused
  const answer = answerOf(ended, session.opa)
  const [error] = errorsIn(answer, bundle)
  if (error !== undefined) throw error
  return answer
}

/** opa test says on standard error, in words for people, what does not compile. */
function refusal(text: string, { nameOf }: Bundle): RegoError | null {
  const found = [...text.matchAll(/^(?:\d+ errors? occurred: ?)?(\S+\.rego):(\d+): (\w+): (.*)$/gm)]
  const errors = found.map(([, file = '', row, code, message]) =>
    errorOf({ message, code, location: { file, row, col: 1 } }, nameOf),
  )
  const [first] = errors
  return first === undefined
    ? null
    : new RegoError(first.code, first.reason, first.location, errors)
}

function placeOf(location: unknown, { nameOf }: Bundle): string {
  const { file, row, col } = isFields(location) ? location : {}
  return `${nameOf(String(file))}:${row}:${col}`
}

type Found = { readonly [name: string]: unknown }

function resultOf(test: TestRule, found: Found, { nameOf }: Bundle): TestResult {
  const { fail, skip, error, duration, output } = found
  const broken = isFields(error) ? errorOf(error, nameOf) : null
  return {
    test,
    outcome: skip === true ? 'skip' : broken !== null ? 'error' : fail === true ? 'fail' : 'pass',
    nanoseconds: typeof duration === 'number' ? duration : 0,
    cases: casesIn(found.sub_results, []),
    printed: typeof output === 'string' ? linesOf(output) : [],
    error: broken,
    failing: null,
  }
}

function casesIn(results: unknown, path: readonly string[]): readonly TestCase[] {
  if (!isFields(results)) return []
  return Object.entries(results).flatMap(([key, value]) => {
    const inner = isFields(value) ? value : {}
    const name = [...path, key]
    return isFields(inner.sub_results)
      ? casesIn(inner.sub_results, name)
      : [{ name, isFailing: inner.fail === true, failing: null }]
  })
}

function linesOf(base64: string): readonly string[] {
  return Buffer.from(base64, 'base64').toString('utf8').replace(/\n$/, '').split('\n')
}

/**
 * Of the policies alone. What opa says was reached counts; of a bundle it does not say what was not, so the lines that
 * there are come from here.
 */
function coverageOf(answer: unknown, covered: readonly Module[], { nameOf }: Bundle): Coverage {
  const files = isFields(answer) && isFields(answer.files) ? answer.files : {}
  const byName = new Map(Object.entries(files).map(([file, each]) => [nameOf(file), each]))
  const unreached = coverage(covered).report().files
  return summarise(
    unreached.map(({ file, notCovered }) => {
      const found = byName.get(file)
      const hit = new Set(isFields(found) ? rowsIn(rangesIn(found.covered)) : [])
      return fileOf(
        file,
        [...hit],
        rowsIn(notCovered).filter(row => !hit.has(row)),
      )
    }),
  )
}

function rangesIn(value: unknown): readonly Range[] {
  return (Array.isArray(value) ? value : []).filter(isFields).map(({ start, end }) => {
    const row = (at: unknown): number => (isFields(at) ? Number(at.row) : 0)
    return [row(start), row(end)]
  })
}

function rowsIn(ranges: readonly Range[]): readonly number[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at),
  )
}
