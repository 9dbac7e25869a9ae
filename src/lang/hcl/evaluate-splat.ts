import type { Expr } from './ast.ts'
import { evaluateExpr } from './evaluate.ts'
import { itemName } from './evaluate-reference.ts'
import { HclError } from './hcl-error.ts'
import { emptyTuple, isUnknown, tuple, unknown } from './make.ts'
import { mark } from './marks.ts'
import { extend, type Scope } from './scope.ts'
import { spend, unitsPerTurn } from './spend.ts'
import { elementOf, isSameType, kindOf } from './type.ts'
import { isItems, type Type, type Value } from './value.ts'

type Splat = Expr & { readonly kind: 'splat' }

/** `of[*].each`: of a single value a tuple of one, of null an empty one. */
export function evaluateSplat(expr: Splat, scope: Scope): Value {
  const of = evaluateExpr(expr.of, scope)
  const kind = kindOf(of.type)
  const isSequence = kind === 'list' || kind === 'set' || kind === 'tuple'
  if (of.v === null) {
    if (!isSequence) return mark(emptyTuple, of.marks)
    throw new HclError(
      'Splat of null value',
      'Splat expressions (with the * symbol) cannot be applied to null sequences.',
      expr.range,
    )
  }
  const each = (item: Value): Value =>
    evaluateExpr(expr.each, extend(scope, new Map([[itemName, item]])))
  if (isUnknown(of)) {
    if (!isSequence) {
      return of.v.notNull ? tuple([each(of)]) : unknown('dynamic', of.v.reason, of.marks)
    }
    if (kind === 'tuple') return unknown('dynamic', of.v.reason, of.marks)
    const item = each(unknown(elementOf(of.type) ?? 'dynamic', of.v.reason))
    return unknown(['list', item.type], of.v.reason, of.marks)
  }
  const items = isSequence && isItems(of.v) ? of.v : [{ type: of.type, v: of.v }]
  spend(scope, items.length * unitsPerTurn, 'splat', expr.range)
  const results = items.map(each)
  return mark(kind === 'list' || kind === 'set' ? listOf(results) : tuple(results), of.marks)
}

/** A list where the results are of one type. */
function listOf(items: readonly Value[]): Value {
  const type: Type = items[0]?.type ?? 'dynamic'
  return items.every(item => isSameType(item.type, type))
    ? { type: ['list', type], v: items }
    : tuple(items)
}
