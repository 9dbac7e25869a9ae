export { applyType } from './apply-type.ts'
export type * from './ast.ts'
export { contextOf } from './call-context.ts'
export { ConversionError, convert, makeSet } from './convert.ts'
export { equals } from './equal.ts'
export { evaluateExpr } from './evaluate.ts'
export { type Evaluated, evaluate } from './evaluate-text.ts'
export { decodeHoled } from './functions/json-holes.ts'
export { HclError, isRecoverable, limitSummary } from './hcl-error.ts'
export { type Lines, linesOf, type Position } from './lines.ts'
export * from './make.ts'
export { deepMarks, joinMarks, mark, withoutMarks } from './marks.ts'
export { type LoadedModule, loadModule } from './module/load-module.ts'
export { asNumber, type Num, numberText, parseNumber } from './number.ts'
export { parseWholeExpression as parseExpression } from './parse-expression.ts'
export { parseFile } from './parse-file.ts'
export { parseJsonFile } from './parse-json.ts'
export { parseBareTemplate as parseTemplate } from './parse-template.ts'
export { type Reference, references } from './references.ts'
export {
  type Budget,
  extend,
  type FileAccess,
  Refused,
  type Resolved,
  type Scope,
  type StaticStep,
} from './scope.ts'
export { budgetOf } from './spend.ts'
export { toJson } from './to-json.ts'
export { isSameType, typeName } from './type.ts'
export { type Defaults, parseType, type TypeConstraint } from './type-constraint.ts'
export { unify } from './unify.ts'
export { isEntries, isItems, type Marks, type Type, Unknown, type Value } from './value.ts'
