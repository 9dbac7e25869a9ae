import type { HostFunction } from './builtins/host.ts'
import { builtinTable } from './builtins/index.ts'
import { compileModules } from './compile/compiler.ts'
import type { Warning } from './compile/unit.ts'
import { RegoError } from './error.ts'
import { type Budget, defaultBudget, type Machine } from './eval/machine.ts'
import type { Program } from './eval/program.ts'
import { type Bindings, compileQuery, valueAt } from './eval/query.ts'
import { constant } from './eval/terms.ts'
import { type Heard, type Made, Trace } from './eval/trace.ts'
import type { Module } from './syntax/ast.ts'
import { parseModule, parseQueryText, parseTermText } from './syntax/module.ts'
import type { Type } from './types/type.ts'
import { type Json, toJson } from './value/json.ts'
import { define } from './value/object.ts'
import type { Value } from './value/value.ts'

export interface CompileOptions {
  /** How the files are read; `import rego.v1` in a v0 file counts too. */
  readonly version?: 'v0' | 'v1'
  /** Refuses what OPA refuses with `--strict`, and what only this engine accepts. */
  readonly strict?: boolean
  /** Functions of the host, by the name that policies call them by: `acme.owner`. */
  readonly functions?: { readonly [name: string]: HostFunction }
}

export interface QueryOptions {
  readonly input?: unknown
  /** The input as a Rego term, where JSON cannot say it. */
  readonly inputTerm?: string | undefined
  readonly data?: unknown
  /** A builtin's failure ends the query instead of making the call undefined. */
  readonly strictBuiltinErrors?: boolean
  readonly budget?: Partial<Budget>
  /** Nanoseconds since 1970. */
  readonly now?: bigint
  readonly seed?: string
  /** Hears of rules that are watched, and of what is unknown. */
  readonly trace?: Trace
}

export interface Policy {
  /** OPA's list of bindings: one object a solution. */
  readonly query: (
    text: string,
    options?: QueryOptions,
  ) => readonly { readonly [name: string]: Json }[]
  /** What stands at a path below `data`, without a query that has to be compiled first. */
  readonly value: (path: readonly string[], options?: QueryOptions) => Json | undefined
  readonly warnings: readonly Warning[]
}

export function compile(
  files: { readonly [file: string]: string },
  options: CompileOptions = {},
): Policy {
  const version = options.version ?? 'v1'
  return link(
    Object.entries(files).map(([file, text]) => parseModule(file, text, version)),
    options,
  )
}

export interface LinkOptions extends CompileOptions {
  /** Rules of which `trace` hears every solution, by their path below `data`. */
  readonly isWatched?: (path: readonly Value[]) => boolean
  /** Whether `trace` hears of every literal and rule, for coverage. */
  readonly observe?: boolean
  /** What `input` is: a reference that leads to nothing in it is an error. */
  readonly inputType?: Type
}

/** Compiles modules that were parsed apart, of both dialects if need be; `version` is that of queries. */
export function link(
  modules: readonly Module[],
  {
    version = 'v1',
    strict = false,
    functions,
    isWatched,
    observe = false,
    inputType,
  }: LinkOptions = {},
): Policy {
  const compiled = guardStack(() =>
    compileModules(modules, builtinTable(functions), strict, inputType),
  )
  const { warnings, compileQuery: prepare } = compiled
  const program: Program = { ...compiled.program, isWatched, isObserved: observe }
  const patterns = new Map<string, Map<string, unknown>>()
  const queries = new Map<string, (m: Machine) => readonly Bindings[]>()
  const query: Policy['query'] = (text, options = {}) => {
    let run = queries.get(text)
    if (run === undefined) {
      const body = parseQueryText('', text, version)
      run = guardStack(() => compileQuery(program, prepare(body)))
      queries.set(text, run)
    }
    return run(newMachine(options, patterns, version === 'v0')).map(toBindings)
  }
  const value: Policy['value'] = (path, options = {}) => {
    const found = valueAt(newMachine(options, patterns, version === 'v0'), program, path)
    return found === undefined ? undefined : toJson(found)
  }
  return { query, value, warnings }
}

function guardStack<T>(compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RegoError('rego_compile_error', 'the policy is nested too deeply')
  }
}

function newMachine(
  options: QueryOptions,
  patterns: Machine['patterns'],
  legacy: boolean,
): Machine {
  const input =
    options.inputTerm === undefined
      ? (options.input as Value | undefined)
      : constant(parseTermText('input', options.inputTerm))
  return {
    context: {
      outer: undefined,
      input,
      base: (options.data ?? {}) as Value,
      cache: [],
      masks: undefined,
      mocks: undefined,
    },
    strict: options.strictBuiltinErrors ?? false,
    legacy,
    now: options.now ?? BigInt(Date.now()) * 1_000_000n,
    seed: options.seed ?? '',
    trace: options.trace,
    memo: new Map(),
    patterns,
    lists: [],
    budget: { ...defaultBudget, ...options.budget },
    steps: 0,
    depth: 0,
    memory: 0,
  }
}

function toBindings(bindings: Bindings): { readonly [name: string]: Json } {
  const object: { [name: string]: Json } = {}
  for (const [name, value] of bindings) define(object, name, toJson(value))
  return object
}

export type { Heard, HostFunction, Json, Made, Module, Value, Warning }
export { parseModule, RegoError, Trace }
