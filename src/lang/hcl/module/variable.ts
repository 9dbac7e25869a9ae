import { applyType } from '../apply-type.ts'
import type { Attribute, Range } from '../ast.ts'
import { HclError } from '../hcl-error.ts'
import { unknown } from '../make.ts'
import { mark } from '../marks.ts'
import type { Scope } from '../scope.ts'
import { parseType, type TypeConstraint } from '../type-constraint.ts'
import type { Value } from '../value.ts'
import { reservedVariables } from './block-kinds.ts'
import type { CallNode } from './call-node.ts'
import { type Declaration, fileOf } from './declaration.ts'
import type { ParsedFile } from './files.ts'
import type { Inputs } from './inputs.ts'
import { literalScope } from './literal-scope.ts'
import type { ModuleInstance } from './module-instance.ts'
import { problemAt, problemOf } from './problem.ts'
import { evaluateIn, type Run, reasonOf } from './run.ts'

/** Who calls a module, and the scope that the call's arguments are evaluated in. */
export interface Caller {
  readonly module: ModuleInstance
  readonly node: CallNode
  readonly scope: Scope
}

/** What is wrong with a declaration itself, whether or not its default is used. */
export function checkVariable(name: string, declaration: Declaration, run: Run): void {
  const { file, block } = declaration
  if (reservedVariables.has(name)) {
    const detail = `The variable name "${name}" is reserved due to its special meaning inside module blocks.`
    run.log.add(problemAt('invalid', file, block.header, 'Invalid variable name', detail))
  }
  const constraint = constraintOf(declaration, run)
  if (declaration.body.attributes.has('default')) defaultOf(name, '', declaration, constraint, run)
}

/** A variable of the root: from outside, else its default. */
export function rootVariable(
  name: string,
  declaration: Declaration,
  inputs: Inputs | null,
  run: Run,
): Value {
  const constraint = constraintOf(declaration, run)
  const given = inputs?.get(name, constraint.type, hasType(declaration))
  if (given === undefined) return defaultOf(name, '', declaration, constraint, run)
  const convert = (): Value => applyType(given.value, constraint, given.range)
  const value = converted(convert, given.file, given.range, constraint, run, error => {
    const detail = `Unsuitable value for var.${name}: ${error.detail || error.summary}.`
    return ['Invalid value for input variable', detail]
  })
  return finished(name, '', value, declaration, constraint, run)
}

/** A variable of a called module: the call's argument, else the default. */
export function childVariable(
  name: string,
  declaration: Declaration,
  caller: Caller,
  address: string,
  run: Run,
): Value {
  const constraint = constraintOf(declaration, run)
  const argument = caller.node.declaration.body.attributes.get(name)
  if (argument === undefined) return defaultOf(name, address, declaration, constraint, run)
  const file = fileOf(caller.node.declaration, argument)
  const range = argument.expr.range
  const raw = evaluateIn(argument.expr, caller.scope, file, run)
  const convert = (): Value => applyType(raw, constraint, range)
  const value = converted(convert, file, range, constraint, run, error => {
    const detail = `The given value is not suitable for ${address}.var.${name}: ${error.detail || error.summary}.`
    return ['Invalid value for input variable', detail]
  })
  return finished(name, address, value, declaration, constraint, run)
}

function finished(
  name: string,
  address: string,
  value: Value,
  declaration: Declaration,
  constraint: TypeConstraint,
  run: Run,
): Value {
  if (value.v !== null || isNullable(declaration)) return secret(value, declaration)
  if (declaration.body.attributes.has('default'))
    return defaultOf(name, address, declaration, constraint, run)
  const subject = `${address === '' ? '' : `${address}.`}var.${name}`
  const detail = `${subject} must not be null.`
  const { file, block } = declaration
  run.log.add(
    problemAt('invalid', file, block.header, 'Required variable not set', detail, subject),
  )
  return secret(unknown(constraint.type, detail), declaration)
}

function defaultOf(
  name: string,
  address: string,
  declaration: Declaration,
  constraint: TypeConstraint,
  run: Run,
): Value {
  const written = declaration.body.attributes.get('default')
  if (written === undefined)
    return secret(unset(name, address, declaration, constraint, run), declaration)
  const file = fileOf(declaration, written)
  const range = written.expr.range
  const raw = evaluateIn(written.expr, literalScope(run.budget), file, run)
  if (raw.v === null && !isNullable(declaration)) {
    const detail = 'A null default value is not valid when nullable=false.'
    run.log.add(problemAt('invalid', file, range, invalidDefault, detail))
    return secret(unknown(constraint.type, `var.${name} is null`), declaration)
  }
  const convert = (): Value => applyType(raw, constraint, range)
  return secret(
    converted(convert, file, range, constraint, run, error => [
      invalidDefault,
      `This default value is not compatible with the variable's type constraint: ${error.detail || error.summary}.`,
    ]),
    declaration,
  )
}

const invalidDefault = 'Invalid default value for variable'

function unset(
  name: string,
  address: string,
  declaration: Declaration,
  constraint: TypeConstraint,
  run: Run,
): Value {
  const { file, block } = declaration
  const subject = `${address === '' ? '' : `${address}.`}var.${name}`
  const [summary, detail] =
    address === ''
      ? [
          'No value for required variable',
          `The root module input variable "${name}" is not set, and has no default value.`,
        ]
      : ['Missing required argument', `${address} is called without "${name}", which is required.`]
  run.log.add(
    problemAt(address === '' ? 'unset' : 'invalid', file, block.header, summary, detail, subject),
  )
  return unknown(constraint.type, `${subject} has no value`)
}

function converted(
  convert: () => Value,
  file: ParsedFile | null,
  range: Range,
  constraint: TypeConstraint,
  run: Run,
  words: (error: HclError) => readonly [string, string],
): Value {
  try {
    return convert()
  } catch (error) {
    if (!(error instanceof HclError)) throw error
    const [summary, detail] = words(error)
    if (file === null) return unknown(constraint.type, detail)
    const problem = problemAt('invalid', file, range, summary, detail)
    run.log.add(problem)
    return unknown(constraint.type, reasonOf(problem))
  }
}

/** The declared type; one that cannot be read counts as none. */
function constraintOf(declaration: Declaration, run: Run): TypeConstraint {
  const written = declaration.body.attributes.get('type')
  if (written === undefined) return anything
  try {
    return parseType(written.expr)
  } catch (error) {
    run.log.add(problemOf(error, fileOf(declaration, written), written.expr.range))
    return anything
  }
}

const anything: TypeConstraint = { type: 'dynamic', defaults: undefined }

function hasType(declaration: Declaration): boolean {
  return declaration.body.attributes.has('type')
}

function isNullable(declaration: Declaration): boolean {
  return flag(declaration.body.attributes.get('nullable')) !== false
}

function secret(value: Value, declaration: Declaration): Value {
  return flag(declaration.body.attributes.get('sensitive')) === true
    ? mark(value, { sensitive: true })
    : value
}

function flag(attribute: Attribute | undefined): boolean | undefined {
  const expr = attribute?.expr
  return expr?.kind === 'literal' && typeof expr.value === 'boolean' ? expr.value : undefined
}
