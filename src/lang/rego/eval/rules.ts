import { ruleName } from '../compile/conflicts.ts'
import { directVariables } from '../compile/outputs.ts'
import { constantPrefix } from '../compile/tree.ts'
import type { Unit } from '../compile/unit.ts'
import { RegoError } from '../error.ts'
import { isWildcard, type Rule, type Term } from '../syntax/ast.ts'
import { equal } from '../value/order.ts'
import type { Value } from '../value/value.ts'
import { compileBody } from './bodies.ts'
import { Bound } from './bound.ts'
import { chooseBy } from './choice.ts'
import type { Frame, Get, Machine, Next, Test } from './machine.ts'
import { compilePartial, isSetRule } from './partial.ts'
import { compilePattern } from './patterns.ts'
import type { Program } from './program.ts'
import { newScope, type Place, type Scope, withBound } from './scope.ts'
import { compileTerm, constantOf } from './terms.ts'
import { variablesIn } from './trace.ts'

/** All rules of one name, as one function. */
export interface Rules {
  readonly evaluate: (m: Machine) => Value | undefined
  /** The arguments are in the frame, from slot 1 on. */
  readonly call: Evaluate
  /** Slots of the frame that `call` needs. */
  readonly size: number
}

export function compileRules(program: Program, units: readonly Unit[]): Rules {
  const [first] = units
  if (first === undefined) return { evaluate: () => undefined, call: () => undefined, size: 1 }
  const { head } = first.rule
  const isPartial = head.ref.length - 1 > constantPrefix(first.rule).length || isSetRule(first.rule)
  if (isPartial) return compilePartial(program, units)
  return compileComplete(program, units)
}

type Evaluate = (m: Machine, f: Frame) => Value | undefined

/** A definition; one frame serves all of a rule, one after another: each binds its variables before it reads them. */
interface Definition {
  readonly evaluate: Evaluate
  readonly size: number
}

/** Complete rules and functions: all definitions that have a value have to agree. */
function compileComplete(program: Program, units: readonly Unit[]): Rules {
  const isFunction = units.some(({ rule }) => (rule.head.args?.length ?? 0) > 0)
  const definitions = units
    .filter(({ rule }) => !rule.isDefault)
    .map(({ rule }) => ({ rule, item: { ...compileChain(program, rule), loc: rule.loc } }))
  const choose = chooseBy(definitions)
  const fallback = units.find(({ rule }) => rule.isDefault)
  const byDefault = fallback && compileChain(program, fallback.rule)
  const same = agreeAlways(units) && !units.some(({ rule }) => isWatched(program, rule))
  const conflict = conflictReason(units[0]?.rule, isFunction)
  const size = Math.max(byDefault?.size ?? 1, ...definitions.map(({ item }) => item.size))
  const call: Evaluate = (m, f) => {
    const before = m.trace?.count
    let result: Value | undefined
    for (const { evaluate, loc } of choose(m, f)) {
      const value = evaluate(m, f)
      if (value === undefined) continue
      if (same) return value
      if (result !== undefined && !equal(result, value))
        throw new RegoError('eval_conflict_error', conflict, loc)
      result = value
    }
    if (result !== undefined || m.trace?.count !== before) return result
    return byDefault?.evaluate(m, f)
  }
  return { evaluate: m => call(m, new Array(size)), call, size }
}

/** Every definition has the same constant value, so that the first success decides. */
function agreeAlways(units: readonly Unit[]): boolean {
  let shared: Value | undefined
  for (const { rule } of units) {
    if (rule.isDefault) continue
    for (let r: Rule | undefined = rule; r !== undefined; r = r.otherwise) {
      const value = r.head.value === undefined ? undefined : constantOf(r.head.value)
      if (value === undefined || (shared !== undefined && !equal(shared, value))) return false
      shared = value
    }
  }
  return true
}

/** A rule and its `else`s: the first with a value wins. */
function compileChain(program: Program, rule: Rule): Definition {
  const first = compileDefinition(program, rule)
  if (rule.otherwise === undefined) return first
  const rest = compileChain(program, rule.otherwise)
  const evaluate: Evaluate = (m, f) => {
    const before = m.trace?.count
    const value = first.evaluate(m, f)
    return value === undefined && m.trace?.count === before ? rest.evaluate(m, f) : value
  }
  return { evaluate, size: Math.max(first.size, rest.size) }
}

function compileDefinition(program: Program, rule: Rule): Definition {
  const watched = isWatched(program, rule)
  const scope = newScope(program, watched)
  const { value, args = [] } = rule.head
  const { place, bind } = compileArguments(scope, args)
  const path = constantPrefix(rule)
  const heads = value === undefined ? new Set<string>() : directVariables(value)
  const needed = watched ? undefined : heads
  const reason = conflictReason(rule, args.length > 0)
  const run = compileBody(place, rule.body, needed, (inner): Next => {
    const get: Get = value === undefined ? () => true : compileTerm(inner, value)
    const variables = watched ? variablesIn(inner) : undefined
    return (m, f) => {
      const result = get(m, f)
      if (result === undefined) return false
      if (program.isObserved) m.trace?.rule(rule.loc)
      if (variables !== undefined)
        m.trace?.made({ rule: rule.loc, path, value: result, variables: () => variables(f) })
      const [known] = f
      if (known !== undefined && !equal(known, result))
        throw new RegoError('eval_conflict_error', reason, rule.loc)
      f[0] = result
      return true
    }
  })
  const evaluate: Evaluate = (m, f) => {
    f[0] = undefined
    if (!bind(m, f)) return undefined
    run(m, f)
    return f[0]
  }
  return { evaluate, size: scope.size }
}

function conflictReason(rule: Rule | undefined, isFunction: boolean): string {
  const name = rule === undefined ? '' : ruleName(rule)
  return isFunction
    ? `functions must not produce multiple outputs for same inputs: function ${name} produced conflicting values for the same inputs`
    : `complete rules must not produce multiple outputs: rule ${name} produced conflicting values`
}

function isWatched(program: Program, rule: Rule): boolean {
  return program.isWatched?.(constantPrefix(rule)) === true
}

/** A plain name is the slot that its argument came in; patterns take theirs apart. */
function compileArguments(
  scope: Scope,
  args: readonly Term[],
): { readonly place: Place; readonly bind: Test } {
  let place: Place = { scope, bound: Bound.none, ordered: false }
  scope.size += args.length
  const binds: Test[] = []
  for (const [i, arg] of args.entries()) {
    const slot = i + 1
    if (arg.kind === 'var' && !place.bound.has(arg.name)) {
      if (isWildcard(arg.name)) continue
      scope.slots.set(arg.name, slot)
      place = withBound(place, [arg.name])
      continue
    }
    const { take, place: after } = compilePattern(place, arg)
    binds.push((m, f) => {
      const value = f[slot]
      return value !== undefined && take(m, f, value)
    })
    place = after
  }
  return { place, bind: both(binds) }
}

function both(tests: readonly Test[]): Test {
  const [first] = tests
  if (first === undefined) return () => true
  if (tests.length === 1) return first
  return (m, f) => {
    for (const test of tests) if (!test(m, f)) return false
    return true
  }
}
