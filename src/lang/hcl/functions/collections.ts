import { isUnknown, isWhollyKnown, number, unknown } from '../make.ts'
import { joinMarks, mark } from '../marks.ts'
import { kindOf } from '../type.ts'
import { unify } from '../unify.ts'
import { isEntries, isItems, type Marks, type Value } from '../value.ts'
import { converted } from './arguments.ts'
import { type Functions, firstUnknown, param } from './define.ts'
import { isSurelyText } from './partial.ts'
import { type CallContext, FunctionError } from './spec.ts'
import { spendText } from './strings.ts'
import { graphemes } from './unicode.ts'

export const collections: Functions = {
  coalesce: {
    params: [],
    variadic: param('vals', 'dynamic', { null: true, unknown: true, marked: true }),
    returns: args => unify(args.map(arg => arg.type)) ?? 'dynamic',
    call: coalesce,
  },
  length: {
    params: [param('value', 'dynamic', { unknown: true, marked: true })],
    returns: 'number',
    call: ([value], context) => mark(lengthOf(value, context), value?.marks),
  },
}

function coalesce(args: readonly Value[]): Value {
  const type = unify(args.map(arg => arg.type))
  if (type === undefined || args.length === 0)
    throw new FunctionError('all arguments must have one type')
  let marks: Marks | undefined
  for (const [i, arg] of args.entries()) {
    marks = joinMarks(marks, arg.marks)
    if (isUnknown(arg)) {
      const isChosen = type === 'string' ? isSurelyText(arg.v) : arg.v.notNull
      return unknown(type, isChosen ? arg.v : arg.v.reason, marks)
    }
    if (arg.v === null || (type === 'string' && arg.v === '')) continue
    return mark(converted(arg, type, i), marks)
  }
  throw new FunctionError('every argument is null or empty')
}

function lengthOf(value: Value | undefined, context: CallContext): Value {
  if (value === undefined) throw new FunctionError('an argument is needed', 0)
  const { type, v } = value
  if (typeof v === 'string') {
    spendText(context, v.length * 10)
    return number(graphemes(v).length)
  }
  // The type of a tuple or an object knows, whatever the value.
  if (typeof type === 'object' && type[0] === 'tuple') return number(type[1].length)
  if (typeof type === 'object' && type[0] === 'object') return number(Object.keys(type[1]).length)
  if (isUnknown(value) && type !== 'number' && type !== 'bool')
    return unknown('number', value.v.reason)
  if (isEntries(v)) return number(v.size)
  if (!isItems(v))
    throw new FunctionError('must be a string, a collection, a tuple or an object', 0)
  // Unknown elements of a set may turn out equal to others.
  if (kindOf(type) === 'set' && v.length > 1 && !isWhollyKnown(value))
    return unknown('number', firstUnknown(value)?.reason ?? 'an element is not known')
  return number(v.length)
}
