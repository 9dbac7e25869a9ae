import type { Range } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { elementReason } from './element-reason.ts'
import { HclError } from './hcl-error.ts'
import { unknown } from './make.ts'
import { joinMarks, mark } from './marks.ts'
import { compareNumbers, isWhole, type Num, numberText, numOf } from './number.ts'
import { elementOf, typeName } from './type.ts'
import { isEntries, isItems, type Type, Unknown, type Value } from './value.ts'

/** `value.name` */
export function attributeOf(value: Value, name: string, range: Range): Value {
  const { type, v } = value
  if (v === null) {
    throw new HclError(
      'Attempt to get attribute from null value',
      'This value is null, so it does not have any attributes.',
      range,
    )
  }
  if (v instanceof Unknown) return unknown(attributeType(type, name, range), inner(v), value.marks)
  if (isEntries(v)) {
    const found = v.get(name.normalize('NFC'))
    if (found !== undefined) return mark(found, value.marks)
  }
  attributeType(type, name, range)
  throw new HclError(
    'Missing map element',
    `This map does not have an element with the key "${name}".`,
    range,
  )
}

/** `value[key]` */
export function elementAt(value: Value, key: Value, range: Range): Value {
  const { type, v } = value
  if (v === null) {
    throw new HclError(
      'Attempt to index null value',
      'This value is null, so it does not have any indices.',
      range,
    )
  }
  if (key.v === null) throw invalidIndex("Can't use a null value as an indexing key.", range)
  const marks = joinMarks(value.marks, key.marks)
  if (type === 'dynamic')
    return unknown('dynamic', v instanceof Unknown ? element(v, key) : '', marks)
  if (typeof type === 'string') throw invalidIndex('This value does not have any indices.', range)
  const isNamed = type[0] === 'map' || type[0] === 'object'
  if (type[0] === 'set') {
    throw invalidIndex(
      'The elements of a set have neither order nor keys. Turn it into a list, or go through it with a loop.',
      range,
    )
  }
  const cleanKey = convertKey(key, isNamed, range)
  if (cleanKey.v instanceof Unknown) {
    return unknown(elementOf(type) ?? 'dynamic', inner(cleanKey.v), marks)
  }
  if (v instanceof Unknown) {
    return unknown(staticElement(type, cleanKey.v, range), element(v, cleanKey), marks)
  }
  const found =
    isEntries(v) && typeof cleanKey.v === 'string'
      ? v.get(cleanKey.v)
      : isItems(v)
        ? v[position(numOf(cleanKey.v), v.length, range)]
        : undefined
  if (found !== undefined) return mark(found, marks)
  throw invalidIndex(notThere, range)
}

/** What is inside something unknown is unknown for the same reason, but of its parts nothing holds. */
function inner(v: Unknown): Unknown {
  return v.parts === undefined && v.json === undefined && !v.notNull ? v : new Unknown(v.reason)
}

function element(v: Unknown, { v: key }: Value): Unknown {
  return typeof key === 'number' ? new Unknown(elementReason(v.reason, key)) : inner(v)
}

const notThere = 'The given key does not identify an element in this collection value.'

function attributeType(type: Type, name: string, range: Range): Type {
  if (type === 'dynamic') return 'dynamic'
  if (typeof type === 'string') {
    throw unsupported(`Can't access attributes on a primitive-typed value (${type}).`, range)
  }
  if (type[0] === 'map') return type[1]
  if (type[0] === 'object') {
    const found = type[1][name.normalize('NFC')]
    if (found !== undefined) return found
    throw unsupported(`This object does not have an attribute named "${name}".`, range)
  }
  throw unsupported(
    `A ${typeName(type)} has no attributes: they belong to its elements, [0] or [*].`,
    range,
  )
}

function convertKey(key: Value, isNamed: boolean, range: Range): Value {
  try {
    return convert(key, isNamed ? 'string' : 'number')
  } catch (error) {
    if (error instanceof ConversionError)
      throw invalidIndex(`${notThere.slice(0, -1)}: ${error.message}.`, range)
    throw error
  }
}

/** The type of an element that is known by its key, inside an unknown value. */
function staticElement(type: Type, key: Value['v'], range: Range): Type {
  if (typeof type === 'string') return 'dynamic'
  if (type[0] === 'object') {
    const found = typeof key === 'string' ? type[1][key] : undefined
    if (found !== undefined) return found
    throw invalidIndex(notThere, range)
  }
  if (type[0] === 'tuple') return type[1][position(numOf(key), type[1].length, range)] ?? 'dynamic'
  return type[1]
}

function position(index: Num, length: number, range: Range): number {
  const fail = (why: string): HclError => invalidIndex(`${notThere.slice(0, -1)}: ${why}.`, range)
  if (!isWhole(index)) {
    throw fail(
      'indexing a sequence requires a whole number, but the given index has a fractional part',
    )
  }
  if (compareNumbers(index, 0) < 0) {
    throw fail('a negative number is not a valid index for a sequence')
  }
  if (length === 0) throw fail('the collection has no elements')
  if (compareNumbers(index, length) >= 0) {
    throw fail('the given index is greater than or equal to the length of the collection')
  }
  return Number(numberText(index))
}

function invalidIndex(detail: string, range: Range): HclError {
  return new HclError('Invalid index', detail, range)
}

function unsupported(detail: string, range: Range): HclError {
  return new HclError('Unsupported attribute', detail, range)
}
