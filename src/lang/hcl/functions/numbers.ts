import { list, number } from '../make.ts'
import {
  add,
  asNumber,
  compareNumbers,
  Exact,
  type Num,
  negate,
  parseNumber,
  simplest,
} from '../number.ts'
import type { Value } from '../value.ts'
import { type Functions, integerOf, numberOf, param, plain, textOf } from './define.ts'
import { type CallContext, FunctionError, type FunctionSpec } from './spec.ts'

export const numbers: Functions = {
  abs: plain({ num: 'number' }, 'number', ({ num }) => (isNegative(num) ? negate(num) : num)),
  ceil: plain({ num: 'number' }, 'number', ({ num }) => rounded(num, 'ceil')),
  floor: plain({ num: 'number' }, 'number', ({ num }) => rounded(num, 'floor')),
  log: plain({ num: 'number', base: 'number' }, 'number', ({ num, base }) =>
    double(Math.log(asNumber(num)) / Math.log(asNumber(base))),
  ),
  max: extreme((a, b) => compareNumbers(a, b) > 0),
  min: extreme((a, b) => compareNumbers(a, b) < 0),
  parseint: {
    params: [param('number', 'dynamic'), param('base', 'number')],
    returns: 'number',
    call: parseInteger,
  },
  pow: plain({ num: 'number', power: 'number' }, 'number', ({ num, power }) =>
    double(asNumber(num) ** asNumber(power)),
  ),
  range: {
    params: [],
    variadic: param('params', 'number'),
    returns: ['list', 'number'],
    call: range,
  },
  signum: plain({ num: 'integer' }, 'number', ({ num }) => (num < 0n ? -1 : num > 0n ? 1 : 0)),
}

function isNegative(value: Num): boolean {
  return compareNumbers(value, 0) < 0
}

/** Zero has no sign here, though it has one elsewhere. */
function rounded(value: Num, way: 'ceil' | 'floor'): Num {
  if (typeof value === 'number' && Math.abs(value) < 1e15) return Math[way](value) + 0
  return simplest(new Exact(value)[way]())
}

function double(result: number): number {
  if (Number.isNaN(result)) throw new FunctionError('the result is not a number')
  return result + 0
}

function extreme(isBetter: (candidate: Num, best: Num) => boolean): FunctionSpec {
  return {
    params: [],
    variadic: param('numbers', 'number'),
    returns: 'number',
    call: ([first, ...others]) => {
      if (first === undefined) throw new FunctionError('at least one number is needed')
      let best = numberOf(first)
      for (const other of others) if (isBetter(numberOf(other), best)) best = numberOf(other)
      return number(best)
    },
  }
}

/** Up to base 36 case does not matter; beyond it capitals follow the small letters. */
const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

function parseInteger(args: readonly Value[], context: CallContext): Value {
  if (args[0]?.type !== 'string') throw new FunctionError('a string is needed', 0)
  const source = textOf(args[0])
  const base = integerOf(args[1], 1)
  if (base < 2n || base > 62n) throw new FunctionError('base must be between 2 and 62', 1)
  const text = source.replace(/^[+-]/, '')
  context.budget.spend(Math.ceil(text.length ** 2 / 200), 'parseint')
  let result = text === '' ? undefined : 0n
  for (const character of base > 36n ? text : text.toLowerCase()) {
    const digit = BigInt(digits.indexOf(character))
    if (result === undefined || digit < 0n || digit >= base) {
      result = undefined
      break
    }
    result = result * base + digit
  }
  const parsed = parseNumber(`${source.startsWith('-') ? '-' : ''}${result}`)
  if (parsed === undefined) throw new FunctionError(`not an integer of base ${base}`, 0)
  return number(parsed)
}

const rangeLimit = 1024

function range(args: readonly Value[]): Value {
  const [first, second, third] = args.map(numberOf)
  if (first === undefined || args.length > 3) throw new FunctionError('needs one to three numbers')
  const start = second === undefined ? 0 : first
  const end = second ?? first
  const isDown = third === undefined ? compareNumbers(end, start) < 0 : isNegative(third)
  const step = third ?? (isDown ? -1 : 1)
  const isPast = (value: Num): boolean =>
    isDown ? compareNumbers(value, end) <= 0 : compareNumbers(value, end) >= 0
  if (isPast(start) && compareNumbers(start, end) !== 0)
    throw new FunctionError('the step leads away from the end')
  const items: Value[] = []
  for (let value = start; !isPast(value); value = add(value, step)) {
    if (items.length === rangeLimit) throw new FunctionError(`more than ${rangeLimit} values`)
    items.push(number(value))
  }
  return list('number', items)
}
