import { type Machine, step } from '../../eval/machine.ts'
import { compareNumbers, isInteger, numberText, toDecimal } from '../../value/big.ts'
import { isArray, isNumber, isObject, kindOf } from '../../value/kind.ts'
import { objectEntries, objectGet, objectSize } from '../../value/object.ts'
import { equal } from '../../value/order.ts'
import { pointCount } from '../../value/points.ts'
import { type JsonObject, type RegoObject, RegoSet, type Value } from '../../value/value.ts'
import { writeJson } from '../../value/write-json.ts'
import { regex } from '../patterns/regex.ts'
import { checkFormat } from './formats.ts'

type Fields = JsonObject | RegoObject

/** One way in which a document does not fit its schema, in gojsonschema's words. */
export interface Problem {
  readonly type: string
  readonly field: string
  readonly desc: string
}

interface State {
  readonly m: Machine
  readonly root: Fields
  readonly problems: Problem[]
  readonly depth: number
}

export function validate(m: Machine, root: Fields, document: Value): readonly Problem[] {
  const state: State = { m, root, problems: [], depth: 0 }
  check(state, root, document, '(root)')
  return state.problems
}

function add(state: State, type: string, field: string, desc: string): void {
  state.problems.push({ type, field, desc })
}

/** The problems of a document against a schema within the schema. */
function tryCheck(state: State, schema: Value, value: Value, path: string): readonly Problem[] {
  const inner: State = { ...state, problems: [], depth: state.depth + 1 }
  check(inner, schema, value, path)
  return inner.problems
}

function check(state: State, schema: Value, value: Value, path: string): void {
  step(state.m)
  if (schema === false) add(state, 'false', path, 'False always fails validation')
  if (!isObject(schema) || state.depth > 200) return
  const ref = objectGet(schema, '$ref')
  if (typeof ref === 'string') {
    const target = resolve(state.root, ref)
    if (target !== undefined) check({ ...state, depth: state.depth + 1 }, target, value, path)
    return
  }
  if (!checkType(state, schema, value, path)) return
  checkEnum(state, schema, value, path)
  checkCombinations(state, schema, value, path)
  if (typeof value === 'string') checkText(state, schema, value, path)
  if (isNumber(value)) checkNumber(state, schema, value, path)
  if (isArray(value)) checkArray(state, schema, value, path)
  if (isObject(value)) checkObject(state, schema, value, path)
}

/** `#/definitions/x` */
export function resolve(root: Fields, ref: string): Value | undefined {
  if (!ref.startsWith('#')) return undefined
  let at: Value | undefined = root
  for (const part of ref.slice(1).split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (isArray(at)) at = at[Number(key)]
    else at = isObject(at) ? objectGet(at, key) : undefined
  }
  return at
}

function typeOf(value: Value): string {
  const kind = kindOf(value)
  return isNumber(value) && isInteger(value) ? 'integer' : kind
}

function checkType(state: State, schema: Fields, value: Value, path: string): boolean {
  const wanted = objectGet(schema, 'type')
  const types = isArray(wanted) ? wanted : wanted === undefined ? [] : [wanted]
  const given = typeOf(value)
  if (types.length === 0 || types.includes(given)) return true
  if (given === 'integer' && types.includes('number')) return true
  const expected = types.map(String).join('/')
  add(state, 'invalid_type', path, `Invalid type. Expected: ${expected}, given: ${given}`)
  return false
}

function checkEnum(state: State, schema: Fields, value: Value, path: string): void {
  const options = objectGet(schema, 'enum')
  if (isArray(options) && !options.some(each => equal(each, value))) {
    const list = options.map(each => writeJson(each)).join(', ')
    add(state, 'enum', path, `${path} must be one of the following: ${list}`)
  }
  const fixed = objectGet(schema, 'const')
  if (fixed !== undefined && !equal(fixed, value))
    add(state, 'const', path, `${path} does not match: ${writeJson(fixed)}`)
}

function checkCombinations(state: State, schema: Fields, value: Value, path: string): void {
  const list = (name: string): readonly Value[] => {
    const schemas = objectGet(schema, name)
    return isArray(schemas) ? schemas : []
  }
  const fits = (each: Value): boolean => tryCheck(state, each, value, path).length === 0
  const any = list('anyOf')
  if (any.length > 0 && !any.some(fits))
    add(state, 'number_any_of', path, 'Must validate at least one schema (anyOf)')
  const one = list('oneOf')
  if (one.length > 0 && one.filter(fits).length !== 1)
    add(state, 'number_one_of', path, 'Must validate one and only one schema (oneOf)')
  const all = list('allOf').flatMap(each => tryCheck(state, each, value, path))
  state.problems.push(...all)
  if (all.length > 0) add(state, 'number_all_of', path, 'Must validate all the schemas (allOf)')
  const not = objectGet(schema, 'not')
  if (not !== undefined && fits(not))
    add(state, 'number_not', path, 'Must not validate the schema (not)')
  const condition = objectGet(schema, 'if')
  if (condition === undefined) return
  const holds = fits(condition)
  const branch = objectGet(schema, holds ? 'then' : 'else')
  if (branch === undefined || fits(branch)) return
  const type = holds ? 'condition_then' : 'condition_else'
  add(
    state,
    type,
    path,
    `Must validate "${holds ? 'then' : 'else'}" as "if" was ${holds ? 'valid' : 'not valid'}`,
  )
}

function limit(schema: Fields, name: string): number | undefined {
  const value = objectGet(schema, name)
  return typeof value === 'number' ? value : undefined
}

function checkText(state: State, schema: Fields, value: string, path: string): void {
  const length = pointCount(value)
  const [min, max] = [limit(schema, 'minLength'), limit(schema, 'maxLength')]
  if (min !== undefined && length < min)
    add(state, 'string_gte', path, `String length must be greater than or equal to ${min}`)
  if (max !== undefined && length > max)
    add(state, 'string_lte', path, `String length must be less than or equal to ${max}`)
  const pattern = objectGet(schema, 'pattern')
  if (typeof pattern === 'string' && !regex(state.m, pattern).test(state.m, value))
    add(state, 'pattern', path, `Does not match pattern '${pattern}'`)
  const format = objectGet(schema, 'format')
  if (typeof format === 'string' && !checkFormat(format, value))
    add(state, 'format', path, `Does not match format '${format}'`)
}

function checkNumber(
  state: State,
  schema: Fields,
  value: Parameters<typeof numberText>[0],
  path: string,
): void {
  const bound = (name: string) => {
    const given = objectGet(schema, name)
    return isNumber(given) ? given : undefined
  }
  const exclusive = (name: string): boolean => objectGet(schema, name) === true
  const report = (type: string, relation: string, to: typeof value): void =>
    add(state, type, path, `Must be ${relation} ${numberText(to)}`)
  const [min, max] = [bound('minimum'), bound('maximum')]
  if (min !== undefined) {
    const order = compareNumbers(value, min)
    if (exclusive('exclusiveMinimum')) {
      if (order <= 0) report('number_gt', 'greater than', min)
    } else if (order < 0) report('number_gte', 'greater than or equal to', min)
  }
  if (max !== undefined) {
    const order = compareNumbers(value, max)
    if (exclusive('exclusiveMaximum')) {
      if (order >= 0) report('number_lt', 'less than', max)
    } else if (order > 0) report('number_lte', 'less than or equal to', max)
  }
  const [above, below] = [bound('exclusiveMinimum'), bound('exclusiveMaximum')]
  if (above !== undefined && compareNumbers(value, above) <= 0)
    report('number_gt', 'greater than', above)
  if (below !== undefined && compareNumbers(value, below) >= 0)
    report('number_lt', 'less than', below)
  const multiple = bound('multipleOf')
  if (multiple !== undefined && !isMultiple(value, multiple))
    add(state, 'multiple_of', path, `Must be a multiple of ${numberText(multiple)}`)
}

function isMultiple(value: Parameters<typeof numberText>[0], of: typeof value): boolean {
  const [a, b] = [toDecimal(value), toDecimal(of)]
  const exponent = Math.min(a.exponent, b.exponent)
  const divisor = b.digits * 10n ** BigInt(b.exponent - exponent)
  return divisor !== 0n && (a.digits * 10n ** BigInt(a.exponent - exponent)) % divisor === 0n
}

function join(path: string, key: string): string {
  return path === '(root)' ? key : `${path}.${key}`
}

function checkArray(state: State, schema: Fields, value: readonly Value[], path: string): void {
  const items = objectGet(schema, 'items')
  const extra = objectGet(schema, 'additionalItems')
  for (const [i, item] of value.entries()) {
    const own = isArray(items) ? (i < items.length ? items[i] : extra) : items
    if (own !== undefined && !(isArray(items) && i >= items.length && own === false))
      check(state, own, item, join(path, String(i)))
  }
  if (isArray(items) && extra === false && value.length > items.length)
    add(state, 'array_no_additional_items', path, 'No additional items allowed on array')
  const [min, max] = [limit(schema, 'minItems'), limit(schema, 'maxItems')]
  if (min !== undefined && value.length < min)
    add(state, 'array_min_items', path, `Array must have at least ${min} items`)
  if (max !== undefined && value.length > max)
    add(state, 'array_max_items', path, `Array must have at most ${max} items`)
  if (objectGet(schema, 'uniqueItems') === true && RegoSet.of(value).size < value.length)
    add(state, 'unique', path, 'array items must be unique')
  const contains = objectGet(schema, 'contains')
  if (
    contains !== undefined &&
    !value.some(item => tryCheck(state, contains, item, path).length === 0)
  )
    add(state, 'contains', path, 'At least one of the items must match')
}

function checkObject(state: State, schema: Fields, value: Fields, path: string): void {
  const required = objectGet(schema, 'required')
  for (const name of isArray(required) ? required : [])
    if (objectGet(value, name) === undefined)
      add(state, 'required', path, `${String(name)} is required`)
  const size = objectSize(value)
  const [min, max] = [limit(schema, 'minProperties'), limit(schema, 'maxProperties')]
  if (min !== undefined && size < min)
    add(state, 'array_min_properties', path, `Must have at least ${min} properties`)
  if (max !== undefined && size > max)
    add(state, 'array_max_properties', path, `Must have at most ${max} properties`)
  const properties = objectGet(schema, 'properties')
  const patterns = objectGet(schema, 'patternProperties')
  const extra = objectGet(schema, 'additionalProperties')
  const names = objectGet(schema, 'propertyNames')
  for (const [key, member] of objectEntries(value)) {
    const name = String(key)
    const inner = join(path, name)
    const own = isObject(properties) ? objectGet(properties, key) : undefined
    if (own !== undefined) check(state, own, member, inner)
    const matching = isObject(patterns)
      ? objectEntries(patterns).filter(
          ([pattern]) => typeof pattern === 'string' && regex(state.m, pattern).test(state.m, name),
        )
      : []
    for (const [, pattern] of matching) check(state, pattern, member, inner)
    if (names !== undefined && tryCheck(state, names, name, path).length > 0)
      add(state, 'invalid_property_name', path, `Property name of "${name}" does not match`)
    if (own !== undefined || matching.length > 0 || extra === undefined) continue
    if (extra === false) {
      const desc = `Additional property ${name} is not allowed`
      add(state, 'additional_property_not_allowed', path, desc)
    } else check(state, extra, member, inner)
  }
  checkDependencies(state, schema, value, path)
}

function checkDependencies(state: State, schema: Fields, value: Fields, path: string): void {
  const dependencies = objectGet(schema, 'dependencies')
  if (!isObject(dependencies)) return
  for (const [key, needs] of objectEntries(dependencies)) {
    if (objectGet(value, key) === undefined) continue
    if (!isArray(needs)) {
      check(state, needs, value, path)
      continue
    }
    for (const name of needs)
      if (objectGet(value, name) === undefined)
        add(state, 'missing_dependency', path, `Has a dependency on ${String(name)}`)
  }
}
