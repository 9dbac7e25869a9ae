import { ruleName } from '../compile/conflicts.ts'
import { directVariables } from '../compile/outputs.ts'
import { constantPrefix } from '../compile/tree.ts'
import type { Unit } from '../compile/unit.ts'
import { RegoError } from '../error.ts'
import type { Rule, Term } from '../syntax/ast.ts'
import { equal } from '../value/order.ts'
import type { Value } from '../value/value.ts'
import { compileBody } from './bodies.ts'
import { Bound } from './bound.ts'
import { chooseBy } from './choice.ts'
import type { Frame, Get, Machine, Next, Take } from './machine.ts'
import { compilePartial, isSetRule } from './partial.ts'
import { compilePattern } from './patterns.ts'
import type { Program } from './program.ts'
import { newFrame, newScope, type Place, type Scope } from './scope.ts'
import { compileTerm, constantOf } from './terms.ts'
import { variablesIn } from './trace.ts'

/** All rules of one name, as one function. */
export interface Rules {
  readonly evaluate: (m: Machine) => Value | undefined
  readonly call: (m: Machine, args: readonly Value[]) => Value | undefined
}

export function compileRules(program: Program, units: readonly Unit[]): Rules {
  const [first] = units
  if (first === undefined) return { evaluate: () => undefined, call: () => undefined }
  const { head } = first.rule
  const isPartial = head.ref.length - 1 > constantPrefix(first.rule).length || isSetRule(first.rule)
  if (isPartial) return compilePartial(program, units)
  return compileComplete(program, units)
}

type Evaluate = (m: Machine, args: readonly Value[]) => Value | undefined

/** Complete rules and functions: all definitions that have a value have to agree. */
function compileComplete(program: Program, units: readonly Unit[]): Rules {
  const isFunction = units.some(({ rule }) => (rule.head.args?.length ?? 0) > 0)
  const choose = chooseBy(
    units
      .filter(({ rule }) => !rule.isDefault)
      .map(({ rule }) => ({ rule, item: { run: compileChain(program, rule), loc: rule.loc } })),
  )
  const fallback = units.find(({ rule }) => rule.isDefault)
  const byDefault = fallback && compileChain(program, fallback.rule)
  const same = agreeAlways(units) && !units.some(({ rule }) => isWatched(program, rule))
  const conflict = conflictReason(units[0]?.rule, isFunction)
  const call: Evaluate = (m, args) => {
    const before = m.trace?.count
    let result: Value | undefined
    for (const { run, loc } of choose(m, args)) {
      const value = run(m, args)
      if (value === undefined) continue
      if (same) return value
      if (result !== undefined && !equal(result, value))
        throw new RegoError('eval_conflict_error', conflict, loc)
      result = value
    }
    if (result !== undefined || m.trace?.count !== before) return result
    return byDefault?.(m, args)
  }
  return { evaluate: m => call(m, []), call }
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
function compileChain(program: Program, rule: Rule): Evaluate {
  const first = compileDefinition(program, rule)
  if (rule.otherwise === undefined) return first
  const rest = compileChain(program, rule.otherwise)
  return (m, args) => {
    const before = m.trace?.count
    const value = first(m, args)
    return value === undefined && m.trace?.count === before ? rest(m, args) : value
  }
}

function compileDefinition(program: Program, rule: Rule): Evaluate {
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
  return (m, values) => {
    const f = newFrame(scope)
    if (!bind(m, f, values)) return undefined
    run(m, f)
    return f[0]
  }
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

type Bind = (m: Machine, f: Frame, values: readonly Value[]) => boolean

/** Plain names take their value at once; patterns take theirs apart. */
function compileArguments(
  scope: Scope,
  args: readonly Term[],
): { readonly place: Place; readonly bind: Bind } {
  let place: Place = { scope, bound: Bound.none, ordered: false }
  const takes: Take[] = []
  for (const arg of args) {
    const pattern = compilePattern(place, arg)
    takes.push(pattern.take)
    place = pattern.place
  }
  const bind: Bind = (m, f, values) => {
    for (let i = 0; i < takes.length; i++) {
      const value = values[i]
      if (value === undefined || takes[i]?.(m, f, value) !== true) return false
    }
    return true
  }
  return { place, bind }
}
