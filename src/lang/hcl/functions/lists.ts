import { weigh } from '../bulk.ts'
import { elementReason } from '../element-reason.ts'
import { setKey } from '../equal.ts'
import { isUnknown, isWhollyKnown, list, nullOf, number, tuple, unknown } from '../make.ts'
import { joinMarks, mark } from '../marks.ts'
import { add, asNumber } from '../number.ts'
import { compareText } from '../text-order.ts'
import { elementOf, kindOf } from '../type.ts'
import { Unknown, type Value } from '../value.ts'
import { converted, convertedAll, sequenceOf } from './arguments.ts'
import {
  type Functions,
  firstUnknown,
  integerOf,
  itemsOf,
  numberOf,
  param,
  textOf,
} from './define.ts'
import { isSurelyText } from './partial.ts'
import { type CallContext, FunctionError } from './spec.ts'

export const lists: Functions = {
  chunklist: {
    params: [param('list', ['list', 'dynamic'], { marked: true }), param('size', 'number')],
    returns: ([items]) => ['list', items?.type ?? 'dynamic'],
    call: chunk,
  },
  coalescelist: {
    params: [],
    variadic: param('vals', 'dynamic', { null: true, unknown: true, marked: true }),
    returns: 'dynamic',
    call: coalesceList,
  },
  compact: {
    params: [param('list', ['list', 'string'])],
    returns: ['list', 'string'],
    call: compact,
  },
  concat: {
    params: [],
    variadic: param('seqs', 'dynamic', { marked: true, unknown: true }),
    returns: 'dynamic',
    call: concat,
  },
  distinct: {
    params: [param('list', ['list', 'dynamic'])],
    returns: ([items]) => items?.type ?? 'dynamic',
    call: ([items], context) => distinct(items, context),
  },
  element: {
    params: [param('list', 'dynamic', { marked: true, unknown: true }), param('index', 'number')],
    returns: ([items]) => oneType(items),
    call: element,
  },
  flatten: {
    params: [param('list', 'dynamic', { marked: true })],
    returns: 'dynamic',
    call: ([given], context) => flatten(given, context),
  },
  one: {
    params: [param('list', 'dynamic', { marked: true })],
    returns: ([given]) => oneType(given),
    call: ([given]) => {
      const items = sequenceOf(given, ['list', 'set', 'tuple'], 0)
      if (items.length > 1) throw new FunctionError('there is more than one element', 0)
      const [item] = items
      if (item === undefined) return mark(nullOf(oneType(given)), given?.marks)
      return mark(item, given?.marks)
    },
  },
  reverse: {
    params: [param('list', 'dynamic', { marked: true })],
    returns: ([given]) =>
      given !== undefined && kindOf(given.type) === 'list' ? given.type : 'dynamic',
    call: ([given]) => sameKind(given, sequenceOf(given, ['list', 'set', 'tuple'], 0).toReversed()),
  },
  slice: {
    params: [
      param('list', 'dynamic', { marked: true, unknown: true }),
      param('start_index', 'number'),
      param('end_index', 'number'),
    ],
    returns: ([given]) =>
      given !== undefined && kindOf(given.type) === 'list' ? given.type : 'dynamic',
    call: ([given, from, to]) => {
      const start = integerOf(from, 1)
      const end = integerOf(to, 2)
      if (start < 0n || start > end) throw new FunctionError('starts before 0 or behind its end', 1)
      if (given !== undefined && isUnknown(given)) return sliceOfUnknown(given, start, end - start)
      const items = sequenceOf(given, ['list', 'tuple'], 0)
      if (end > BigInt(items.length)) throw new FunctionError('ends behind the last element', 2)
      return sameKind(given, items.slice(Number(start), Number(end)))
    },
  },
  sort: {
    params: [param('list', ['list', 'string'])],
    returns: ['list', 'string'],
    call: ([given], context) => sort(itemsOf(given), context),
  },
  sum: {
    params: [param('list', 'dynamic')],
    returns: 'number',
    call: ([given]) => sum(sequenceOf(given, ['list', 'set', 'tuple'], 0)),
  },
}

/** As many elements as are asked for: that they are there is then the only way for it not to be an error. */
function sliceOfUnknown(
  given: Value & { readonly v: Unknown },
  start: bigint,
  length: bigint,
): Value {
  if (length > mostUnknown) return unknown(given.type, given.v.reason, given.marks)
  const element = elementOf(given.type) ?? 'dynamic'
  const items = Array.from({ length: Number(length) }, (_, at) =>
    unknown(element, elementReason(given.v.reason, start + BigInt(at))),
  )
  return sameKind(given, items)
}

const mostUnknown = 1000n

function chunk([given, size]: readonly Value[], context: CallContext): Value {
  const items = itemsOf(given)
  const step = integerOf(size, 1)
  if (given === undefined || step < 0n) throw new FunctionError('the size must not be negative', 1)
  context.budget.spend(items.length, 'chunklist')
  const chunks: Value[] = []
  const length = step === 0n ? items.length : Number(step)
  for (let at = 0; at < items.length; at += length) {
    chunks.push({ type: given.type, v: weigh(items.slice(at, at + length)) })
  }
  return mark(list(given.type, chunks), given.marks)
}

function coalesceList(args: readonly Value[]): Value {
  if (args.length === 0) throw new FunctionError('at least one argument is needed')
  let marks: Value['marks']
  for (const [i, arg] of args.entries()) {
    marks = joinMarks(marks, arg.marks)
    if (isUnknown(arg)) return unknown('dynamic', new Unknown(arg.v.reason), marks)
    if (kindOf(arg.type) !== 'list' && kindOf(arg.type) !== 'tuple')
      throw new FunctionError('all arguments must be lists or tuples', i)
    if (arg.v !== null && itemsOf(arg).length > 0) return mark(arg, marks)
  }
  throw new FunctionError('no argument has an element')
}

/** Lists that agree in type give a list, everything else a tuple. */
function concat(args: readonly Value[], context: CallContext): Value {
  if (args.length === 0) throw new FunctionError('at least one argument is needed')
  if (args.some(isUnknown)) return concatOpen(args, context)
  const sequences = args.map((arg, i) => sequenceOf(arg, ['list', 'tuple'], i))
  const total = sequences.reduce((sum, items) => sum + items.length, 0)
  context.budget.spend(total, 'concat')
  const marks = args.map(arg => arg.marks).reduce(joinMarks)
  if (args.every(arg => kindOf(arg.type) === 'list')) {
    const same = convertedAll(args)
    if (same !== undefined)
      return mark({ type: same.type, v: weigh(same.values.flatMap(itemsOf)) }, marks)
  }
  return mark(tuple(sequences.flat()), marks)
}

/** Lists of which some are not known: the elements of the others are there all the same. */
function concatOpen(args: readonly Value[], context: CallContext): Value {
  const items = args.flatMap((arg, i) => {
    if (!isUnknown(arg)) return sequenceOf(arg, ['list', 'tuple'], i)
    return arg.v.items ?? [unknown('dynamic', arg.v.reason, arg.marks)]
  })
  context.budget.spend(items.length, 'concat')
  const marks = args.map(arg => arg.marks).reduce(joinMarks)
  const [open] = args.filter(isUnknown)
  return unknown('dynamic', new Unknown(open?.v.reason ?? '', { items }), marks)
}

/** An element of which something is known is not empty, and keeps what is known of it. */
function compact([given]: readonly Value[], context: CallContext): Value {
  if (given === undefined) throw new FunctionError('a list is needed', 0)
  const items = itemsOf(given)
  context.budget.spend(items.length, 'compact')
  const open = items.find(({ v }) => v instanceof Unknown && !isSurelyText(v))
  const kept = items.filter(({ v }) => v !== null && v !== '')
  if (open?.v instanceof Unknown)
    return unknown(given.type, new Unknown(open.v.reason, { items: kept }))
  return { type: given.type, v: weigh(kept) }
}

/** What is known, or the id of a resource that is yet to be made: no other's, and none that is written somewhere. */
function isOnesOwn(item: Value): boolean {
  if (!isUnknown(item)) return isWhollyKnown(item)
  const { reason, notNull, parts, json } = item.v
  const isId = /\.(?:id|arn) is known after apply$/.test(reason)
  return isId && notNull && parts === undefined && json === undefined
}

function distinct(given: Value | undefined, context: CallContext): Value {
  if (given === undefined) throw new FunctionError('a list is needed', 0)
  const items = itemsOf(given)
  context.budget.spend(items.length, 'distinct')
  if (!isWhollyKnown(given) && !items.every(isOnesOwn))
    return unknown(
      given.type,
      new Unknown(firstUnknown(given)?.reason ?? 'an element is not known', { items }),
    )
  const unique = new Map<string, Value>()
  for (const item of items) {
    const key = isUnknown(item) ? `unknown ${item.v.reason}` : setKey(item)
    if (!unique.has(key)) unique.set(key, item)
  }
  return { type: given.type, v: weigh([...unique.values()]) }
}

/** Wraps around, and counts from the end below zero. */
function element([given, at]: readonly Value[]): Value {
  if (given !== undefined && isUnknown(given)) {
    const reason = elementReason(given.v.reason, integerOf(at, 1))
    return unknown(oneType(given), reason, given.marks)
  }
  const items = sequenceOf(given, ['list', 'tuple'], 0)
  const index = integerOf(at, 1)
  if (items.length === 0) throw new FunctionError('the list is empty', 0)
  const length = BigInt(items.length)
  const item = items[Number(index < 0n ? index + length : index % length)]
  if (item === undefined) throw new FunctionError('the index lies before the first element', 1)
  return mark(item, given?.marks)
}

function flatten(given: Value | undefined, context: CallContext): Value {
  const items: Value[] = []
  let marks = given?.marks
  let open: Unknown | undefined
  const visit = (sequence: readonly Value[]): void => {
    context.budget.spend(sequence.length, 'flatten')
    for (const item of sequence) {
      const isNested = isOneOf(item, ['list', 'set', 'tuple'])
      if (isUnknown(item) && (isNested || item.type === 'dynamic')) open ??= item.v
      if (!isNested || item.v === null || isUnknown(item)) items.push(item)
      else {
        marks = joinMarks(marks, item.marks)
        visit(itemsOf(item))
      }
    }
  }
  visit(sequenceOf(given, ['list', 'set', 'tuple'], 0))
  return open === undefined ? mark(tuple(items), marks) : unknown('dynamic', open.reason, marks)
}

function sort(items: readonly Value[], context: CallContext): Value {
  context.budget.spend(items.length, 'sort')
  const open = items.find(isUnknown)
  if (open !== undefined)
    return list(
      'string',
      items.map(() => unknown('string', open.v.reason)),
    )
  const sorted = items.map(item => {
    if (item.v === null) throw new FunctionError('a null cannot be sorted', 0)
    return textOf(item)
  })
  return list(
    'string',
    sorted.sort(compareText).map(text => ({ type: 'string', v: text })),
  )
}

function sum(items: readonly Value[]): Value {
  if (items.length === 0) throw new FunctionError('there is nothing to sum', 0)
  const addends = items.map(item => {
    if (item.v === null) throw new FunctionError('a null cannot be summed', 0)
    return converted(item, 'number', 0)
  })
  const open = addends.find(isUnknown)
  if (open !== undefined) return unknown('number', open.v.reason)
  const total = addends.map(numberOf).reduce(add)
  if (Number.isNaN(asNumber(total))) throw new FunctionError('infinities cancel each other out', 0)
  return number(total)
}

function isOneOf(value: Value, kinds: readonly string[]): boolean {
  return kinds.includes(kindOf(value.type))
}

/** A tuple where a tuple was given, else a list. */
function sameKind(given: Value | undefined, items: readonly Value[]): Value {
  const element = given === undefined ? undefined : elementOf(given.type)
  return mark(element === undefined ? tuple(items) : list(element, items), given?.marks)
}

/** The type of whichever element it will be. */
function oneType(given: Value | undefined): Value['type'] {
  return (given === undefined ? undefined : elementOf(given.type)) ?? 'dynamic'
}
