import type { Expr, Range, TemplatePart } from './ast.ts'
import { checkLength } from './bulk.ts'
import { ConversionError, convert } from './convert.ts'
import { equals } from './equal.ts'
import { evaluateExpr } from './evaluate.ts'
import { condition } from './evaluate-conditional.ts'
import { iterate, scopeOf } from './evaluate-for.ts'
import { partial, pieceOf } from './functions/partial.ts'
import { HclError } from './hcl-error.ts'
import { isUnknown, string, unknown } from './make.ts'
import { asTest, joinMarks, mark } from './marks.ts'
import type { Scope } from './scope.ts'
import { located } from './spend.ts'
import { type Marks, Unknown, type Value } from './value.ts'

/** Text with holes filled in; a hole whose value is not known stays one, and the text around it is kept. */
export function evaluateTemplate(expr: Expr & { readonly kind: 'template' }, scope: Scope): Value {
  return located(expr.range, () => render(expr.parts, scope))
}

function render(parts: readonly TemplatePart[], scope: Scope): Value {
  const pieces: (string | Unknown)[] = []
  let marks: Marks | undefined
  for (const part of parts) {
    if (part.kind === 'text') {
      pieces.push(part.text)
      continue
    }
    const value = partValue(part, scope)
    pieces.push(pieceOf(value))
    marks = joinMarks(marks, value.marks)
  }
  return mark(joined(pieces, scope), marks)
}

/** More pieces than this say nothing to anyone. */
const maxPieces = 1000

function joined(pieces: readonly (string | Unknown)[], scope: Scope): Value {
  let length = 0
  let count = 0
  let hole: Unknown | undefined
  for (const piece of pieces) {
    if (typeof piece === 'string') length += piece.length
    else {
      hole ??= piece
      count += piece.parts?.length ?? 1
      for (const part of piece.parts ?? []) if (typeof part === 'string') length += part.length
    }
  }
  checkLength(length)
  scope.budget.spend(length >> 5, 'a template')
  if (hole === undefined) return string(pieces.join(''))
  if (count <= maxPieces) return partial(pieces)
  return unknown('string', new Unknown(hole.reason, { notNull: true }))
}

function partValue(part: Exclude<TemplatePart, { kind: 'text' }>, scope: Scope): Value {
  switch (part.kind) {
    case 'expr':
      return interpolated(evaluateExpr(part.expr, scope), part.expr.range)
    case 'if':
      return renderIf(part, scope)
    case 'for':
      return renderFor(part, scope)
  }
}

function interpolated(value: Value, range: Range): Value {
  if (value.v === null) {
    throw invalid(
      'The expression result is null. Cannot include a null value in a string template.',
      range,
    )
  }
  try {
    return convert(value, 'string')
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error
    throw invalid(`Cannot include the given value in a string template: ${error.message}.`, range)
  }
}

function renderIf(part: TemplatePart & { readonly kind: 'if' }, scope: Scope): Value {
  const test = condition(evaluateExpr(part.test, scope), part.test.range)
  const marks = asTest(test.marks)
  if (!isUnknown(test)) {
    return mark(render(test.v === true ? part.then : part.otherwise, scope), marks)
  }
  const then = render(part.then, scope)
  const otherwise = render(part.otherwise, scope)
  const all = joinMarks(marks, joinMarks(then.marks, otherwise.marks))
  return equals(then, otherwise) === true
    ? mark(then, all)
    : unknown('string', new Unknown(test.v.reason, { notNull: true }), all)
}

function renderFor(part: TemplatePart & { readonly kind: 'for' }, scope: Scope): Value {
  const over = evaluateExpr(part.over, scope)
  const pairs = iterate(over, part.over.range, scope)
  if (pairs instanceof Unknown) {
    return unknown('string', new Unknown(pairs.reason, { notNull: true }), over.marks)
  }
  let marks = over.marks
  const pieces = pairs.map(pair => {
    const value = render(part.body, scopeOf(part, pair, scope))
    marks = joinMarks(marks, value.marks)
    return pieceOf(value)
  })
  return mark(joined(pieces, scope), marks)
}

function invalid(detail: string, range: Range): HclError {
  return new HclError('Invalid template interpolation value', detail, range)
}
