import { operatorName } from '../compile/functions.ts'
import { isOperator } from '../compile/resolve.ts'
import { RegoError } from '../error.ts'
import type { Body, CallExpr, ComprehensionTerm, Literal, Loc, Term } from '../syntax/ast.ts'
import { walkExpr } from '../syntax/walk.ts'
import { isAnything, isUnknown, keysOf, or, show, unifies, valuesOf } from './algebra.ts'
import { type Env, typeOfPath, typeOfVar, wrap } from './env.ts'
import { accepts, matches } from './equations.ts'
import { checkReferences } from './references.ts'
import type { FunctionType, Property, Type } from './type.ts'

export interface Checker {
  /** Builtins and host functions. */
  readonly functions: ReadonlyMap<string, FunctionType>
  /** What the functions of policies are called with, where somebody wants to know. */
  readonly calls?: Map<string, (readonly Maybe[])[]>
  /** Whether there are no comprehensions in what is checked. */
  readonly isFlat?: boolean
  /** Scopes of comprehensions that were checked before. */
  readonly closures: Map<
    ComprehensionTerm,
    { readonly env: Env; readonly errors: readonly TypeError[] }
  >
}

/** An error that may only follow from another one. */
export interface TypeError {
  readonly error: RegoError
  readonly follows: boolean
}

export type Maybe = Type | undefined

/** Finds the types of a body's variables, and what does not fit. */
export function checkBody(
  checker: Checker,
  outer: Env,
  body: Body,
): { readonly env: Env; readonly errors: readonly TypeError[] } {
  const env = wrap(outer)
  const errors: TypeError[] = []
  for (const literal of body) {
    const inner = closureErrors(checker, env, literal)
    const references = checkReferences(checker, env, literal)
    errors.push(...inner, ...references.map(error => ({ error, follows: false })))
    const own = checkExpr(checker, env, literal)
    const explained = own?.follows === true && inner.length + references.length > 0
    if (own !== undefined && !explained) errors.push(own)
  }
  return { env, errors }
}

function closureErrors(checker: Checker, env: Env, { expr }: Literal): readonly TypeError[] {
  let errors: readonly TypeError[] = []
  if (expr.kind === 'body') return checkBody(checker, env, expr.body).errors
  if (checker.isFlat) return errors
  walkExpr(expr, {
    term: term => {
      if (term.kind !== 'comprehension') return false
      const inner = closure(checker, env, term)
      if (inner.errors.length > 0) errors = inner.errors
      return true
    },
  })
  return errors
}

function closure(checker: Checker, env: Env, term: ComprehensionTerm) {
  const known = checker.closures.get(term)
  if (known !== undefined) return known
  const made = checkBody(checker, env, term.body)
  checker.closures.set(term, made)
  return made
}

export function typeOf(checker: Checker, env: Env, term: Term): Maybe {
  switch (term.kind) {
    case 'scalar':
      return typeOfScalar(term.value)
    case 'template':
      return { kind: 'string' }
    case 'var':
      return typeOfVar(env, term.name)
    case 'ref':
      return typeOfPath(env, term.path)
    case 'array': {
      return {
        kind: 'array',
        items: term.items.map(item => typeOf(checker, env, item)),
        rest: undefined,
      }
    }
    case 'set': {
      return {
        kind: 'set',
        of: term.items.map(item => typeOf(checker, env, item)).reduce(or, undefined),
      }
    }
    case 'object':
      return typeOfObject(checker, env, term)
    case 'comprehension':
      return typeOfComprehension(checker, env, term)
    default:
      return undefined
  }
}

function typeOfScalar(value: unknown): Type {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'string') return { kind: 'string' }
  return typeof value === 'boolean' ? { kind: 'boolean' } : { kind: 'number' }
}

function typeOfObject(
  checker: Checker,
  env: Env,
  { entries }: Extract<Term, { kind: 'object' }>,
): Type {
  const properties: Property[] = []
  let rest: readonly [Maybe, Maybe] | undefined
  for (const [key, value] of entries) {
    const type = typeOf(checker, env, value)
    if (key.kind === 'scalar') properties.push([key.value, type])
    else rest = [typeOf(checker, env, key), type]
  }
  return { kind: 'object', properties, rest }
}

function typeOfComprehension(checker: Checker, env: Env, term: ComprehensionTerm): Maybe {
  const { env: inner, errors } = closure(checker, env, term)
  if (errors.length > 0) return undefined
  const head = typeOf(checker, inner, term.head)
  if (term.shape === 'array') return { kind: 'array', items: [], rest: head }
  if (term.shape === 'set') return { kind: 'set', of: head }
  const key = term.key === undefined ? undefined : typeOf(checker, inner, term.key)
  return { kind: 'object', properties: [], rest: [key, head] }
}

function checkExpr(checker: Checker, env: Env, literal: Literal): TypeError | undefined {
  const { expr, loc } = literal
  for (const { target, value, loc: at } of literal.with) {
    const wanted = functionAt(checker, env, target)
    const given = functionAt(checker, env, value)
    if (wanted === undefined || given === undefined || unifies(wanted, given)) continue
    const name = target.kind === 'ref' ? operatorName(target.path) : ''
    return argumentError(at, name, 'arity mismatch', given.args, wanted)
  }
  if (expr.kind !== 'call') return undefined
  if (isOperator(expr, 'eq')) return checkEquation(checker, env, expr, loc)
  return checkMember(checker, env, expr, loc) ?? checkCall(checker, env, expr, loc)
}

/** `in`: what is looked for has to be of the kind of what is there. */
function checkMember(
  checker: Checker,
  env: Env,
  { operator, args }: CallExpr,
  loc: Loc,
): TypeError | undefined {
  const arity = memberArities.get(operatorName(operator.path))
  const domain = arity === undefined ? undefined : args[arity - 1]
  if (arity === undefined || domain === undefined) return undefined
  const type = typeOf(checker, env, domain)
  const values = valuesOf(type)
  if (values === undefined) return undefined
  const [key] = args
  const wanted: [Term | undefined, Maybe][] = [[args[arity - 2], values]]
  if (arity === 3) wanted.unshift([key, keysOf(type)])
  for (const [term, wants] of wanted) {
    if (term === undefined || isUnknown(wants)) continue
    const have = typeOf(checker, env, term)
    if ((isUnknown(have) || unifies(have, wants)) && accepts(checker, env, term, wants, false))
      continue
    return matchError(have, wants, loc)
  }
  return undefined
}

const memberArities: ReadonlyMap<string, number> = new Map([
  ['internal.member_2', 2],
  ['internal.member_3', 3],
])

function matchError(left: Maybe, right: Maybe, loc: Loc): TypeError {
  const reason = `match error\n\tleft  : ${show(left)}\n\tright : ${show(right)}`
  const error = new RegoError('rego_type_error', reason, loc)
  return { error, follows: isUnknown(left) || isUnknown(right) }
}

function functionAt(checker: Checker, env: Env, term: Term): FunctionType | undefined {
  if (term.kind !== 'ref') return undefined
  const known = checker.functions.get(operatorName(term.path))
  if (known !== undefined) return known
  const type = typeOfPath(env, term.path)
  return type?.kind === 'function' ? type : undefined
}

function checkCall(
  checker: Checker,
  env: Env,
  { operator, args }: CallExpr,
  loc: Loc,
): TypeError | undefined {
  const name = operatorName(operator.path)
  const type = checker.functions.get(name) ?? typeOfPath(env, operator.path)
  if (type !== undefined && isAnything(type)) return undefined
  if (type?.kind !== 'function') {
    // A rule without arguments may be called: its value is the call's.
    if (type !== undefined && args.length <= 1) return undefined
    return plain(`undefined function ${name}`, loc)
  }
  const wanted = type.result === undefined ? type.args : [...type.args, type.result]
  const have = () => args.map(arg => typeOf(checker, env, arg))
  if (checker.calls !== undefined && !checker.functions.has(name))
    checker.calls.set(name, [...(checker.calls.get(name) ?? []), have()])
  if (args.length > wanted.length)
    return argumentError(loc, name, 'too many arguments', have(), type)
  if (args.length < type.args.length)
    return argumentError(loc, name, 'too few arguments', have(), type)
  for (const [i, arg] of args.entries())
    if (!accepts(checker, env, arg, wanted[i], false))
      return argumentError(loc, name, 'invalid argument(s)', have(), type)
  return undefined
}

function plain(reason: string, loc: Loc): TypeError {
  return { error: new RegoError('rego_type_error', reason, loc), follows: false }
}

function argumentError(
  loc: Loc,
  name: string,
  problem: string,
  have: readonly Maybe[],
  { args, result }: FunctionType,
): TypeError {
  const wanted = result === undefined || have.length <= args.length ? args : [...args, result]
  const list = (types: readonly Maybe[]): string => `(${types.map(show).join(', ')})`
  const reason = `${name}: ${problem}\n\thave: ${list(have)}\n\twant: ${list(wanted)}`
  const error = new RegoError('rego_type_error', reason, loc)
  return { error, follows: have.some(isUnknown) }
}

function checkEquation(
  checker: Checker,
  env: Env,
  { args }: CallExpr,
  loc: Loc,
): TypeError | undefined {
  const [a, b] = args
  if (a === undefined || b === undefined) return undefined
  const [left, right] = [typeOf(checker, env, a), typeOf(checker, env, b)]
  if (matches(checker, env, a, left, b, right)) return undefined
  return matchError(left, right, loc)
}
