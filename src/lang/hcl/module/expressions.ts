import type { Body, Expr, TemplatePart } from '../ast.ts'

/** The expressions directly inside one. */
export function parts(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'variable':
    case 'item':
      return []
    case 'template':
      return expr.parts.flatMap(templateParts)
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
    case 'for':
      return [expr.over, expr.keyExpr, expr.valueExpr, expr.test].filter(part => part !== null)
  }
}

function templateParts(part: TemplatePart): readonly Expr[] {
  switch (part.kind) {
    case 'text':
      return []
    case 'expr':
      return [part.expr]
    case 'if':
      return [part.test, ...[...part.then, ...part.otherwise].flatMap(templateParts)]
    case 'for':
      return [part.over, ...part.body.flatMap(templateParts)]
  }
}

/** Every expression of a body, at any depth. */
export function* allExpressions(body: Body): Generator<Expr> {
  const bodies = [body]
  for (let at = bodies.pop(); at !== undefined; at = bodies.pop()) {
    for (const attribute of at.attributes.values()) yield* within(attribute.expr)
    for (const block of at.blocks) bodies.push(block.body)
  }
}

export function* within(expr: Expr): Generator<Expr> {
  const waiting = [expr]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    yield at
    waiting.push(...parts(at))
  }
}

/** Names that are taken from something as attributes: `.arn`, `["arn"]`. */
export function attributeNames(bodies: Iterable<Body>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const body of bodies) {
    for (const expr of allExpressions(body)) {
      if (expr.kind === 'attr') names.add(expr.name)
    }
  }
  return names
}
