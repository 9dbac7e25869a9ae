import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  compareNumbers,
  divide,
  modulo,
  multiply,
  type Num,
  numberText,
  parseNumber,
  subtract,
} from './number.ts'

const number = (text: string): Num => {
  const value = parseNumber(text)
  if (value === undefined) throw new Error(`${text} is no number`)
  return value
}

test.each([
  ['1', '1'],
  ['+1', '1'],
  ['.5', '0.5'],
  ['1e3', '1000'],
  ['1e21', '1000000000000000000000'],
  ['00012', '12'],
  ['1.10', '1.1'],
  ['9007199254740993', '9007199254740993'],
  ['0.30000000000000004', '0.30000000000000004'],
  ['-0', '-0'],
  ['1e-20', '0.00000000000000000001'],
])('reads %s as %s', (text, digits) => {
  expect(numberText(number(text))).toBe(digits)
})

test.each(['', '.', ' 1', '1 ', '0x1', '1_0', '--1', 'Infinity', 'NaN', '1e'])(
  'refuses "%s"',
  text => {
    expect(parseNumber(text)).toBeUndefined()
  },
)

test('rounds as floats of 512 bits do', () => {
  expect(compareNumbers(add(number('0.1'), number('0.2')), number('0.3'))).toBe(0)
  expect(compareNumbers(subtract(1, number('0.9')), number('0.1'))).not.toBe(0)
  expect(compareNumbers(multiply(3, number('1.1')), number('3.3'))).not.toBe(0)
  expect(multiply(divide(1, 3), 3)).toBe(1)
  expect(numberText(divide(1, 3))).toMatch(/^0\.3{152,}5$/)
  expect(modulo(number('5.5'), number('0.1'))).toBe(0)
  expect(modulo(1, 0)).toBe(1)
  expect(divide(-1, 0)).toBe(-Infinity)
  expect(divide(0, 0)).toBeNaN()
})

test('whole numbers are exact as long as 512 bits hold them', () => {
  const whole = fc.bigInt({ min: -(1n << 250n), max: 1n << 250n })
  fc.assert(
    fc.property(whole, whole, (a, b) => {
      const [x, y] = [number(String(a)), number(String(b))]
      expect(numberText(add(x, y))).toBe(String(a + b))
      expect(numberText(multiply(x, y)).replace(/^-0$/, '0')).toBe(String(a * b))
      expect(compareNumbers(x, y)).toBe(a < b ? -1 : a > b ? 1 : 0)
      if (b !== 0n) expect(numberText(modulo(x, y)).replace(/^-0$/, '0')).toBe(String(a % b))
    }),
  )
})

test('what is printed reads as the same number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1 }), (a, b) => {
      const value = divide(a, b)
      expect(compareNumbers(number(numberText(value)), value)).toBe(0)
    }),
  )
})

test('exponents cost nothing', () => {
  expect(number('1e999999999999')).toBe(Infinity)
  expect(number('1e-999999999999')).toBe(0)
  let value = number('1e4000')
  for (let i = 0; i < 40; i++) value = multiply(value, value)
  expect(value).toBe(Infinity)
})
