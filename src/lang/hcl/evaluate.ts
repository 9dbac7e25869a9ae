import type { Expr } from './ast.ts'
import { evaluateCall } from './evaluate-call.ts'
import { evaluateConditional } from './evaluate-conditional.ts'
import { evaluateFor } from './evaluate-for.ts'
import { evaluateObject } from './evaluate-object.ts'
import { evaluateBinary, evaluateUnary } from './evaluate-operator.ts'
import {
  evaluateAttr,
  evaluateIndex,
  evaluateItem,
  evaluateVariable,
} from './evaluate-reference.ts'
import { evaluateSplat } from './evaluate-splat.ts'
import { evaluateTemplate } from './evaluate-template.ts'
import { bool, string, tuple, untypedNull } from './make.ts'
import { parseNumber } from './number.ts'
import type { Scope } from './scope.ts'
import { located } from './spend.ts'
import type { Value } from './value.ts'

/** The value of an expression. Throws HclError; unknown is a value, never an error. */
export function evaluateExpr(expr: Expr, scope: Scope): Value {
  switch (expr.kind) {
    case 'literal':
      return literalValue(expr)
    case 'template':
      return evaluateTemplate(expr, scope)
    case 'wrap':
    case 'parens':
      return evaluateExpr(expr.expr, scope)
    case 'variable':
      return evaluateVariable(expr, scope)
    case 'attr':
      return evaluateAttr(expr, scope)
    case 'index':
      return evaluateIndex(expr, scope)
    case 'item':
      return evaluateItem(expr, scope)
    case 'splat':
      return evaluateSplat(expr, scope)
    case 'call':
      return evaluateCall(expr, scope)
    case 'unary':
      return evaluateUnary(expr, scope)
    case 'binary':
      return evaluateBinary(expr, scope)
    case 'conditional':
      return evaluateConditional(expr, scope)
    case 'tuple':
      return located(expr.range, () => tuple(expr.items.map(item => evaluateExpr(item, scope))))
    case 'object':
      return located(expr.range, () => evaluateObject(expr, scope))
    case 'for':
      return located(expr.range, () => evaluateFor(expr, scope))
  }
}

function literalValue(expr: Expr & { readonly kind: 'literal' }): Value {
  const { value } = expr
  if (value === null) return untypedNull
  if (typeof value === 'boolean') return bool(value)
  if (typeof value === 'string') return string(value)
  return { type: 'number', v: parseNumber(expr.raw ?? String(value)) ?? value }
}
