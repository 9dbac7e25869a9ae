import { weigh } from '../bulk.ts'
import { makeSet } from '../convert.ts'
import { setKey } from '../equal.ts'
import { isWhollyKnown, list, unknown } from '../make.ts'
import { elementOf, kindOf } from '../type.ts'
import { unify } from '../unify.ts'
import type { Type, Value } from '../value.ts'
import { converted, sequenceOf } from './arguments.ts'
import { type Functions, firstUnknown, itemsOf, param } from './define.ts'
import { type CallContext, FunctionError, type FunctionSpec } from './spec.ts'

export const sets: Functions = {
  setintersection: operation('sets', (sets, element) => {
    const open = sets.find(set => !isWhollyKnown(set))
    if (open !== undefined) return unknown(['set', element], reasonOf(open))
    const [first, ...others] = sets.map(itemsOf)
    const keys = others.map(items => new Set(items.map(setKey)))
    return makeSet(
      element,
      (first ?? []).filter(item => keys.every(set => set.has(setKey(item)))),
    )
  }),
  setproduct: {
    params: [],
    variadic: param('sets', 'dynamic'),
    returns: 'dynamic',
    call: product,
  },
  setsubtract: {
    ...operation('b', (sets, element) => {
      const open = sets.find(set => !isWhollyKnown(set))
      if (open !== undefined) return unknown(['set', element], reasonOf(open))
      const [first, second] = sets.map(itemsOf)
      const taken = new Set(second?.map(setKey))
      return makeSet(
        element,
        (first ?? []).filter(item => !taken.has(setKey(item))),
      )
    }),
    params: [param('a', ['set', 'dynamic']), param('b', ['set', 'dynamic'])],
  },
  setunion: operation('sets', (sets, element) => makeSet(element, sets.flatMap(itemsOf))),
}

/** One or more sets of one element type. */
function operation(
  variadic: string,
  combine: (sets: readonly Value[], element: Type) => Value,
): FunctionSpec {
  return {
    params: [param('first_set', ['set', 'dynamic'])],
    variadic: param(variadic, ['set', 'dynamic']),
    returns: sets => unify(sets.map(set => set.type)) ?? 'dynamic',
    call: (args, context) => {
      const element = unify(args.map(set => elementOf(set.type) ?? 'dynamic'))
      if (element === undefined)
        throw new FunctionError('the sets hold elements of different types')
      context.budget.spend(
        args.reduce((total, set) => total + itemsOf(set).length, 0),
        'sets',
      )
      return combine(
        args.map((set, i) => converted(set, ['set', element], i)),
        element,
      )
    },
  }
}

/** A set as soon as one argument has no order. */
function product(args: readonly Value[], context: CallContext): Value {
  if (args.length < 2) throw new FunctionError('at least two arguments are needed')
  const sides = args.map((arg, i) => {
    const items = sequenceOf(arg, ['list', 'set', 'tuple'], i)
    const type = elementOf(arg.type) ?? unify(items.map(item => item.type))
    if (type === undefined) throw new FunctionError('all elements must have one type', i)
    return { type, items: items.map(item => converted(item, type, i)) }
  })
  const count = sides.reduce((total, side) => total * side.items.length, args.length)
  context.budget.spend(Math.min(count, Number.MAX_SAFE_INTEGER), 'setproduct')
  let rows: readonly (readonly Value[])[] = [[]]
  for (const { items } of sides) rows = rows.flatMap(row => items.map(item => [...row, item]))
  const type: Type = ['tuple', sides.map(side => side.type)]
  const tuples = rows.map((row): Value => ({ type, v: weigh(row) }))
  return args.some(arg => kindOf(arg.type) === 'set') ? makeSet(type, tuples) : list(type, tuples)
}

function reasonOf(value: Value): string {
  return firstUnknown(value)?.reason ?? 'an element is not known'
}
