import type { Expr, Range } from './ast.ts'
import { sizeOf } from './bulk.ts'
import { contextOf } from './call-context.ts'
import { ConversionError, convert } from './convert.ts'
import { evaluateExpr } from './evaluate.ts'
import { functions } from './functions/index.ts'
import { FunctionError, type FunctionSpec, type Param } from './functions/spec.ts'
import { HclError, isRecoverable } from './hcl-error.ts'
import { bool, isUnknown, unknown } from './make.ts'
import { deepMarks, joinMarks, mark, withoutMarks } from './marks.ts'
import type { Scope } from './scope.ts'
import { located, spend } from './spend.ts'
import { isItems, type Marks, Unknown, type Value } from './value.ts'

type Call = Expr & { readonly kind: 'call' }

export function evaluateCall(expr: Call, scope: Scope): Value {
  const name = expr.name.startsWith('core::') ? expr.name.slice(6) : expr.name
  if (name === 'try') return evaluateTry(expr, scope)
  if (name === 'can') return evaluateCan(expr, scope)
  const spec = functions.get(expr.name)
  if (spec === undefined) return unknownFunction(expr, scope)
  if (name === 'templatestring') requireDynamicTemplate(expr)
  const args = argumentsOf(expr, scope)
  if (args instanceof Unknown) return unknown('dynamic', args.reason)
  checkCount(expr, spec, args.length)
  return call(expr, spec, args, scope)
}

/** The first argument that evaluates without an error. */
function evaluateTry(expr: Call, scope: Scope): Value {
  const failures: HclError[] = []
  if (expr.args.length === 0) throw failed(expr, 'at least one argument is required')
  for (const arg of expr.args) {
    try {
      return attempted(arg, scope)
    } catch (error) {
      if (!isRecoverable(error)) throw error
      failures.push(error)
    }
  }
  const reasons = failures.map(failure => `- ${failure.message}`).join('\n')
  throw failed(expr, `no expression succeeded:\n${reasons}`)
}

function evaluateCan(expr: Call, scope: Scope): Value {
  const [arg] = expr.args
  if (arg === undefined || expr.args.length > 1) {
    throw wrongCount(expr, ['expression'], expr.args.length, false)
  }
  try {
    const value = attempted(arg, scope)
    return isUnknown(value) ? unknown('bool', value.v.reason, value.marks) : bool(true)
  } catch (error) {
    if (isRecoverable(error)) return bool(false)
    throw error
  }
}

function attempted(arg: Expr, scope: Scope): Value {
  const work = (): Value => evaluateExpr(arg, scope)
  return scope.attempt === undefined ? work() : scope.attempt(work)
}

/** A provider's own functions are not at hand, so what they answer is not known. */
function unknownFunction(expr: Call, scope: Scope): Value {
  const [first, provider] = expr.name.split('::')
  if (first === 'provider' && provider !== 'terraform') {
    for (const arg of expr.args) evaluateExpr(arg, scope)
    return unknown('dynamic', `${expr.name} is a function of a provider`)
  }
  throw new HclError(
    first === expr.name ? 'Call to unknown function' : 'Unknown provider function',
    `There is no function named "${expr.name}".`,
    expr.range,
  )
}

/** A template that is written on the spot needs no function: Terraform refuses it as a mistake. */
function requireDynamicTemplate(expr: Call): void {
  let template = expr.args[0]
  while (template?.kind === 'parens') template = template.expr
  if (template?.kind === 'literal' || template?.kind === 'template' || template?.kind === 'wrap') {
    throw invalidArgument(
      'template',
      'invalid template expression: templatestring is only for rendering templates retrieved dynamically from elsewhere',
      template.range,
    )
  }
}

/** With an expanded last argument; the reason where that one is not known. */
function argumentsOf(expr: Call, scope: Scope): readonly Value[] | Unknown {
  const args = expr.args.map(arg => evaluateExpr(arg, scope))
  const last = args.at(-1)
  if (!expr.expand || last === undefined) return args
  const fail = (why: string): HclError =>
    new HclError(
      'Invalid expanding argument value',
      `The expanding argument (indicated by ...) must ${why}.`,
      expr.args.at(-1)?.range ?? expr.range,
    )
  if (last.v === null) throw fail('not be null')
  if (isUnknown(last)) return last.v
  if (!isItems(last.v)) throw fail('be of a tuple, list, or set type')
  return [...args.slice(0, -1), ...last.v.map(item => mark(item, last.marks))]
}

function call(expr: Call, spec: FunctionSpec, args: readonly Value[], scope: Scope): Value {
  let marks: Marks | undefined
  let hole: Unknown | undefined
  // Whatever a function does, it is not done for nothing with large values.
  for (const arg of args) spend(scope, sizeOf(arg), expr.name, expr.range)
  const ready = args.map((arg, at) => {
    const param = paramAt(spec, at)
    const range = argumentRange(expr, at)
    const value = param === undefined ? arg : prepared(arg, param, range)
    if (isUnknown(value) && param?.allowUnknown !== true) hole ??= value.v
    if (param?.allowMarked === true) return value
    marks = joinMarks(marks, deepMarks(value))
    return withoutMarks(value)
  })
  try {
    if (hole !== undefined) {
      const all = args.reduce((sum, arg) => joinMarks(sum, deepMarks(arg)), marks)
      // Finds what is wrong whatever the unknown will be.
      const type = typeof spec.returns === 'function' ? spec.returns(ready) : spec.returns
      return unknown(type, hole.reason, all)
    }
    return mark(
      located(expr.range, () => spec.call(ready, contextOf(scope))),
      marks,
    )
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error
    if (error.argument === undefined) throw failed(expr, error.message)
    const name = paramAt(spec, error.argument)?.name ?? 'value'
    throw invalidArgument(name, error.message, argumentRange(expr, error.argument))
  }
}

function prepared(arg: Value, param: Param, range: Range): Value {
  if (arg.v === null && param.allowNull !== true) {
    throw invalidArgument(param.name, 'argument must not be null', range)
  }
  try {
    return convert(arg, param.type)
  } catch (error) {
    if (error instanceof ConversionError) throw invalidArgument(param.name, error.message, range)
    throw error
  }
}

function paramAt(spec: FunctionSpec, at: number): Param | undefined {
  return spec.params[at] ?? spec.variadic
}

function argumentRange(expr: Call, at: number): Range {
  return (expr.args[at] ?? expr.args.at(-1) ?? expr).range
}

function checkCount(expr: Call, spec: FunctionSpec, count: number): void {
  const names = spec.params.map(param => param.name)
  if (count >= names.length && (count === names.length || spec.variadic !== undefined)) return
  throw wrongCount(expr, names, count, spec.variadic !== undefined)
}

function wrongCount(
  expr: Call,
  names: readonly string[],
  count: number,
  isVariadic: boolean,
): HclError {
  const { name, range } = expr
  if (count > names.length) {
    return new HclError(
      'Too many function arguments',
      `Function "${name}" expects only ${names.length} argument(s).`,
      expr.args[names.length]?.range ?? range,
    )
  }
  return new HclError(
    'Not enough function arguments',
    `Function "${name}" expects ${isVariadic ? 'at least ' : ''}${names.length} argument(s). Missing value for "${names[count] ?? ''}".`,
    range,
  )
}

function failed(expr: Call, why: string): HclError {
  return new HclError(
    'Error in function call',
    `Call to function "${expr.name}" failed: ${why}.`,
    expr.range,
  )
}

function invalidArgument(name: string, why: string, range: Range): HclError {
  return new HclError(
    'Invalid function argument',
    `Invalid value for "${name}" parameter: ${why}.`,
    range,
  )
}
