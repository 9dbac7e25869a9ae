import type { BinaryOp, Expr, Range } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { equals } from './equal.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import { bool, isUnknown, unknown } from './make.ts'
import { deepMarks, joinMarks, mark } from './marks.ts'
import {
  add,
  compareNumbers,
  costOf,
  divide,
  modulo,
  multiply,
  type Num,
  negate,
  numOf,
  subtract,
} from './number.ts'
import type { Scope } from './scope.ts'
import { spend } from './spend.ts'
import { Unknown, type Value } from './value.ts'

type Unary = Expr & { readonly kind: 'unary' }
type Binary = Expr & { readonly kind: 'binary' }

export function evaluateUnary(expr: Unary, scope: Scope): Value {
  const type = expr.op === '!' ? 'bool' : 'number'
  const value = operand(evaluateExpr(expr.expr, scope), type, 'unary operand', expr.expr.range)
  requireNotNull([value], expr.range)
  if (isUnknown(value)) return value
  const result: Value =
    type === 'bool' ? bool(value.v !== true) : { type, v: negate(numOf(value.v)) }
  return mark(result, value.marks)
}

export function evaluateBinary(expr: Binary, scope: Scope): Value {
  switch (expr.op) {
    case '==':
    case '!=':
      return evaluateEquality(expr, scope)
    case '&&':
    case '||':
      return evaluateLogic(expr, scope)
    default:
      return evaluateNumeric(expr, expr.op, scope)
  }
}

function evaluateEquality(expr: Binary, scope: Scope): Value {
  const left = evaluateExpr(expr.left, scope)
  const right = evaluateExpr(expr.right, scope)
  const marks = joinMarks(deepMarks(left), deepMarks(right))
  const answer = equals(left, right)
  if (answer instanceof Unknown) return unknown('bool', answer.reason, marks)
  return mark(bool(answer === (expr.op === '==')), marks)
}

/** A known side may decide, whatever the other is: `false && x`, `true || x`. */
function evaluateLogic(expr: Binary, scope: Scope): Value {
  const deciding = expr.op === '||'
  const left = operand(evaluateExpr(expr.left, scope), 'bool', 'left operand', expr.left.range)
  if (scope.shortCircuit === true && left.v === deciding) return left
  const right = operand(evaluateExpr(expr.right, scope), 'bool', 'right operand', expr.right.range)
  requireNotNull([left, right], expr.range)
  const marks = joinMarks(left.marks, right.marks)
  if (left.v === deciding || right.v === deciding) return mark(bool(deciding), marks)
  if (isUnknown(left)) return unknown('bool', left.v, marks)
  if (isUnknown(right)) return unknown('bool', right.v, marks)
  return mark(bool(!deciding), marks)
}

function evaluateNumeric(
  expr: Binary,
  op: Exclude<BinaryOp, '==' | '!=' | '&&' | '||'>,
  scope: Scope,
): Value {
  const leftValue = evaluateExpr(expr.left, scope)
  const rightValue = evaluateExpr(expr.right, scope)
  const left = operand(leftValue, 'number', 'left operand', expr.left.range)
  const right = operand(rightValue, 'number', 'right operand', expr.right.range)
  requireNotNull([left, right], expr.range)
  const marks = joinMarks(left.marks, right.marks)
  const type = op === '<' || op === '<=' || op === '>' || op === '>=' ? 'bool' : 'number'
  const hole = isUnknown(left) ? left.v : isUnknown(right) ? right.v : undefined
  if (hole !== undefined) return unknown(type, hole.reason, marks)
  const a = numOf(left.v)
  const b = numOf(right.v)
  spend(scope, costOf(a) + costOf(b), 'arithmetic', expr.range)
  const v = compute(op, a, b)
  if (typeof v === 'number' && Number.isNaN(v)) {
    throw failed(
      op === '/'
        ? "can't divide zero by zero or infinity by infinity"
        : 'the result is not a number',
      expr.range,
    )
  }
  return mark({ type, v }, marks)
}

function compute(op: BinaryOp, left: Num, right: Num): Num | boolean {
  switch (op) {
    case '+':
      return add(left, right)
    case '-':
      return subtract(left, right)
    case '*':
      return multiply(left, right)
    case '/':
      return divide(left, right)
    case '%':
      return modulo(left, right)
    case '<':
      return compareNumbers(left, right) < 0
    case '<=':
      return compareNumbers(left, right) <= 0
    case '>':
      return compareNumbers(left, right) > 0
    default:
      return compareNumbers(left, right) >= 0
  }
}

function operand(value: Value, type: 'bool' | 'number', which: string, range: Range): Value {
  try {
    return convert(value, type)
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error
    throw new HclError('Invalid operand', `Unsuitable value for ${which}: ${error.message}.`, range)
  }
}

function requireNotNull(values: readonly Value[], range: Range): void {
  if (values.some(value => value.v === null)) throw failed('argument must not be null', range)
}

function failed(why: string, range: Range): HclError {
  return new HclError('Operation failed', `Error during operation: ${why}.`, range)
}
