import { isOperator } from '../compile/resolve.ts'
import type { Literal, Rule, Term } from '../syntax/ast.ts'
import { Big } from '../value/big.ts'
import { lookupName } from '../value/lookup.ts'
import type { Value } from '../value/value.ts'
import type { Frame, Machine } from './machine.ts'

/** A definition of a rule, and what it was compiled to. */
export interface Candidate<T> {
  readonly rule: Rule
  readonly item: T
}

/** Gives the definitions that may hold, in their order; arguments are in the frame, from slot 1 on. */
export type Choose<T> = (m: Machine, f: Frame) => readonly T[]

type Scalar = null | boolean | number | string

/** What a definition compares with a constant: an argument, or a member of the input. */
interface Condition {
  readonly subject: string
  readonly get: (m: Machine, f: Frame) => Value | undefined
  readonly constant: Scalar
}

const worthwhile = 4
/** Entries in the table of definitions that hold for any constant. */
const largest = 100_000

/**
 * Where many definitions ask for different constants of one thing (`input.kind == "…"`), a table tells which of them
 * are worth trying. A host that hears of the evaluation hears of all of them.
 */
export function chooseBy<T>(candidates: readonly Candidate<T>[]): Choose<T> {
  const all = candidates.map(({ item }) => item)
  if (all.length < worthwhile) return () => all
  const conditions = candidates.map(({ rule }) => conditionsOf(rule))
  const subject = commonest(conditions)
  if (subject === undefined) return () => all
  const own = conditions.map(each => each.find(it => it.subject === subject.subject))
  const constants = new Set(own.flatMap(it => (it === undefined ? [] : [it.constant])))
  if (own.filter(it => it === undefined).length * constants.size > largest) return () => all
  const others: T[] = []
  const table = new Map<Value, T[]>([...constants].map(each => [each, []]))
  for (const [i, item] of all.entries()) {
    const condition = own[i]
    const lists =
      condition === undefined ? [others, ...table.values()] : [table.get(condition.constant)]
    for (const list of lists) list?.push(item)
  }
  return (m, f) => {
    if (m.trace !== undefined) return all
    const value = subject.get(m, f)
    return value === undefined ? others : (table.get(value) ?? others)
  }
}

function commonest(conditions: readonly (readonly Condition[])[]): Condition | undefined {
  const constants = new Map<string, Set<Scalar>>()
  for (const { subject, constant } of conditions.flat())
    constants.set(subject, (constants.get(subject) ?? new Set()).add(constant))
  let best: Condition | undefined
  let most = worthwhile - 1
  for (const condition of conditions.flat()) {
    const count = constants.get(condition.subject)?.size ?? 0
    if (count <= most) continue
    most = count
    best = condition
  }
  return best
}

/** Conditions without which the definition has no value. */
function conditionsOf({ head, body, otherwise }: Rule): readonly Condition[] {
  if (otherwise !== undefined) return []
  const positions = new Map<string, number>()
  const found: Condition[] = []
  for (const [i, arg] of (head.args ?? []).entries()) {
    if (arg.kind === 'var') positions.set(arg.name, i)
    const constant = scalarOf(arg)
    if (constant !== undefined) found.push(ofArgument(i, constant))
  }
  for (const literal of body) {
    const condition = conditionOf(literal, positions)
    if (condition !== undefined) found.push(condition)
  }
  return found
}

function conditionOf(
  { negated, expr, with: modifiers }: Literal,
  positions: ReadonlyMap<string, number>,
): Condition | undefined {
  if (negated || modifiers.length > 0 || expr.kind !== 'call' || !isOperator(expr, 'eq'))
    return undefined
  const [left, right] = expr.args
  if (left === undefined || right === undefined) return undefined
  return compared(left, right, positions) ?? compared(right, left, positions)
}

function compared(
  term: Term,
  other: Term,
  positions: ReadonlyMap<string, number>,
): Condition | undefined {
  const constant = scalarOf(other)
  if (constant === undefined) return undefined
  if (term.kind === 'var') {
    const position = positions.get(term.name)
    return position === undefined ? undefined : ofArgument(position, constant)
  }
  if (term.kind !== 'ref') return undefined
  const [head, ...rest] = term.path
  const names = rest.flatMap(part =>
    part.kind === 'scalar' && typeof part.value === 'string' ? [part.value] : [],
  )
  if (head?.kind !== 'var' || head.name !== 'input' || names.length < rest.length) return undefined
  const get = (m: Machine): Value | undefined => {
    let value = m.context.input
    for (const name of names) {
      if (value === undefined) return undefined
      value = lookupName(value, name)
    }
    return value
  }
  return { subject: JSON.stringify(names), get, constant }
}

function ofArgument(position: number, constant: Scalar): Condition {
  return { subject: String(position), get: (_, f) => f[position + 1], constant }
}

function scalarOf(term: Term): Scalar | undefined {
  return term.kind === 'scalar' && !(term.value instanceof Big) ? term.value : undefined
}
