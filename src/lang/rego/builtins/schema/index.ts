import { type Machine, spend } from '../../eval/machine.ts'
import { isObject } from '../../value/kind.ts'
import { JsonError, readJson } from '../../value/read-json.ts'
import type { Value } from '../../value/value.ts'
import { type BuiltinFunction, failure } from '../builtin.ts'
import { wrongType } from '../operands.ts'
import { schemaProblem } from './check-schema.ts'
import { validate } from './validate.ts'

export const schemas: Readonly<Record<string, BuiltinFunction>> = {
  'json.verify_schema': (m, a) => {
    const schema = documentOf(m, a, 1)
    const problem = schema instanceof JsonError ? schema.reason : schemaProblem(schema)
    return problem === undefined ? [true, null] : [false, `jsonschema: ${problem}`]
  },
  'json.match_schema': (m, a, b) => {
    const document = documentOf(m, a, 1)
    if (document instanceof JsonError) throw failure(document.reason)
    const schema = documentOf(m, b, 2)
    if (schema instanceof JsonError) throw failure(schema.reason)
    const problem = schemaProblem(schema)
    if (problem !== undefined) throw failure(problem)
    const problems = isObject(schema) ? validate(m, schema, document) : []
    return [
      problems.length === 0,
      problems.map(({ type, field, desc }) => ({ error: `${field}: ${desc}`, type, field, desc })),
    ]
  },
}

/** A value as it is, or JSON in a string. */
function documentOf(m: Machine, value: Value, position: number): Value | JsonError {
  if (typeof value === 'string') {
    spend(m, value.length)
    return readJson(value)
  }
  if (!isObject(value)) throw wrongType(position, value, 'string', 'object')
  return value
}
