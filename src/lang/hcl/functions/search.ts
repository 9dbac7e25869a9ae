import { weigh } from '../bulk.ts'
import { setKey } from '../equal.ts'
import { bool, isUnknown, isWhollyKnown, number, unknown } from '../make.ts'
import type { Value } from '../value.ts'
import { convertedAll, firstEqual, sequenceOf } from './arguments.ts'
import { type Functions, firstUnknown, itemsOf, param } from './define.ts'
import { type CallContext, FunctionError, type FunctionSpec } from './spec.ts'

/** Functions that ask what a list holds. */
export const searches: Functions = {
  alltrue: decided(false),
  anytrue: decided(true),
  contains: {
    params: [param('list', 'dynamic'), param('value', 'dynamic')],
    returns: 'bool',
    call: ([given, value]) => {
      const found = firstEqual(sequenceOf(given, ['list', 'set', 'tuple'], 0), value)
      if (found.first !== undefined) return bool(true)
      return found.open === undefined ? bool(false) : unknown('bool', found.open.reason)
    },
  },
  index: {
    params: [param('list', 'dynamic'), param('value', 'dynamic')],
    returns: 'number',
    call: ([given, value]) => {
      const { first, open } = firstEqual(sequenceOf(given, ['list', 'tuple'], 0), value)
      if (open !== undefined && (first === undefined || open.at < first))
        return unknown('number', open.reason)
      if (first === undefined) throw new FunctionError('the list has no such item', 1)
      return number(first)
    },
  },
  matchkeys: {
    params: [
      param('values', ['list', 'dynamic']),
      param('keys', ['list', 'dynamic']),
      param('searchset', ['list', 'dynamic']),
    ],
    returns: ([values]) => values?.type ?? 'dynamic',
    call: matchKeys,
  },
}

/** An element that decides wins over unknown ones, wherever it stands; a null counts as false. */
function decided(wanted: boolean): FunctionSpec {
  return {
    params: [param('list', ['list', 'bool'])],
    returns: 'bool',
    call: ([given]) => {
      const items = itemsOf(given)
      if (items.some(item => !isUnknown(item) && (item.v === true) === wanted)) return bool(wanted)
      const open = items.find(isUnknown)
      return open === undefined ? bool(!wanted) : unknown('bool', open.v.reason)
    },
  }
}

function matchKeys([values, keys, wanted]: readonly Value[], context: CallContext): Value {
  if (values === undefined || keys === undefined || wanted === undefined)
    throw new FunctionError('three lists are needed')
  if (itemsOf(values).length !== itemsOf(keys).length)
    throw new FunctionError('there must be as many keys as values', 1)
  context.budget.spend(itemsOf(keys).length + itemsOf(wanted).length, 'matchkeys')
  const same = convertedAll([keys, wanted])
  if (same === undefined) throw new FunctionError('keys and searchset differ in type', 1)
  if (!isWhollyKnown(keys) || !isWhollyKnown(wanted))
    return unknown(
      values.type,
      (firstUnknown(keys) ?? firstUnknown(wanted))?.reason ?? 'a key is not known',
    )
  const [keysAlike, wantedAlike] = same.values.map(itemsOf)
  const found = new Set(wantedAlike?.map(setKey))
  const isFound = keysAlike?.map(key => found.has(setKey(key)))
  return { type: values.type, v: weigh(itemsOf(values).filter((_, i) => isFound?.[i])) }
}
