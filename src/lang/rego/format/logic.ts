import type { Body, BodyExpr, Literal, Term } from '../syntax/ast.ts'
import { closing, writeBodyBlock, writeBodyLine, writeLiteral } from './bodies.ts'
import { infixOf } from './operators.ts'
import type { Writer } from './writer.ts'

/** What stands beside `and` and `or`, as it is written. */
interface Operand {
  readonly body: Body
  readonly braced: boolean
  /** Of the literal, or of the opening brace. */
  readonly row: number
  readonly endRow: number
}

type Operator = 'and' | 'or'

/** `a and b`, `a or b`, `not { … }`: the parser's bodies as they were written, but for their modifiers. */
export function writeLogical(w: Writer, literal: Literal, expr: BodyExpr, isFirst: boolean): void {
  const chain = chainOf(w, literal)
  if (chain === undefined) {
    writeNot(w, literal, expr)
    return
  }
  let endRow = chain.first.endRow
  let isIndented = false
  writeOperand(w, chain.first, chain.operator, { isRight: false, isFirst })
  for (const { operator, operand } of chain.rest) {
    w.write(` ${operator}`)
    if (operand.row > endRow) {
      w.end(endRow)
      if (!isIndented) w.indent()
      isIndented = true
      w.before(operand.row)
    } else w.write(' ')
    writeOperand(w, operand, operator, { isRight: true, isFirst: false })
    endRow = operand.endRow
  }
  if (isIndented) w.dedent()
}

interface Chain {
  readonly operator: Operator
  readonly first: Operand
  readonly rest: readonly { readonly operator: Operator; readonly operand: Operand }[]
}

/** Operators associate to the left: `a and b and c or d` is one chain. */
function chainOf(w: Writer, literal: Literal): Chain | undefined {
  const parts = partsOf(literal)
  if (parts === undefined) return undefined
  const { operator } = parts
  const [left, right] = [operandOf(w, parts.left), operandOf(w, parts.right)]
  const last = { operator, operand: right }
  const [only] = left.body
  const isOpen = !left.braced && only !== undefined && !needsParens(only, operator, false)
  const inner = isOpen && only.with.length === 0 ? chainOf(w, only) : undefined
  return inner === undefined
    ? { operator, first: left, rest: [last] }
    : { ...inner, rest: [...inner.rest, last] }
}

/** Undefined where it is no `and` and no `or`. */
function partsOf({
  negated,
  expr,
}: Literal):
  | { readonly operator: Operator; readonly left: Literal; readonly right: Literal }
  | undefined {
  if (expr.kind !== 'body') return undefined
  const [left, right] = expr.form === 'or' ? expr.body.map(unnegated) : expr.body
  if (left === undefined || right === undefined) return undefined
  if (expr.form === 'and' && !negated) return { operator: 'and', left, right }
  return expr.form === 'or' && negated ? { operator: 'or', left, right } : undefined
}

function unnegated({ expr }: Literal): Literal | undefined {
  return expr.kind === 'body' ? expr.body[0] : undefined
}

function operandOf(w: Writer, literal: Literal): Operand {
  const { expr } = literal
  if (expr.kind !== 'body' || expr.form !== undefined)
    return { body: [literal], braced: false, row: literal.loc.row, endRow: w.endRow(literal.loc) }
  const [first] = expr.body
  const last = expr.body.at(-1)?.loc.end ?? literal.loc.end
  if (expr.braced !== true || first === undefined)
    return {
      body: expr.body,
      braced: false,
      row: literal.loc.row,
      endRow: w.endRow({ end: last }),
    }
  const open = w.source.lastIndexOf('{', first.loc.offset - 1)
  return { body: expr.body, braced: true, row: w.rowOf(open), endRow: w.rowOf(closing(w, last)) }
}

function writeOperand(
  w: Writer,
  operand: Operand,
  operator: Operator,
  { isRight, isFirst }: { readonly isRight: boolean; readonly isFirst: boolean },
): void {
  const [only] = operand.body
  if (only === undefined) return
  if (operand.braced) {
    writeBraces(w, operand.body, operand.row)
    return
  }
  const isWrapped = needsParens(only, operator, isRight)
  if (isWrapped) w.write('(')
  writeLiteral(w, only, isFirst && !isWrapped)
  if (isWrapped) w.write(')')
}

function writeNot(w: Writer, literal: Literal, { body, braced }: BodyExpr): void {
  w.write('not ')
  const [only] = body
  if (only === undefined) return
  if (braced === true || body.length > 1) {
    writeBraces(w, body, literal.loc.row)
    return
  }
  const isWrapped =
    only.with.length > 0 ||
    partsOf(only) !== undefined ||
    (only.expr.kind === 'body' && only.expr.form === 'not') ||
    beginsWithBrace(only)
  if (isWrapped) w.write('(')
  writeLiteral(w, only)
  if (isWrapped) w.write(')')
}

function writeBraces(w: Writer, body: Body, openRow: number): void {
  w.write('{')
  const last = body.at(-1)?.loc
  const close = closing(w, last?.end ?? 0)
  if (body.every(({ loc }) => loc.row === openRow)) {
    w.write(' ')
    writeBodyLine(w, body)
    w.write(' }')
    return
  }
  const [first] = body
  if (first === undefined) return
  writeBodyBlock(w, body, { ...first.loc, row: openRow, end: close + 1 }, openRow)
  w.write('}')
}

function needsParens(literal: Literal, parent: Operator, isRight: boolean): boolean {
  if (literal.with.length > 0) return true
  const operator = partsOf(literal)?.operator
  if (operator === 'or') return parent === 'and' || isRight
  if (operator === 'and') return parent === 'and' && isRight
  return beginsWithBrace(literal)
}

/** A value that begins with a brace would be read as a body. */
function beginsWithBrace({ negated, expr }: Literal): boolean {
  if (negated) return false
  if (expr.kind === 'term') return isBraced(expr.term)
  const [left] = expr.kind === 'call' && infixOf(expr) !== undefined ? expr.args : []
  return left !== undefined && isBraced(left)
}

function isBraced(term: Term): boolean {
  switch (term.kind) {
    case 'set':
      return term.items.length > 0
    case 'object':
      return true
    case 'comprehension':
      return term.shape !== 'array'
    case 'ref': {
      const [head] = term.path
      return head !== undefined && isBraced(head)
    }
    case 'call': {
      const [left] = infixOf(term) === undefined ? [] : term.args
      return left !== undefined && isBraced(left)
    }
    default:
      return false
  }
}
