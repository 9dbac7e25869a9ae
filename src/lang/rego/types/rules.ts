import { operatorName } from '../compile/functions.ts'
import type { Graph } from '../compile/graph.ts'
import { constantPrefix } from '../compile/tree.ts'
import type { Compilation, Unit } from '../compile/unit.ts'
import type { RegoError } from '../error.ts'
import type { Body, Rule, Term } from '../syntax/ast.ts'
import { chain } from '../syntax/map.ts'
import { walkTerm } from '../syntax/walk.ts'
import { or } from './algebra.ts'
import { type Checker, checkBody, typeOf } from './check.ts'
import { type Env, insertType, newTree, putVar, typeOfVar, wrap } from './env.ts'
import { anything, type FunctionType, type Signature, type Type } from './type.ts'

export interface Types {
  readonly checker: Checker
  readonly env: Env
}

/** Checks every rule, those first that others rest on. */
export function checkRules(context: Compilation, graph: Graph, input: Type | undefined): Types {
  const functions = functionTypes(context.builtins)
  const order = inOrder(context, graph)
  if (input === undefined)
    return checkAll(context, { functions, closures: new Map() }, order, input)
  // What functions are called with is known when their callers were checked.
  const before = context.errors.length
  let args: Arguments = new Map()
  for (let round = 0; ; round++) {
    context.errors.length = before
    const calls = new Map<string, (readonly (Type | undefined)[])[]>()
    const checker: Checker = { functions, closures: new Map(), calls }
    const types = checkAll(context, checker, order, input, args)
    if (calls.size === 0 || round === mostRounds) return types
    // Calls of a function that has an error are not looked at again.
    args = new Map([...args, ...[...calls].map(([name, all]) => [name, unionOf(all)] as const)])
  }
}

/** Functions that call functions that call functions: deeper, arguments may be anything. */
const mostRounds = 4

type Arguments = ReadonlyMap<string, readonly (Type | undefined)[]>

function unionOf(lists: readonly (readonly (Type | undefined)[])[]): readonly (Type | undefined)[] {
  const [first = []] = lists
  return first.map((_, at) => {
    const all = lists.map(list => list[at])
    return all.includes(undefined) ? undefined : all.reduce(or, undefined)
  })
}

function checkAll(
  context: Compilation,
  checker: Checker,
  order: readonly Unit[],
  input: Type | undefined,
  args: Arguments = new Map(),
): Types {
  const outermost: Env = { tree: newTree(), next: undefined }
  if (input !== undefined) putVar(outermost, 'input', input)
  const env = wrap(outermost)
  const flat: Checker = { ...checker, isFlat: true }
  for (const { rule: first, uses } of order)
    for (const rule of chain(first))
      checkRule(context, uses.closures ? checker : flat, env, rule, args)
  return { checker, env }
}

export function checkQueryBody({ checker, env }: Types, body: Body): readonly RegoError[] {
  return checkBody({ ...checker, closures: new Map() }, env, body).errors.map(({ error }) => error)
}

function functionTypes(
  builtins: ReadonlyMap<string, Signature>,
): ReadonlyMap<string, FunctionType> {
  return new Map(
    [...builtins].map(([name, { args, result }]) => [name, { kind: 'function', args, result }]),
  )
}

/** Dependencies before dependents, without recursion of our own. */
function inOrder(context: Compilation, graph: Graph): readonly Unit[] {
  const ordered: Unit[] = []
  const seen = new Set<Unit>()
  for (const root of context.units) {
    const stack: { readonly unit: Unit; readonly done: boolean }[] = [{ unit: root, done: false }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.done) {
        ordered.push(top.unit)
        continue
      }
      if (seen.has(top.unit)) continue
      seen.add(top.unit)
      stack.push({ unit: top.unit, done: true })
      for (const next of graph.get(top.unit) ?? [])
        if (!seen.has(next)) stack.push({ unit: next, done: false })
    }
  }
  return ordered
}

function checkRule(
  context: Compilation,
  checker: Checker,
  env: Env,
  rule: Rule,
  args: Arguments,
): void {
  const outer = wrap(env)
  const known = args.size === 0 ? [] : (args.get(operatorName(rule.head.ref)) ?? [])
  for (const [at, arg] of (rule.head.args ?? []).entries())
    if (arg.kind === 'var' && known[at] !== undefined) putVar(outer, arg.name, known[at])
  const { env: own, errors } = checkBody(checker, outer, rule.body)
  const path = rule.head.ref
  const prefix = path.slice(0, constantPrefix(rule).length + 1)
  if (errors.length > 0) {
    context.errors.push(...errors.map(({ error }) => error))
    insertType(env, prefix, anything)
    return
  }
  const type = typeOfRule(checker, own, rule, path.slice(prefix.length))
  if (type !== undefined) insertType(env, prefix, type)
}

function typeOfRule(
  checker: Checker,
  env: Env,
  { head, isDefault }: Rule,
  dynamic: readonly Term[],
): Type | undefined {
  for (const arg of head.args ?? []) learnArguments(env, arg)
  const value = head.value === undefined ? undefined : typeOf(checker, env, head.value)
  if (head.args !== undefined && head.args.length > 0) {
    const args = head.args.map(arg => (isDefault ? anything : typeOf(checker, env, arg)))
    return { kind: 'function', args, result: value }
  }
  if (head.key !== undefined && head.value === undefined) {
    const of = typeOf(checker, env, head.key)
    return of === undefined ? undefined : nest(checker, env, dynamic, { kind: 'set', of })
  }
  return value === undefined ? undefined : nest(checker, env, dynamic, value)
}

/** An argument that the body does not speak of may be anything. */
function learnArguments(env: Env, arg: Term): void {
  walkTerm(arg, {
    term: term => {
      if (term.kind === 'var' && typeOfVar(env, term.name) === undefined)
        putVar(env, term.name, anything)
      return false
    },
  })
}

/** `p[x][y] := v` is an object of objects. */
function nest(checker: Checker, env: Env, path: readonly Term[], type: Type): Type | undefined {
  let made: Type = type
  for (const part of [...path].reverse()) {
    const key = typeOf(checker, env, part)
    if (key === undefined) return undefined
    made = { kind: 'object', properties: [], rest: [key, made] }
  }
  return made
}
