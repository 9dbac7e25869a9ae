import {
  type Heard,
  type HostFunction,
  type Json,
  link,
  type Module,
  type Policy,
  RegoError,
  Trace,
} from '../../lang/rego/index.ts'
import { writeJson } from '../../lang/rego/value/write-json.ts'
import { type Failing, following } from './failing.ts'
import { hostNames, prepareTests, type TestRule } from './prepare.ts'

export interface TestOptions {
  readonly data: object
  /** Only tests whose `data.package.name` matches. */
  readonly only?: RegExp | undefined
  /** Nanoseconds; an argument, so that a test of this gives equal reports. */
  readonly clock: () => bigint
  readonly now: Date
  /** Hears of every literal and rule. */
  readonly onLiteral?: (heard: Heard) => void
  readonly onRule?: (loc: Heard['loc']) => void
  /** Functions of the host that the policies call. */
  readonly functions?: Readonly<Record<string, HostFunction>>
}

export type Outcome = 'pass' | 'fail' | 'error' | 'skip'

export interface TestResult {
  readonly test: TestRule
  readonly outcome: Outcome
  readonly nanoseconds: number
  /** Of a parameterised test: each case and whether it holds. */
  readonly cases: readonly TestCase[]
  readonly printed: readonly string[]
  readonly error: RegoError | null
  readonly failing: Failing | null
}

export interface TestCase {
  readonly name: readonly string[]
  readonly isFailing: boolean
  readonly failing: Failing | null
}

/**
 * Runs the tests of modules that were parsed; throws RegoError where they do not compile. Those that fail run again,
 * watched, so that it can be told where.
 */
export function runTests(sources: readonly Module[], options: TestOptions): readonly TestResult[] {
  const { modules, tests } = prepareTests(sources)
  const heard: Hearing = { cases: new Map(), printed: [], enterCase: () => {} }
  const functions = { ...options.functions, ...functionsOf(heard) }
  const isHeard = options.onLiteral !== undefined || options.onRule !== undefined
  const policy = link(modules, { observe: isHeard, functions })
  const wanted = tests.filter(
    test => options.only === undefined || options.only.test(`${test.package}.${test.name}`),
  )
  const results = wanted.map(test => runTest(test, policy, heard, options, isHeard))
  if (isHeard || results.every(({ outcome }) => outcome !== 'fail')) return results
  const observed = link(modules, { observe: true, functions })
  return results.map(result => {
    if (result.outcome !== 'fail') return result
    const { nanoseconds } = result
    return { ...runTest(result.test, observed, heard, options, true), nanoseconds }
  })
}

interface Hearing {
  readonly cases: Map<string, readonly string[]>
  printed: string[]
  enterCase: (key: string) => void
}

function functionsOf(heard: Hearing) {
  return {
    [hostNames.testCase]: {
      arity: 1,
      run: (keys: Json) => {
        const path = Array.isArray(keys)
          ? keys.map(key => (typeof key === 'string' ? key : JSON.stringify(key)))
          : []
        heard.cases.set(JSON.stringify(path), path)
        heard.enterCase(JSON.stringify(path))
        return true
      },
    },
    [hostNames.print]: {
      arity: 1,
      run: (values: Json) => {
        const words = Array.isArray(values) ? values.map(printed) : []
        heard.printed.push(words.join(' '))
        return true
      },
    },
  }
}

function printed(set: Json): string {
  const [value] = Array.isArray(set) ? set : []
  if (value === undefined) return '<undefined>'
  return typeof value === 'string' ? value : writeJson(value)
}

function runTest(
  test: TestRule,
  policy: Policy,
  heard: Hearing,
  { data, clock, now, onLiteral, onRule }: TestOptions,
  isObserved: boolean,
): TestResult {
  const none = { cases: [], printed: [], error: null, failing: null }
  if (test.isSkipped) return { test, outcome: 'skip', nanoseconds: 0, ...none }
  heard.cases.clear()
  heard.printed = []
  const reached = isObserved ? following(test.rule) : null
  heard.enterCase = name => reached?.enterCase(name)
  const trace = new Trace({
    onLiteral(literal) {
      reached?.hear(literal)
      onLiteral?.(literal)
    },
    ...(onRule && { onRule }),
  })
  const started = clock()
  let value: Json | undefined
  let error: RegoError | null = null
  try {
    value = policy.value(test.path, {
      data,
      now: BigInt(now.getTime()) * 1_000_000n,
      ...(isObserved && { trace }),
    })
  } catch (thrown) {
    if (!(thrown instanceof RegoError)) throw thrown
    error = thrown
  }
  const nanoseconds = Number(clock() - started)
  const cases = [...heard.cases].map(([key, name]) => {
    const isFailing = !holds(at(value, name))
    return { name, isFailing, failing: isFailing ? (reached?.last(key) ?? null) : null }
  })
  const isPassing = cases.length > 0 ? cases.every(({ isFailing }) => !isFailing) : holds(value)
  const outcome = error !== null ? 'error' : isPassing ? 'pass' : 'fail'
  const failing = outcome === 'fail' && cases.length === 0 ? (reached?.last() ?? null) : null
  return { test, outcome, nanoseconds, cases, printed: heard.printed, error, failing }
}

function holds(value: Json | undefined): boolean {
  return value === true
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let here = value
  for (const key of path)
    here =
      typeof here === 'object' && here !== null && !Array.isArray(here) && Object.hasOwn(here, key)
        ? (here as { readonly [key: string]: Json })[key]
        : undefined
  return here
}
