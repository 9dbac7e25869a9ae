import { attributeOf, elementAt } from './access.ts'
import type { Expr, Range } from './ast.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import { staticPath } from './references.ts'
import type { Resolved, Scope, StaticStep } from './scope.ts'
import type { Value } from './value.ts'

export function evaluateVariable(expr: Expr & { readonly kind: 'variable' }, scope: Scope): Value {
  return resolve(scope, expr.name, [], expr.range).value
}

export function evaluateAttr(expr: Expr & { readonly kind: 'attr' }, scope: Scope): Value {
  return (
    evaluatePath(expr, scope) ?? attributeOf(evaluateExpr(expr.of, scope), expr.name, expr.range)
  )
}

export function evaluateIndex(expr: Expr & { readonly kind: 'index' }, scope: Scope): Value {
  const known = evaluatePath(expr, scope)
  if (known !== undefined) return known
  const of = evaluateExpr(expr.of, scope)
  return elementAt(of, evaluateExpr(expr.key, scope), expr.range)
}

/** The element that a splat is at. */
export function evaluateItem(expr: Expr & { readonly kind: 'item' }, scope: Scope): Value {
  return resolve(scope, itemName, [], expr.range).value
}

/** No name in the language can be this. */
export const itemName = '*'

/** A path of static steps from a name: the scope takes as many of them as it understands. */
function evaluatePath(expr: Expr, scope: Scope): Value | undefined {
  const path = staticPath(expr)
  if (path === undefined) return undefined
  const { value, used } = resolve(scope, path.root, path.steps, expr.range)
  let result = value
  for (const node of path.nodes.slice(used)) {
    result =
      node.kind === 'attr'
        ? attributeOf(result, node.name, node.range)
        : elementAt(result, evaluateExpr(node.key, scope), node.range)
  }
  return result
}

function resolve(scope: Scope, root: string, steps: readonly StaticStep[], range: Range): Resolved {
  const resolved = scope.resolve(root, steps, range)
  if (resolved !== undefined) return resolved
  throw new HclError('Unknown variable', `There is no variable named "${root}".`, range)
}
