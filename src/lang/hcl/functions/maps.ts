import { emptyObject, isUnknown, list, map, object, string, tuple, unknown } from '../make.ts'
import { joinMarks, mark } from '../marks.ts'
import { isSameType, kindOf } from '../type.ts'
import type { Type, Value } from '../value.ts'
import { converted, sequenceOf } from './arguments.ts'
import { entriesOf, type Functions, firstUnknown, itemsOf, param, textOf } from './define.ts'
import { type CallContext, FunctionError } from './spec.ts'

export const maps: Functions = {
  keys: {
    params: [param('inputMap', 'dynamic', { unknown: true, marked: true })],
    returns: ['list', 'string'],
    call: ([given]) => {
      const value = mapping(given, 0)
      const names = isUnknown(value) ? attributeNames(value.type) : [...entriesOf(value).keys()]
      const answer =
        names === undefined
          ? unknown(['list', 'string'], isUnknown(value) ? value.v.reason : '')
          : kindOf(value.type) === 'map'
            ? list('string', names.map(string))
            : tuple(names.map(string))
      return mark(answer, value.marks)
    },
  },
  lookup: {
    params: [
      param('inputMap', 'dynamic', { marked: true }),
      param('key', 'string', { marked: true }),
    ],
    variadic: param('default', 'dynamic', { null: true, unknown: true, marked: true }),
    returns: ([given]) => mapElement(given?.type) ?? 'dynamic',
    call: lookup,
  },
  merge: {
    params: [],
    variadic: param('maps', 'dynamic', { null: true, marked: true }),
    returns: maps => commonMap(given(maps)) ?? 'dynamic',
    call: merge,
  },
  transpose: {
    params: [param('values', ['map', ['list', 'string']])],
    returns: ['map', ['list', 'string']],
    call: ([given], context) => transpose(entriesOf(given), context),
  },
  values: {
    params: [param('mapping', 'dynamic', { unknown: true, marked: true })],
    returns: ([given]) => {
      const element = mapElement(given?.type)
      return element === undefined ? 'dynamic' : ['list', element]
    },
    call: ([given]) => mark(valuesOf(mapping(given, 0)), given?.marks),
  },
  zipmap: {
    params: [param('keys', ['list', 'string']), param('values', 'dynamic', { marked: true })],
    returns: ([, values]) => {
      const type = values?.type
      return typeof type === 'object' && type[0] === 'list' ? ['map', type[1]] : 'dynamic'
    },
    call: zip,
  },
}

function mapping(value: Value | undefined, argument: number): Value {
  const kind = value === undefined ? '' : kindOf(value.type)
  if (value !== undefined && (kind === 'map' || kind === 'object')) return value
  if (value !== undefined && isUnknown(value) && kind === 'dynamic') return value
  throw new FunctionError('must be a map or an object', argument)
}

/** An object's type names its attributes even where the value is unknown. */
function attributeNames(type: Type): string[] | undefined {
  return typeof type === 'object' && type[0] === 'object' ? Object.keys(type[1]) : undefined
}

function mapElement(type: Type | undefined): Type | undefined {
  return typeof type === 'object' && type[0] === 'map' ? type[1] : undefined
}

function valuesOf(value: Value): Value {
  const element = mapElement(value.type)
  if (!isUnknown(value)) {
    const items = [...entriesOf(value).values()]
    return element === undefined ? tuple(items) : list(element, items)
  }
  const { reason } = value.v
  if (element !== undefined) return unknown(['list', element], reason)
  if (typeof value.type !== 'object' || value.type[0] !== 'object')
    return unknown('dynamic', reason)
  return tuple(Object.values(value.type[1]).map(type => unknown(type, reason)))
}

/** In a map the default takes the elements' type; in an object it may be of any. */
function lookup(args: readonly Value[]): Value {
  const [given, key, fallback] = args
  if (args.length > 3) throw new FunctionError('takes two or three arguments')
  const value = mapping(given, 0)
  const element = mapElement(value.type)
  const otherwise =
    fallback === undefined || element === undefined ? fallback : converted(fallback, element, 2)
  const marks = joinMarks(value.marks, key?.marks)
  const found = entriesOf(value).get(textOf(key)) ?? otherwise
  if (found === undefined) throw new FunctionError(`there is no ${JSON.stringify(key?.v)}`, 1)
  return mark(found, marks)
}

function merge(maps: readonly Value[], context: CallContext): Value {
  const present = given(maps)
  const marks = maps.map(value => value.marks).reduce(joinMarks, undefined)
  const entries = present.flatMap(value => [...entriesOf(value)])
  context.budget.spend(entries.length, 'merge')
  if (present.length === 0) return mark(emptyObject, marks)
  const common = commonMap(present)
  return mark(common === undefined ? object(entries) : map(common[1], entries), marks)
}

/** Nulls count for nothing. */
function given(maps: readonly Value[]): readonly Value[] {
  return maps.filter((value, i) => value.v !== null && mapping(value, i))
}

/** Maps of one type stay a map. */
function commonMap(maps: readonly Value[]): readonly ['map', Type] | undefined {
  const type = maps[0]?.type
  if (typeof type !== 'object' || type[0] !== 'map') return undefined
  return maps.every(value => isSameType(value.type, type)) ? type : undefined
}

function transpose(entries: ReadonlyMap<string, Value>, context: CallContext): Value {
  const type: Type = ['list', 'string']
  const lists = new Map<string, string[]>()
  for (const [key, given] of entries) {
    if (given.v === null) throw new FunctionError('a list must not be null', 0)
    const open = firstUnknown(given)
    if (open !== undefined) return unknown(['map', type], open.reason)
    for (const item of itemsOf(given)) {
      context.budget.spend(1, 'transpose')
      if (item.v === null) throw new FunctionError('a string must not be null', 0)
      const name = textOf(item)
      const names = lists.get(name)
      if (names === undefined) lists.set(name, [key])
      else names.push(key)
    }
  }
  return map(
    type,
    Array.from(lists, ([name, keys]) => [name, list('string', keys.map(string))] as const),
  )
}

function zip([keys, values]: readonly Value[], context: CallContext): Value {
  const names = itemsOf(keys)
  const items = sequenceOf(values, ['list', 'tuple'], 1)
  context.budget.spend(names.length, 'zipmap')
  const open = names.find(isUnknown)
  const type = values?.type
  const element = typeof type === 'object' && type[0] === 'list' ? type[1] : undefined
  if (open !== undefined)
    return unknown(element === undefined ? 'dynamic' : ['map', element], open.v.reason)
  if (names.length !== items.length)
    throw new FunctionError(`${names.length} keys do not match ${items.length} values`, 1)
  const entries = items.map((item, i) => {
    const name = names[i]
    if (name?.v === null) throw new FunctionError('a key must not be null', 0)
    return [textOf(name), item] as const
  })
  return mark(element === undefined ? object(entries) : map(element, entries), values?.marks)
}
