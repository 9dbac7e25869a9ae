import type { Expr } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import { isUnknown, object, unknown } from './make.ts'
import { joinMarks, mark } from './marks.ts'
import { staticPath } from './references.ts'
import type { Scope } from './scope.ts'
import type { Marks, Unknown, Value } from './value.ts'

/** `{ a = 1, (b) = 2 }`: of equal keys the last counts. A key that is not known hides them all. */
export function evaluateObject(expr: Expr & { readonly kind: 'object' }, scope: Scope): Value {
  const entries: [string, Value][] = []
  let marks: Marks | undefined
  let hole: Unknown | undefined
  for (const item of expr.items) {
    const key = keyOf(item.key, scope)
    const value = evaluateExpr(item.value, scope)
    marks = joinMarks(marks, key.marks)
    if (isUnknown(key)) hole ??= key.v
    else entries.push([String(key.v), value])
  }
  if (hole !== undefined) return unknown('dynamic', hole.reason, marks)
  return mark(object(entries), marks)
}

function keyOf(expr: Expr, scope: Scope): Value {
  if (expr.kind === 'attr' && staticPath(expr) !== undefined) {
    // Evaluated all the same first: an undeclared name is the better message.
    evaluateExpr(expr, scope)
    throw new HclError(
      'Ambiguous attribute key',
      'A reference as a key stands in parentheses, a name with dots in quotes.',
      expr.range,
    )
  }
  const key = evaluateExpr(expr, scope)
  if (key.v === null) {
    throw new HclError('Null value as key', "Can't use a null value as a key.", expr.range)
  }
  try {
    return convert(key, 'string')
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error
    throw new HclError(
      'Incorrect key type',
      `Can't use this value as a key: ${error.message}.`,
      expr.range,
    )
  }
}
