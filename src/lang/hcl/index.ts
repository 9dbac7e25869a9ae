import type { Expr, SourceFile } from './ast.ts'
import { HclError } from './hcl-error.ts'
import type { Reference } from './references.ts'
import type { Scope } from './scope.ts'
import type { TypeConstraint } from './type-constraint.ts'
import type { Type, Value } from './value.ts'

export type * from './ast.ts'
export { ConversionError, convert, makeSet } from './convert.ts'
export { equals } from './equal.ts'
export { HclError } from './hcl-error.ts'
export { type Lines, linesOf, type Position } from './lines.ts'
export * from './make.ts'
export { deepMarks, joinMarks, mark, withoutMarks } from './marks.ts'
export { asNumber, type Num, numberText, parseNumber } from './number.ts'
export { parseWholeExpression as parseExpression } from './parse-expression.ts'
export { parseFile } from './parse-file.ts'
export { parseBareTemplate as parseTemplate } from './parse-template.ts'
export type { Reference } from './references.ts'
export type { Budget, FileAccess, Resolved, Scope, StaticStep } from './scope.ts'
export { toJson } from './to-json.ts'
export { isSameType, typeName } from './type.ts'
export type { TypeConstraint } from './type-constraint.ts'
export { unify } from './unify.ts'
export { isEntries, isItems, type Marks, type Type, Unknown, type Value } from './value.ts'

/** Parses `.tf.json` into the same tree. */
export function parseJsonFile(name: string, _text: string | Uint8Array): SourceFile {
  throw pending(name)
}

/** Throws HclError; unknown is a value, never an error. */
export function evaluateExpr(_expr: Expr, _scope: Scope): Value {
  throw pending('evaluateExpr')
}

/** A scope with extra names, for loops, `each`, `count`, `self`; they hide what the parent has. */
export function extend(_scope: Scope, _names: ReadonlyMap<string, Value>): Scope {
  throw pending('extend')
}

/** Reads a variable's `type` argument: `object({ a = optional(string, "x") })`. Throws HclError. */
export function parseType(_expr: Expr): TypeConstraint {
  throw pending('parseType')
}

/** Fills in optional attributes and converts; throws HclError at `range`. */
export function applyType(
  _value: Value,
  _constraint: TypeConstraint,
  _range: Expr['range'],
): Value {
  throw pending('applyType')
}

/** Every name that the expression refers to, save those that its own loops bind. */
export function references(_expr: Expr): readonly Reference[] {
  throw pending('references')
}

/** Evaluates HCL text alone, with locals. */
export function evaluate(
  _text: string,
  _options: { readonly locals?: Readonly<Record<string, string>> } = {},
): { readonly json?: string; readonly unknown?: true; readonly type: Type } {
  throw pending('evaluate')
}

function pending(what: string): HclError {
  return new HclError('Not built yet', what, { start: 0, end: 0 })
}
