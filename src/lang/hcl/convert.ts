import { weigh } from './bulk.ts'
import { compareInSet, setKey } from './equal.ts'
import { deepMarks, joinMarks, withoutMarks } from './marks.ts'
import { numberText, numOf, parseNumber } from './number.ts'
import { OpenEntries } from './open-entries.ts'
import { isSameType, kindOf, objectType, typeName } from './type.ts'
import { unify } from './unify.ts'
import { isEntries, isItems, type Marks, type Type, Unknown, type Value } from './value.ts'

/** Why a value does not convert: `a number is required`, `element 0: string required`. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError'
}

/**
 * The value as that type, by all of Terraform's automatic conversions. `dynamic` inside a target stands
 * for what the value brings along. Throws {@link ConversionError}.
 */
export function convert(value: Value, target: Type): Value {
  if (target === 'dynamic' || isSameType(value.type, target)) return value
  if (value.v === null) return changed(value, settled(target), null)
  if (value.v instanceof Unknown) return convertUnknown(value, value.v, target)
  if (typeof target === 'string') return convertPrimitive(value, target)
  // What it would be read for is not written: as another type it could not answer.
  if (value.v instanceof OpenEntries && (target[0] === 'object' || target[0] === 'map'))
    return value
  switch (target[0]) {
    case 'list':
    case 'set':
      return toSequence(value, target[0], target[1])
    case 'map':
      return toMap(value, target[1])
    case 'object':
      return toObject(value, target[1], target[2] ?? [])
    case 'tuple':
      return toTuple(value, target[1])
  }
}

/** A set from elements of that type: in order, without duplicates, its elements' marks on the whole. */
export function makeSet(
  element: Type,
  items: readonly Value[],
  marks: Marks | undefined = undefined,
): Value {
  let all = marks
  const unique = new Map<string, Value>()
  const open: Value[] = []
  for (const item of items) {
    all = joinMarks(all, deepMarks(item))
    const clean = withoutMarks(item)
    if (clean.v instanceof Unknown) open.push(clean)
    else {
      const key = typeof clean.v === 'string' ? clean.v : setKey(clean)
      if (!unique.has(key)) unique.set(key, clean)
    }
  }
  const v = weigh([...[...unique.values()].sort(compareInSet), ...open])
  return all === undefined
    ? { type: ['set', element], v }
    : { type: ['set', element], v, marks: all }
}

function convertUnknown(value: Value, v: Unknown, target: Type): Value {
  if (value.type !== 'dynamic' && !isPossible(value.type, target)) {
    throw new ConversionError(required(target))
  }
  return changed(value, settled(target), v)
}

function convertPrimitive(value: Value, target: 'string' | 'number' | 'bool'): Value {
  const { type, v } = value
  if (target === 'string') {
    if (type === 'number') return changed(value, 'string', numberText(numOf(v)))
    if (type === 'bool') return changed(value, 'string', v === true ? 'true' : 'false')
  }
  if (target === 'number' && typeof v === 'string') {
    const number = parseNumber(v)
    if (number === undefined) throw new ConversionError('a number is required')
    return changed(value, 'number', number)
  }
  if (target === 'bool' && typeof v === 'string') {
    if (v === 'true' || v === '1') return changed(value, 'bool', true)
    if (v === 'false' || v === '0') return changed(value, 'bool', false)
    throw new ConversionError(boolHint(v))
  }
  throw new ConversionError(required(target))
}

function boolHint(text: string): string {
  const lower = text.toLowerCase()
  return lower === 'true' || lower === 'false'
    ? `a bool is required; to convert from string, use lowercase "${lower}"`
    : 'a bool is required'
}

function toSequence(value: Value, kind: 'list' | 'set', element: Type): Value {
  const { v } = value
  if (!isItems(v)) throw new ConversionError(required([kind, element]))
  const type = element === 'dynamic' ? elementType(value, v, kind) : element
  const each = v.map((item, at) => inside(`element ${at}`, () => convert(item, type)))
  const [actual, items] = ofOneType(type, each)
  return kind === 'set'
    ? makeSet(actual, items, value.marks)
    : changed(value, ['list', actual], items)
}

/** The element type where the target leaves it open. */
function elementType(value: Value, items: readonly Value[], kind: string): Type {
  const { type } = value
  if (typeof type !== 'string' && type[0] !== 'tuple' && type[0] !== 'object') return type[1]
  const one = unify(items.map(item => item.type))
  if (one !== undefined) return one
  throw new ConversionError(`${kind} of any single type required`)
}

function toMap(value: Value, element: Type): Value {
  const { v, type: source } = value
  if (!isEntries(v)) throw new ConversionError(required(['map', element]))
  const isMap = typeof source !== 'string' && source[0] === 'map'
  const type =
    element !== 'dynamic'
      ? element
      : isMap
        ? source[1]
        : unify([...v.values()].map(item => item.type))
  if (type === undefined) throw new ConversionError('map of any single type required')
  const names = [...v.keys()]
  const each = [...v].map(([name, item]) =>
    inside(`element ${JSON.stringify(name)}`, () => convert(item, type)),
  )
  const [actual, items] = ofOneType(type, each)
  return changed(value, ['map', actual], new Map(items.map((item, at) => [names[at] ?? '', item])))
}

function toObject(
  value: Value,
  attributes: { readonly [name: string]: Type },
  optional: readonly string[],
): Value {
  const { v } = value
  if (!isEntries(v)) throw new ConversionError(required(['object', attributes]))
  const entries = new Map<string, Value>()
  const types: [string, Type][] = []
  const missing: string[] = []
  for (const [name, type] of Object.entries(attributes).sort(byName)) {
    const item = v.get(name)
    if (item === undefined && !optional.includes(name)) {
      missing.push(name)
      continue
    }
    const converted =
      item === undefined
        ? { type: settled(type), v: null }
        : inside(`attribute ${JSON.stringify(name)}`, () => convert(item, type))
    entries.set(name, converted)
    types.push([name, converted.type])
  }
  if (missing.length > 0) throw new ConversionError(missingText(missing))
  return changed(value, objectType(types), entries)
}

function toTuple(value: Value, types: readonly Type[]): Value {
  const { v, type: source } = value
  if (!isItems(v) || kindOf(source) === 'set') {
    throw new ConversionError(required(['tuple', types]))
  }
  if (v.length !== types.length) {
    throw new ConversionError(`tuple with ${types.length} elements required, not ${v.length}`)
  }
  const items = v.map((item, at) =>
    inside(`element ${at}`, () => convert(item, types[at] ?? 'dynamic')),
  )
  return changed(value, ['tuple', items.map(item => item.type)], items)
}

/** Whether some value of the one type converts to the other: decides errors about unknown values. */
function isPossible(source: Type, target: Type): boolean {
  if (source === 'dynamic' || target === 'dynamic' || isSameType(source, target)) return true
  if (typeof target === 'string') {
    if (typeof source !== 'string') return false
    return source === 'string' || target === 'string'
  }
  if (typeof source === 'string') return false
  const wanted = target[0]
  const given = source[0]
  if (wanted === 'map' || wanted === 'object') return given === 'map' || given === 'object'
  return given === 'list' || given === 'set' || given === 'tuple'
}

/** A collection of `dynamic`, at whatever depth, takes the one type that its elements come to. */
function ofOneType(type: Type, items: readonly Value[]): readonly [Type, readonly Value[]] {
  const [first] = items
  if (first === undefined) return [settled(type), items]
  if (items.every(item => isSameType(item.type, first.type))) return [first.type, items]
  const one = unify(items.map(item => item.type))
  if (one === undefined) throw new ConversionError('all elements must have the same type')
  return [one, items.map(item => convert(item, one))]
}

/** A constraint as a type of values: without the note which attributes are optional. */
function settled(type: Type): Type {
  if (typeof type === 'string') return type
  if (type[0] === 'tuple') return ['tuple', type[1].map(settled)]
  if (type[0] === 'object') {
    return objectType(Object.entries(type[1]).map(([name, item]) => [name, settled(item)]))
  }
  return [type[0], settled(type[1])]
}

function changed(value: Value, type: Type, v: Value['v']): Value {
  if (isItems(v) || isEntries(v)) weigh(v)
  return value.marks === undefined ? { type, v } : { type, v, marks: value.marks }
}

function inside(where: string, make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    if (error instanceof ConversionError) throw new ConversionError(`${where}: ${error.message}`)
    throw error
  }
}

function required(type: Type): string {
  return `${typeName(type)} required`
}

function missingText(names: readonly string[]): string {
  const quoted = names.map(name => JSON.stringify(name))
  return quoted.length === 1
    ? `attribute ${quoted[0]} is required`
    : `attributes ${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)} are required`
}

function byName(left: readonly [string, Type], right: readonly [string, Type]): number {
  return left[0] < right[0] ? -1 : 1
}
