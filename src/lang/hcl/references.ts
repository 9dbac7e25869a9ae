import type { Expr, Range, TemplatePart } from './ast.ts'
import type { StaticStep } from './scope.ts'

/** `local.volumes[0].size`: root `local`, steps name `volumes`, key 0, name `size`. */
export interface Reference {
  readonly root: string
  readonly steps: readonly StaticStep[]
  readonly range: Range
}

export type StepNode = Expr & { readonly kind: 'attr' | 'index' }

export interface StaticPath {
  readonly root: string
  readonly steps: readonly StaticStep[]
  /** The node of each step. */
  readonly nodes: readonly StepNode[]
}

/** The expression as a name with static steps behind it; undefined where it is anything else. */
export function staticPath(expr: Expr): StaticPath | undefined {
  const steps: StaticStep[] = []
  const nodes: StepNode[] = []
  let at = expr
  while (at.kind === 'attr' || at.kind === 'index') {
    const step = stepOf(at)
    if (step === undefined) return undefined
    steps.push(step)
    nodes.push(at)
    at = at.of
  }
  return at.kind === 'variable'
    ? { root: at.name, steps: steps.reverse(), nodes: nodes.reverse() }
    : undefined
}

/** Every name that the expression refers to, in order, save those that its own loops bind. */
export function references(expr: Expr): readonly Reference[] {
  const found: Reference[] = []
  collect(expr, new Set(), found)
  return found
}

function stepOf(node: StepNode): StaticStep | undefined {
  if (node.kind === 'attr') return { name: node.name }
  const { key } = node
  if (key.kind !== 'literal') return undefined
  return typeof key.value === 'string' || typeof key.value === 'number'
    ? { key: key.value }
    : undefined
}

function collect(expr: Expr, bound: ReadonlySet<string>, found: Reference[]): void {
  const path = staticPath(expr)
  if (path !== undefined) {
    if (!bound.has(path.root)) found.push({ root: path.root, steps: path.steps, range: expr.range })
    return
  }
  switch (expr.kind) {
    case 'template':
      collectParts(expr.parts, bound, found)
      break
    case 'for': {
      collect(expr.over, bound, found)
      const inner = withNames(bound, expr.key, expr.value)
      for (const part of [expr.keyExpr, expr.valueExpr, expr.test]) {
        if (part !== null) collect(part, inner, found)
      }
      break
    }
    default:
      for (const part of inside(expr)) collect(part, bound, found)
  }
}

function inside(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'wrap':
    case 'parens':
    case 'unary':
      return [expr.expr]
    case 'attr':
      return [expr.of]
    case 'index':
      return [expr.of, expr.key]
    case 'splat':
      return [expr.of, expr.each]
    case 'call':
      return expr.args
    case 'binary':
      return [expr.left, expr.right]
    case 'conditional':
      return [expr.test, expr.then, expr.otherwise]
    case 'tuple':
      return expr.items
    case 'object':
      return expr.items.flatMap(item => [item.key, item.value])
    default:
      return []
  }
}

function collectParts(
  parts: readonly TemplatePart[],
  bound: ReadonlySet<string>,
  found: Reference[],
): void {
  for (const part of parts) {
    if (part.kind === 'expr') collect(part.expr, bound, found)
    else if (part.kind === 'if') {
      collect(part.test, bound, found)
      collectParts(part.then, bound, found)
      collectParts(part.otherwise, bound, found)
    } else if (part.kind === 'for') {
      collect(part.over, bound, found)
      collectParts(part.body, withNames(bound, part.key, part.value), found)
    }
  }
}

function withNames(
  bound: ReadonlySet<string>,
  key: string | null,
  value: string,
): ReadonlySet<string> {
  const names = new Set(bound).add(value)
  return key === null ? names : names.add(key)
}
