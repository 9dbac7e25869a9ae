import type { Expr, Range } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { equals } from './equal.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError, isRecoverable } from './hcl-error.ts'
import { unknown } from './make.ts'
import { asTest, joinMarks, mark } from './marks.ts'
import { OpenEntries } from './open-entries.ts'
import type { Scope } from './scope.ts'
import { isSameType, kindOf } from './type.ts'
import { unify } from './unify.ts'
import { isEntries, isItems, type Type, Unknown, type Value } from './value.ts'

type Conditional = Expr & { readonly kind: 'conditional' }

/** Only the chosen arm may fail, but the other's type counts too. */
export function evaluateConditional(expr: Conditional, scope: Scope): Value {
  const test = condition(evaluateExpr(expr.test, scope), expr.test.range)
  const marks = asTest(test.marks)
  if (test.v instanceof Unknown) {
    const then = attempt(expr.then, scope)
    const otherwise = attempt(expr.otherwise, scope)
    return mark(eitherOf(then, otherwise, test.v, expr.range), marks)
  }
  const [chosen, other] =
    test.v === true ? [expr.then, expr.otherwise] : [expr.otherwise, expr.then]
  const value = evaluateExpr(chosen, scope)
  const alternative = attempt(other, scope)
  if (alternative === undefined || isSameType(value.type, alternative.type)) {
    return mark(value, marks)
  }
  const type = commonType(test.v === true ? [value, alternative] : [alternative, value], expr.range)
  return mark(converted(value, type, chosen.range), marks)
}

/** The test of a conditional or of a template's `if`, as a bool that is not null. */
export function condition(value: Value, range: Range): Value {
  if (value.v === null) {
    throw new HclError(
      'Null condition',
      'The condition value is null. Conditions must either be true or false.',
      range,
    )
  }
  try {
    return convert(value, 'bool')
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error
    throw new HclError(
      'Incorrect condition type',
      'The condition expression must be of type bool.',
      range,
    )
  }
}

function attempt(expr: Expr, scope: Scope): Value | undefined {
  try {
    return evaluateExpr(expr, scope)
  } catch (error) {
    if (isRecoverable(error)) return undefined
    throw error
  }
}

/** What holds of both arms holds whichever is chosen: equal parts stay known. */
function eitherOf(
  then: Value | undefined,
  otherwise: Value | undefined,
  test: Unknown,
  range: Range,
): Value {
  if (then === undefined || otherwise === undefined) return unknown('dynamic', test.reason)
  const type = commonType([then, otherwise], range)
  return merged(converted(then, type, range), converted(otherwise, type, range), test)
}

function merged(left: Value, right: Value, test: Unknown): Value {
  const marks = joinMarks(left.marks, right.marks)
  const isOneType = isSameType(left.type, right.type) && !isOpen(left) && !isOpen(right)
  if (isOneType && equals(left, right) === true) return mark(left, marks)
  if (isOneType && isItems(left.v) && isItems(right.v) && kindOf(left.type) !== 'set') {
    const { v } = right
    if (left.v.length === v.length) {
      const items = left.v.map((item, at) => merged(item, v[at] ?? item, test))
      return mark({ type: left.type, v: items }, marks)
    }
  }
  if (isOneType && isEntries(left.v) && isEntries(right.v)) {
    const { v } = right
    const names = [...left.v.keys()]
    if (left.v.size === v.size && names.every(name => v.has(name))) {
      const entries = [...left.v].map(
        ([name, item]) => [name, merged(item, v.get(name) ?? item, test)] as const,
      )
      return mark({ type: left.type, v: new Map(entries) }, marks)
    }
  }
  return unknown(isOneType ? left.type : 'dynamic', test.reason, marks)
}

/** The first value is the `true` arm's. An arm whose type is not known yet leaves the other's. */
function commonType(values: readonly [Value, Value], range: Range): Type {
  if (values.some(value => value.type === 'dynamic' && value.v !== null)) return 'dynamic'
  const type = unify(values.map(value => value.type))
  if (type !== undefined) return type
  if (values.some(isOpen)) return 'dynamic'
  throw inconsistent(describe(values[0].type, values[1].type), range)
}

/** Resources of one type differ in what is written of them. */
function isOpen({ v }: Value): boolean {
  return v instanceof OpenEntries || (isItems(v) && v.some(item => item.v instanceof OpenEntries))
}

function converted(value: Value, type: Type, range: Range): Value {
  try {
    return convert(value, type)
  } catch (error) {
    if (error instanceof ConversionError) throw inconsistent(error.message, range)
    throw error
  }
}

function describe(then: Type, otherwise: Type): string {
  return `The 'true' value is ${kindOf(then)}, but the 'false' value is ${kindOf(otherwise)}.`
}

function inconsistent(detail: string, range: Range): HclError {
  return new HclError(
    'Inconsistent conditional result types',
    `The true and false result expressions must have consistent types. ${detail}`,
    range,
  )
}
