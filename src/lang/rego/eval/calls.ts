import { type Builtin, BuiltinFailure } from '../builtins/builtin.ts'
import { operatorName } from '../compile/functions.ts'
import { RegoError } from '../error.ts'
import type { CallExpr, Loc, Term } from '../syntax/ast.ts'
import type { Value } from '../value/value.ts'
import { type Document, findDocument, ruleValue } from './documents.ts'
import type { Compiled } from './literals.ts'
import {
  enter,
  type Frame,
  type Get,
  type Machine,
  type Mock,
  type Next,
  step,
  type Test,
} from './machine.ts'
import { compilePattern } from './patterns.ts'
import type { Program } from './program.ts'
import type { Place } from './scope.ts'
import { compileTerm } from './terms.ts'
import { incompleteAmong } from './trace.ts'

/** A call as a literal: without an output it has to be true, with one the output is unified with the value. */
export function compileCall(place: Place, expr: CallExpr, loc: Loc): Compiled {
  const { program } = place.scope
  const name = operatorName(expr.operator.path)
  const arity = program.arity(expr.operator.path) ?? 0
  const args = expr.args.slice(0, arity).map(arg => compileTerm(place, arg))
  const output = expr.args[arity]
  const builtin = program.builtins.get(name)
  if (builtin?.relation !== undefined) return compileRelation(place, builtin, args, output, loc)
  const get =
    builtin === undefined
      ? compileFunctionCall(program, expr, name, args, loc)
      : cautious(compileBuiltinCall(program, builtin, name, args, loc), place, expr, name)
  if (output === undefined) {
    const test: Test = (m, f) => {
      const value = get(m, f)
      return value !== undefined && value !== false
    }
    return { step: { kind: 'test', test }, place }
  }
  const pattern = compilePattern(place, output)
  const test: Test = (m, f) => {
    const value = get(m, f)
    return value !== undefined && pattern.take(m, f, value)
  }
  return { step: { kind: 'test', test }, place: pattern.place }
}

/** What a builtin makes of a collection that may lack members, or of an object with unknown ones, nobody knows. */
function cautious(call: Get, place: Place, { args }: CallExpr, name: string): Get {
  const isIncomplete = incompleteAmong(place, args)
  const isMembership = name.startsWith('internal.member_')
  return (m, f) => {
    const { trace } = m
    if (trace === undefined) return call(m, f)
    const before = trace.count
    const value = call(m, f)
    if (value === true && isMembership) return value
    if (isIncomplete(m, f)) trace.count++
    return trace.count === before ? value : undefined
  }
}

function compileBuiltinCall(
  program: Program,
  builtin: Builtin,
  name: string,
  args: readonly Get[],
  loc: Loc,
): Get {
  const { run } = builtin
  const [first, second] = args
  if (first !== undefined && args.length === 1) {
    return (m, f) => {
      const a = first(m, f)
      if (a === undefined) return undefined
      if (m.context.mocks?.has(name) === true) return callMock(m, program, name, [a], loc)
      step(m)
      try {
        return run(m, a)
      } catch (error) {
        return failed(m, error, name, loc)
      }
    }
  }
  if (first !== undefined && second !== undefined && args.length === 2) {
    return (m, f) => {
      const a = first(m, f)
      const b = second(m, f)
      if (a === undefined || b === undefined) return undefined
      if (m.context.mocks?.has(name) === true) return callMock(m, program, name, [a, b], loc)
      step(m)
      try {
        return run(m, a, b)
      } catch (error) {
        return failed(m, error, name, loc)
      }
    }
  }
  return (m, f) => {
    const values = evaluateAll(args, m, f)
    if (values === undefined) return undefined
    if (m.context.mocks?.has(name) === true) return callMock(m, program, name, values, loc)
    return runBuiltin(m, builtin, name, values, loc)
  }
}

function runBuiltin(
  m: Machine,
  builtin: Builtin,
  name: string,
  args: readonly Value[],
  loc: Loc,
): Value | undefined {
  step(m)
  try {
    return builtin.run(m, ...args)
  } catch (error) {
    return failed(m, error, name, loc)
  }
}

/** A builtin's failure makes the call undefined, or ends the query where the caller asked for that. */
function failed(m: Machine, error: unknown, name: string, loc: Loc): undefined {
  if (!(error instanceof BuiltinFailure)) throw error
  if (!m.strict) return undefined
  throw new RegoError(error.code, `${name}: ${error.reason}`, loc)
}

function evaluateAll(args: readonly Get[], m: Machine, f: Frame): readonly Value[] | undefined {
  const values: Value[] = []
  for (const arg of args) {
    const value = arg(m, f)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

function callMock(
  m: Machine,
  program: Program,
  name: string,
  args: readonly Value[],
  loc: Loc,
): Value | undefined {
  const mock = m.context.mocks?.get(name)
  if (mock === undefined) return undefined
  if (mock.kind === 'value') return mock.value
  return withoutMocks(m, () => callNamed(m, program, mock, args, loc))
}

/** A replacement sees functions as they are: one that calls what it replaces means the original. */
function withoutMocks(m: Machine, call: () => Value | undefined): Value | undefined {
  const outer = m.context
  m.context = { ...outer, mocks: undefined, cache: [] }
  const value = call()
  m.context = outer
  return value
}

function callNamed(
  m: Machine,
  program: Program,
  mock: Extract<Mock, { kind: 'function' }>,
  args: readonly Value[],
  loc: Loc,
): Value | undefined {
  if (mock.document !== undefined) return callDocument(m, program, mock.document, args)
  const builtin = program.builtins.get(mock.name)
  return builtin === undefined ? undefined : runBuiltin(m, builtin, mock.name, args, loc)
}

function compileFunctionCall(
  program: Program,
  { operator }: CallExpr,
  name: string,
  args: readonly Get[],
  loc: Loc,
): Get {
  const path = operator.path.slice(1).map(part => (part.kind === 'scalar' ? part.value : null))
  const document = findDocument(program.root, path)
  if (document === undefined)
    throw new RegoError('eval_internal_error', `undefined function ${name}`, operator.loc)
  if (!document.isFunction) return m => ruleValue(m, program, document)
  const [first, second] = args
  if (first !== undefined && args.length === 1) {
    return (m, f) => {
      const a = first(m, f)
      if (a === undefined) return undefined
      if (m.context.mocks?.has(name) === true) return callMock(m, program, name, [a], loc)
      const { call, size } = document.rules(program)
      const inner: Frame = new Array(size)
      inner[1] = a
      enter(m)
      const value = call(m, inner)
      m.depth--
      return value
    }
  }
  if (first !== undefined && second !== undefined && args.length === 2) {
    return (m, f) => {
      const a = first(m, f)
      const b = a === undefined ? undefined : second(m, f)
      if (a === undefined || b === undefined) return undefined
      if (m.context.mocks?.has(name) === true) return callMock(m, program, name, [a, b], loc)
      const { call, size } = document.rules(program)
      const inner: Frame = new Array(size)
      inner[1] = a
      inner[2] = b
      enter(m)
      const value = call(m, inner)
      m.depth--
      return value
    }
  }
  return (m, f) => {
    const values = evaluateAll(args, m, f)
    if (values === undefined) return undefined
    if (m.context.mocks?.has(name) === true) return callMock(m, program, name, values, loc)
    return callDocument(m, program, document, values)
  }
}

function callDocument(
  m: Machine,
  program: Program,
  document: Document,
  args: readonly Value[],
): Value | undefined {
  const { call, size } = document.rules(program)
  const f: Frame = new Array(Math.max(size, args.length + 1))
  for (let i = 0; i < args.length; i++) f[i + 1] = args[i]
  enter(m)
  const value = call(m, f)
  m.depth--
  return value
}

function compileRelation(
  place: Place,
  builtin: Builtin,
  args: readonly Get[],
  output: Term | undefined,
  loc: Loc,
): Compiled {
  const pattern = output === undefined ? undefined : compilePattern(place, output)
  const generate =
    (next: Next, cut: boolean): Next =>
    (m, f) => {
      const values = evaluateAll(args, m, f)
      if (values === undefined) return false
      let found = false
      const visit = (value: Value): boolean => {
        step(m)
        const fits = pattern === undefined ? value !== false : pattern.take(m, f, value)
        if (!fits || !next(m, f)) return false
        found = true
        return cut
      }
      try {
        builtin.relation?.(m, visit, ...values)
      } catch (error) {
        failed(m, error, '', loc)
      }
      return found
    }
  return { step: { kind: 'generate', generate }, place: pattern?.place ?? place }
}
