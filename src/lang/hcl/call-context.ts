import { evaluateExpr } from './evaluate.ts'
import { type CallContext, FunctionError } from './functions/spec.ts'
import { HclError, isRecoverable } from './hcl-error.ts'
import { linesOf } from './lines.ts'
import { parseFile } from './parse-file.ts'
import { parseBareTemplate } from './parse-template.ts'
import type { Scope } from './scope.ts'
import type { Value } from './value.ts'

/** What a function may ask of the evaluator. */
export function contextOf(scope: Scope): CallContext {
  return {
    files: scope.files,
    budget: scope.budget,
    template: (text, name, variables) => template(scope, text, name, variables),
    attributes: (text, name) => attributes(scope, text, name),
  }
}

function template(
  scope: Scope,
  text: string,
  name: string,
  variables: ReadonlyMap<string, Value>,
): Value {
  if (scope.isTemplate === true) {
    throw new FunctionError('cannot call this from inside another template function')
  }
  scope.budget.spend(text.length, 'a template')
  const inner: Scope = {
    ...scope,
    isTemplate: true,
    resolve(root, _steps, range) {
      const value = variables.get(root.normalize('NFC'))
      if (value !== undefined) return { value, used: 0 }
      throw new HclError(
        'Invalid function argument',
        `vars map does not contain key "${root}", referenced in the template`,
        range,
      )
    },
  }
  return placed(text, name, () => evaluateExpr(parseBareTemplate(text), inner))
}

/** The attributes of a `.tfvars` file: values alone, no references. */
function attributes(scope: Scope, text: string, name: string): ReadonlyMap<string, Value> {
  const { body, errors } = parseFile(name, text)
  const [first] = errors
  if (first !== undefined) {
    throw new FunctionError(
      `${name}:${first.line},${first.column}: ${first.summary}; ${first.detail}`,
    )
  }
  const inner: Scope = {
    budget: scope.budget,
    resolve(_root, _steps, range) {
      throw new HclError('Variables not allowed', 'Variables may not be used here.', range)
    },
  }
  return placed(
    text,
    name,
    () => new Map([...body.attributes].map(([key, { expr }]) => [key, evaluateExpr(expr, inner)])),
  )
}

/** An error in another text becomes the function's, with its place there. */
function placed<T>(text: string, name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isRecoverable(error)) throw error
    const { line, column } = linesOf(text).at(error.range.start)
    throw new FunctionError(`${name}:${line},${column}: ${error.message}`)
  }
}
