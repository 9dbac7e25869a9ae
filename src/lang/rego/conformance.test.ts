import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, RegoError } from './index.ts'

/** OPA's own cases are not ours: they are run where they have been laid beside the repository. */
const folder = join(import.meta.dirname, '../../../../shared/rego-cases')

interface Case {
  readonly note: string
  readonly query: string
  readonly modules?: readonly string[]
  readonly data?: unknown
  readonly input?: unknown
  readonly input_term?: string
  readonly want_result?: readonly Bindings[]
  readonly want_error?: string
  readonly want_error_code?: string
  readonly strict_error?: boolean
  readonly sort_bindings?: boolean
  readonly ignore_generated_vars?: boolean
}

type Bindings = { readonly [name: string]: unknown }

/** They need the network, or a builtin that only OPA's tests have. */
const outside = /http\.send|net\.lookup_ip_addr|opa\.runtime|test\.sleep/

/** What is left, and why. */
const known: { readonly [version: string]: readonly string[] } = {
  v1: [],
  // Its schema uses a directive that it does not declare: OPA refuses that since its version 1.
  v0: ['graphql_schema_is_valid/success-schema-extensions directive only'],
}

describe.each(['v1', 'v0'] as const)('OPA conformance, %s', version => {
  const file = join(folder, `${version}.jsonl`)
  test.skipIf(!existsSync(file))(
    'every case that needs no network (skipped without the cases)',
    () => {
      const failed: string[] = []
      let count = 0
      for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
        if (outside.test(line)) continue
        const each: Case = JSON.parse(line)
        count++
        const problem = run(each, version)
        if (problem !== undefined) failed.push(each.note)
      }
      expect(count).toBeGreaterThan(1600)
      expect(failed).toEqual(known[version])
    },
  )
})

function run(each: Case, version: 'v1' | 'v0'): string | undefined {
  const { want_error: error, want_error_code: code } = each
  try {
    const files = Object.fromEntries(
      (each.modules ?? []).map((module, i) => [`test-${i}.rego`, module]),
    )
    const found = compile(files, { version }).query(each.query, {
      input: each.input,
      inputTerm: each.input_term,
      data: each.data ?? {},
      strictBuiltinErrors: each.strict_error ?? false,
    })
    if (error !== undefined || code !== undefined) return 'no error'
    const [got, want] = [normal(each, found), normal(each, each.want_result ?? [])]
    return got === want ? undefined : `${got} is not ${want}`
  } catch (thrown) {
    if (!(thrown instanceof RegoError)) throw thrown
    const fits =
      code === undefined
        ? error !== undefined && thrown.message.includes(error)
        : thrown.code === code
    return fits ? undefined : thrown.message
  }
}

/** Solutions in no order, members of objects in theirs. */
function normal(each: Case, solutions: readonly Bindings[]): string {
  return solutions
    .map(bindings =>
      Object.entries(bindings)
        .filter(([name]) => each.ignore_generated_vars !== true || !/^(?:__local|\$)/.test(name))
        .map(([name, value]) => [name, each.sort_bindings === true ? sorted(value) : value]),
    )
    .map(entries => stable(Object.fromEntries(entries)))
    .sort()
    .join('\n')
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted((a, b) => (stable(a) < stable(b) ? -1 : 1)) : value
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
