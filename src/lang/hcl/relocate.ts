import type { Expr, Range, TemplatePart } from './ast.ts'

/** The same tree with other ranges: for an expression that was parsed from a part of a file. */
export function relocated(expr: Expr, move: (range: Range) => Range): Expr {
  const go = (inner: Expr): Expr => relocated(inner, move)
  const maybe = (inner: Expr | null): Expr | null => (inner === null ? null : go(inner))
  const range = move(expr.range)
  switch (expr.kind) {
    case 'literal':
    case 'variable':
    case 'item':
      return { ...expr, range }
    case 'template':
      return { ...expr, parts: expr.parts.map(part => relocatedPart(part, move)), range }
    case 'wrap':
    case 'parens':
    case 'unary':
      return { ...expr, expr: go(expr.expr), range }
    case 'attr':
      return { ...expr, of: go(expr.of), range }
    case 'index':
      return { ...expr, of: go(expr.of), key: go(expr.key), range }
    case 'splat':
      return { ...expr, of: go(expr.of), each: go(expr.each), range }
    case 'call':
      return { ...expr, args: expr.args.map(go), range }
    case 'binary':
      return { ...expr, left: go(expr.left), right: go(expr.right), range }
    case 'conditional': {
      const [test, then, otherwise] = [go(expr.test), go(expr.then), go(expr.otherwise)]
      return { ...expr, test, then, otherwise, range }
    }
    case 'tuple':
      return { ...expr, items: expr.items.map(go), range }
    case 'object':
      return {
        ...expr,
        items: expr.items.map(item => ({ key: go(item.key), value: go(item.value) })),
        range,
      }
    case 'for':
      return {
        ...expr,
        over: go(expr.over),
        keyExpr: maybe(expr.keyExpr),
        valueExpr: go(expr.valueExpr),
        test: maybe(expr.test),
        range,
      }
  }
}

function relocatedPart(part: TemplatePart, move: (range: Range) => Range): TemplatePart {
  const range = move(part.range)
  const go = (inner: TemplatePart): TemplatePart => relocatedPart(inner, move)
  switch (part.kind) {
    case 'text':
      return { ...part, range }
    case 'expr':
      return { ...part, expr: relocated(part.expr, move), range }
    case 'if': {
      const [then, otherwise] = [part.then.map(go), part.otherwise.map(go)]
      return { ...part, test: relocated(part.test, move), then, otherwise, range }
    }
    case 'for':
      return { ...part, over: relocated(part.over, move), body: part.body.map(go), range }
  }
}
