import { isArray, isNumber, isObject } from '../../value/kind.ts'
import { objectEntries, objectGet } from '../../value/object.ts'
import type { JsonObject, RegoObject, Value } from '../../value/value.ts'
import { isRegex } from '../patterns/regex.ts'
import { resolve } from './validate.ts'

type Fields = JsonObject | RegoObject

const types = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string']

/** What is wrong with a schema itself; undefined where nothing is. */
export function schemaProblem(schema: Value, root: Value = schema, depth = 0): string | undefined {
  if (typeof schema === 'boolean') return undefined
  if (!isObject(schema)) return 'schema is invalid'
  if (depth > 200) return 'schema is nested too deeply'
  const again = (inner: Value): string | undefined => schemaProblem(inner, root, depth + 1)
  return (
    typeProblem(objectGet(schema, 'type')) ??
    refProblem(root, objectGet(schema, '$ref')) ??
    shapeProblem(schema) ??
    first(subschemas(schema), again)
  )
}

function first(
  schemas: readonly Value[],
  problem: (schema: Value) => string | undefined,
): string | undefined {
  for (const schema of schemas) {
    const found = problem(schema)
    if (found !== undefined) return found
  }
  return undefined
}

function typeProblem(type: Value | undefined): string | undefined {
  if (type === undefined) return undefined
  for (const each of isArray(type) ? type : [type]) {
    if (typeof each === 'string' && types.includes(each)) continue
    const shown = typeof each === 'string' ? each : JSON.stringify(each)
    return (
      `has a primitive type that is NOT VALID -- given: /${shown}/ ` +
      `Expected valid values are:[${types.join(' ')}]`
    )
  }
  return undefined
}

function refProblem(root: Value, ref: Value | undefined): string | undefined {
  if (ref === undefined) return undefined
  if (typeof ref !== 'string') return 'Invalid type. Expected: string, given: $ref'
  if (!ref.startsWith('#')) return `remote reference loading disabled: ${ref}`
  return isObject(root) && resolve(root, ref) !== undefined
    ? undefined
    : `Object has no key '${ref.split('/').at(-1)}'`
}

const numbers = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']
const lists = ['allOf', 'anyOf', 'oneOf', 'enum', 'required']
const maps = ['properties', 'patternProperties', 'definitions', '$defs', 'dependencies']
const singles = [
  'additionalItems',
  'additionalProperties',
  'not',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
]

function shapeProblem(schema: Fields): string | undefined {
  for (const name of numbers) {
    const value = objectGet(schema, name)
    if (value !== undefined && (!isNumber(value) || value === 0.5 || Number(value) < 0))
      return `${name} must be of an integer`
  }
  for (const name of lists) {
    const value = objectGet(schema, name)
    if (value !== undefined && !isArray(value)) return `${name} must be of type array`
  }
  for (const name of maps) {
    const value = objectGet(schema, name)
    if (value !== undefined && !isObject(value)) return `${name} must be of type object`
  }
  const pattern = objectGet(schema, 'pattern')
  if (pattern !== undefined && (typeof pattern !== 'string' || !isRegex(pattern)))
    return 'pattern must be a valid regex'
  return undefined
}

function subschemas(schema: Fields): readonly Value[] {
  const found: Value[] = []
  for (const name of ['allOf', 'anyOf', 'oneOf', 'items']) {
    const value = objectGet(schema, name)
    if (isArray(value)) found.push(...value)
    else if (name === 'items' && value !== undefined) found.push(value)
  }
  for (const name of maps) {
    const value = objectGet(schema, name)
    if (isObject(value))
      for (const [, inner] of objectEntries(value)) if (!isArray(inner)) found.push(inner)
  }
  for (const name of singles) {
    const value = objectGet(schema, name)
    if (value !== undefined) found.push(value)
  }
  return found
}
