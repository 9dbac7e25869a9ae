import { RegoError } from '../error.ts'
import type { Value } from '../value/value.ts'
import type { Document } from './documents.ts'
import type { Trace } from './trace.ts'

/** What one query runs on. */
export interface Machine {
  /** What `with` replaces, and what was computed under it. */
  context: Context
  readonly strict: boolean
  /** Gives what OPA before its version 1 gave, where that differs. */
  readonly legacy: boolean
  /** The clock, in nanoseconds: the same for the whole query. */
  readonly now: bigint
  readonly seed: string
  /** Answers of functions that have to stay the same during a query. */
  readonly memo: Map<string, Value>
  /** What builtins made of patterns and the like, by kind and text. */
  readonly patterns: Patterns
  /** Arrays that comprehensions are making, the innermost last. */
  readonly lists: Value[][]
  /** The host that wants to hear of the evaluation. */
  readonly trace: Trace | undefined
  readonly budget: Budget
  steps: number
  depth: number
  memory: number
}

export type Patterns = Map<string, Map<string, unknown>>

const maxPatterns = 1000

/** `make` always makes the same of the same text. */
export function remembered<T>({ patterns }: Machine, kind: string, text: string, make: () => T): T {
  let known = patterns.get(kind)
  if (known === undefined) {
    known = new Map()
    patterns.set(kind, known)
  }
  const old = known.get(text)
  if (old !== undefined) return old as T
  const made = make()
  if (known.size >= maxPatterns) known.clear()
  known.set(text, made)
  return made
}

export interface Budget {
  readonly steps: number
  readonly depth: number
  /** Elements and characters that may be made, about. */
  readonly memory: number
}

export const defaultBudget: Budget = { steps: 100_000_000, depth: 5000, memory: 200_000_000 }

export interface Context {
  readonly outer: Context | undefined
  readonly input: Value | undefined
  readonly base: Value
  /** Values of rules by document number. */
  readonly cache: (Value | Absent | undefined)[]
  /** Documents that `with data.…` has replaced, as deep as they go. */
  readonly masks: ReadonlySet<Document> | undefined
  readonly mocks: ReadonlyMap<string, Mock> | undefined
}

/** What `with f as …` puts in the place of a function. */
export type Mock =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'function'; readonly name: string; readonly document: Document | undefined }

/** Stands in the cache for a rule that is undefined. */
export class Absent {
  readonly kind = 'absent'
}

export const absent = new Absent()

/** Variables of one rule's evaluation, by slot. Slot 0 is the result or what it is gathered in. */
export type Frame = (Value | undefined)[]
export type Get = (m: Machine, f: Frame) => Value | undefined
export type Test = (m: Machine, f: Frame) => boolean
/** Runs the rest of a body; true where it found at least one solution. */
export type Next = (m: Machine, f: Frame) => boolean
/** As Next, for a value that is being taken apart. */
export type Take = (m: Machine, f: Frame, value: Value) => boolean

export function step(m: Machine): void {
  if (++m.steps > m.budget.steps) exceed('steps', m.budget.steps)
}

/** Accounts for work that a builtin did, and for what it made. */
export function spend(m: Machine, size: number): void {
  m.memory += size
  m.steps += size >> 4
  if (m.memory > m.budget.memory) exceed('memory', m.budget.memory)
  if (m.steps > m.budget.steps) exceed('steps', m.budget.steps)
}

export function enter(m: Machine): void {
  if (++m.depth > m.budget.depth) exceed('depth', m.budget.depth)
  step(m)
}

function exceed(what: keyof Budget, limit: number): never {
  throw new RegoError('eval_budget_error', `the evaluation exceeded its budget of ${limit} ${what}`)
}
