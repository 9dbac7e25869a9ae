import { link, type Module, RegoError } from '../lang/rego/index.ts'
import { battenLibrary, libraryName } from '../policy/batten-library.ts'
import type { PolicyFile } from '../policy/files.ts'
import type { Program } from '../policy/opa/bundle.ts'
import type { OpaTests } from '../policy/opa/tests.ts'
import { problemsOf } from '../policy/parse.ts'
import { say } from '../policy/rule.ts'
import { runTests, type TestOptions, type TestResult } from '../policy/testing/run.ts'
import { plain } from '../text.ts'
import { scanFlags } from './flags.ts'

export const engineFlag = scanFlags.filter(({ name }) => name === 'engine')

interface Sources {
  readonly modules: readonly Module[]
  readonly files: readonly Pick<PolicyFile, 'name' | 'text'>[]
  readonly data: object
}

/** Runs tests by the user's own opa. */
export async function testsByOpa(
  sources: Sources,
  {
    run,
    covered,
    ...options
  }: TestOptions & {
    readonly run: string | undefined
    readonly covered: readonly Module[] | null
  },
): Promise<OpaTests> {
  const [{ findOpa }, { withOpa }, { testByOpa }] = await Promise.all([
    import('../policy/opa/binary.ts'),
    import('../policy/opa/session.ts'),
    import('../policy/opa/tests.ts'),
  ])
  const opa = await findOpa(process.env)
  const found = await withOpa(opa, session =>
    testByOpa(session, programOf(sources), { only: run, covered }),
  )
  const hasFailed = found.results.some(({ outcome }) => outcome === 'fail')
  return hasFailed ? { ...found, results: explained(found.results, sources, options) } : found
}

/** The engine here tells why, where it comes to the same. */
function explained(
  results: readonly TestResult[],
  { modules }: Sources,
  options: TestOptions,
): readonly TestResult[] {
  const own = new Map(attempt(() => runTests(modules, options))?.map(each => [keyOf(each), each]))
  return results.map(result => {
    const traced = own.get(keyOf(result))
    if (result.outcome !== 'fail' || traced === undefined) return result
    const cases = result.cases.map(each => {
      const same = traced.cases.find(({ name }) => name.join('\n') === each.name.join('\n'))
      return { ...each, failing: same?.failing ?? null }
    })
    return { ...result, cases, failing: traced.failing }
  })
}

function keyOf({ test }: TestResult): string {
  return `${test.package}.${test.name}`
}

/** Evaluates a query by the user's own opa. */
export async function evalByOpa(query: string, sources: Sources, input: unknown) {
  const [{ findOpa }, { withOpa }, { queryByOpa }] = await Promise.all([
    import('../policy/opa/binary.ts'),
    import('../policy/opa/session.ts'),
    import('../policy/opa/evaluate.ts'),
  ])
  const opa = await findOpa(process.env)
  return withOpa(opa, session => queryByOpa(session, programOf(sources), query, input))
}

function programOf({ modules, files, data }: Sources): Program {
  const texts = new Map(files.map(({ name, text }) => [name, text]))
  texts.set(libraryName, battenLibrary)
  return {
    modules,
    textOf: file => texts.get(file) ?? '',
    // What does not compile here, opa may know better.
    warnings: attempt(() => link(modules).warnings) ?? [],
    data,
  }
}

function attempt<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof RegoError) return null
    throw error
  }
}

/** Says what does not compile; null where something does not. */
export async function compiled<T>(make: () => T | Promise<T>, file = ''): Promise<T | null> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    for (const problem of problemsOf(error, file)) process.stderr.write(`${plain(say(problem))}\n`)
    return null
  }
}
