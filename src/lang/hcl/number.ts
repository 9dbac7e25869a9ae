import { Decimal } from 'decimal.js'
import type { Value } from './value.ts'

/**
 * A number of the language. Terraform counts in binary floats of 512 bits; each is held here as its
 * shortest decimal: a JavaScript number stands for the decimal that it prints as, else a Decimal. A
 * JavaScript number beyond 2^53 is what `pow` and `log` answer: a float of 53 bits, all its bits counting.
 */
export type Num = number | Decimal

/** The number in a value of type number. */
export function numOf(v: Value['v']): Num {
  if (typeof v === 'number') return v
  if (Decimal.isDecimal(v)) return v
  throw new TypeError('not a number')
}

/** 512 bits are 155 digits. */
export const Exact: typeof Decimal = Decimal.clone({
  precision: 155,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})

const precision = 512
/** Beyond these a number is infinite, or zero: `1e9999999999` must cost nothing. */
const maxDecimalExponent = 5_000
const maxBinaryExponent = 17_000

/** mantissa × 2^exponent */
interface Binary {
  readonly mantissa: bigint
  readonly exponent: number
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** Reads a decimal number as Terraform does: `+1`, `.5`, `1e3`, `inf`, no spaces, no hex. */
export function parseNumber(text: string): Num | undefined {
  if (text.length < 16 && /^(?:0|[1-9]\d*)$/.test(text)) return Number(text)
  const special = /^([+-]?)[iI]nf$/.exec(text)
  if (special !== null) return special[1] === '-' ? -Infinity : Infinity
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  if (digits === '') return sign === '-' ? -0 : 0
  const scale = Number(exponent) - fraction.length
  const magnitude = fromDigits(digits, scale)
  return sign === '-' ? negate(magnitude) : magnitude
}

/** All digits, without an exponent: what `tostring` gives. */
export function numberText(value: Num): string {
  if (typeof value !== 'number') return value.isFinite() ? value.toFixed() : infinity(value.isNeg())
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0' : String(value)
  if (!Number.isFinite(value)) return infinity(value < 0)
  const text = String(value)
  return text.includes('e') ? new Exact(value).toFixed() : text
}

export function negate(value: Num): Num {
  return typeof value === 'number' ? -value : value.neg()
}

export function add(left: Num, right: Num): Num {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right
    if (areSafe(left, right, sum)) return sum
  }
  if (!isFiniteNum(left) || !isFiniteNum(right)) return asNumber(left) + asNumber(right)
  const a = toBinary(left)
  const b = toBinary(right)
  const exponent = Math.min(a.exponent, b.exponent)
  if (Math.max(a.exponent, b.exponent) - exponent > maxBinaryExponent) {
    return a.exponent > b.exponent ? left : right
  }
  return toNum({
    mantissa:
      (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent)),
    exponent,
  })
}

export function subtract(left: Num, right: Num): Num {
  return add(left, negate(right))
}

export function multiply(left: Num, right: Num): Num {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right
    if (areSafe(left, right, product) || !Number.isFinite(left) || !Number.isFinite(right)) {
      return product
    }
  }
  if (!isFiniteNum(left) || !isFiniteNum(right)) return asNumber(left) * asNumber(right)
  const a = toBinary(left)
  const b = toBinary(right)
  return toNum({ mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent })
}

/** NaN for 0 ÷ 0 and ∞ ÷ ∞, which the language calls errors. */
export function divide(left: Num, right: Num): Num {
  if (typeof left === 'number' && typeof right === 'number') {
    const quotient = left / right
    if (areSafe(left, right, quotient) && left % right === 0) return quotient
    if (right === 0 || !Number.isFinite(left) || !Number.isFinite(right)) return quotient
  }
  if (!isFiniteNum(left) || !isFiniteNum(right)) return asNumber(left) / asNumber(right)
  const a = toBinary(left)
  const b = toBinary(right)
  if (b.mantissa === 0n) return asNumber(left) / 0
  return toNum(quotientOf(a.mantissa, b.mantissa, a.exponent - b.exponent))
}

/** The remainder has the dividend's sign; modulo zero is the dividend. */
export function modulo(left: Num, right: Num): Num {
  if (typeof left === 'number' && typeof right === 'number' && areSafe(left, right, 0)) {
    return right === 0 ? left : (left % right) + 0
  }
  if (isZero(right)) return left
  if (!isFiniteNum(left) || !isFiniteNum(right)) return asNumber(left) % asNumber(right)
  return subtract(left, multiply(truncate(divide(left, right)), right))
}

/** Towards zero. */
function truncate(value: Num): Num {
  if (typeof value === 'number' && Math.abs(value) < 1e15) return Math.trunc(value)
  return isFiniteNum(value) ? simplest(new Exact(value).trunc()) : value
}

export function compareNumbers(left: Num, right: Num): number {
  if (typeof left === 'number' && typeof right === 'number') {
    return left < right ? -1 : left > right ? 1 : 0
  }
  return exactly(left).cmp(exactly(right))
}

export function isWhole(value: Num): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : value.isInteger()
}

/** The nearest double. */
export function asNumber(value: Num): number {
  return typeof value === 'number' ? value : value.toNumber()
}

/** Rounds a result of decimal.js to what 512 bits can hold, as a JavaScript number where one stands for it. */
export function simplest(value: Decimal): Num {
  if (!value.isFinite()) return value.toNumber()
  const double = value.toNumber()
  return Math.abs(double) <= Number.MAX_SAFE_INTEGER && value.eq(double) ? double : value
}

/** What computing with the number costs, where a small whole one costs nothing. */
export function costOf(value: Num): number {
  return typeof value === 'number' ? 0 : 50 + Math.abs(value.e) * 8
}

function exactly(value: Num): Decimal {
  return typeof value === 'number' && Number.isInteger(value)
    ? new Exact(BigInt(value).toString())
    : new Exact(value)
}

function isZero(value: Num): boolean {
  return typeof value === 'number' ? value === 0 : value.isZero()
}

function isFiniteNum(value: Num): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : value.isFinite()
}

function areSafe(left: number, right: number, result: number): boolean {
  return Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(result)
}

function infinity(negative: boolean): string {
  return negative ? '-Inf' : '+Inf'
}

function fromDigits(digits: string, scale: number): Num {
  if (digits.length + scale > maxDecimalExponent) return Infinity
  if (digits.length + scale < -maxDecimalExponent) return 0
  // Fifteen digits always survive the way through a double and back.
  if (digits.length <= 15 && digits.length + scale <= 15 && scale > -290) {
    return Number(`${digits}e${scale}`)
  }
  return toNum(
    binaryOf(BigInt(digits.slice(0, 50_000)), scale + Math.max(0, digits.length - 50_000)),
  )
}

function toBinary(value: Num): Binary {
  if (typeof value === 'number' && Number.isInteger(value)) {
    return rounded({ mantissa: BigInt(value), exponent: 0 })
  }
  const [digits = '0', scale = '0'] = new Exact(value).toExponential().split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  return binaryOf(BigInt(whole + fraction), Number(scale) - fraction.length)
}

function binaryOf(digits: bigint, scale: number): Binary {
  return scale >= 0
    ? rounded({ mantissa: digits * 10n ** BigInt(scale), exponent: 0 })
    : quotientOf(digits, 10n ** BigInt(-scale), 0)
}

function quotientOf(dividend: bigint, divisor: bigint, exponent: number): Binary {
  const shift = Math.max(0, precision + 2 + bits(divisor) - bits(dividend))
  const scaled = dividend << BigInt(shift)
  const quotient = scaled / divisor
  // A last odd bit remembers that the division left something over, so that a tie is no tie.
  const rest = scaled % divisor === 0n ? 0n : scaled < 0n === divisor < 0n ? 1n : -1n
  return rounded({ mantissa: (quotient << 1n) + rest, exponent: exponent - shift - 1 })
}

/** To 512 bits, ties to even. */
function rounded(value: Binary): Binary {
  const excess = bits(value.mantissa) - precision
  if (excess <= 0) return value
  const negative = value.mantissa < 0n
  const magnitude = negative ? -value.mantissa : value.mantissa
  const unit = 1n << BigInt(excess)
  const rest = magnitude & (unit - 1n)
  let kept = magnitude >> BigInt(excess)
  const half = unit >> 1n
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n
  return { mantissa: negative ? -kept : kept, exponent: value.exponent + excess }
}

function bits(value: bigint): number {
  const text = (value < 0n ? -value : value).toString(16)
  return text === '0'
    ? 0
    : (text.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(text[0] ?? '0', 16)))
}

/** The shortest decimal that the 512-bit float is the nearest to. */
function toNum(exact: Binary): Num {
  const value = rounded(exact)
  if (value.mantissa === 0n) return 0
  const size = bits(value.mantissa)
  if (value.exponent + size > maxBinaryExponent) return value.mantissa < 0n ? -Infinity : Infinity
  if (value.exponent + size < -maxBinaryExponent) return 0
  const negative = value.mantissa < 0n
  const magnitude = negative ? -value.mantissa : value.mantissa
  // One bit more than the precision, so that a unit of it is half a step.
  const shift = precision + 1 - size
  const middle = magnitude << BigInt(shift)
  const exponent = value.exponent - shift
  const isEven = ((middle >> 1n) & 1n) === 0n
  const text = shortest(middle, exponent, isEven)
  const number = simplest(new Exact(text))
  return negative ? negate(number) : number
}

function shortest(middle: bigint, exponent: number, isEven: boolean): string {
  // As integers over one power of ten: low, the value and high in the same decimal places.
  const places = exponent < 0 ? -exponent : 0
  const factor = exponent < 0 ? 5n ** BigInt(places) : 1n << BigInt(exponent)
  const high = ((middle + 1n) * factor).toString()
  const width = high.length
  const low = ((middle - 1n) * factor).toString().padStart(width, '0')
  const exact = (middle * factor).toString().padStart(width, '0')
  const lowEnd = significant(low)
  const highEnd = significant(high)
  const end = significant(exact)
  for (let at = 0; at < end; at++) {
    const isDownFine = low[at] !== exact[at] || (isEven && at + 1 === lowEnd)
    const isUpFine =
      exact[at] !== high[at] &&
      (isEven || Number(exact[at]) + 1 < Number(high[at]) || at + 1 < highEnd)
    const up = (): bigint => BigInt(exact.slice(0, at + 1)) + 1n
    if (isDownFine && isUpFine) {
      return withPlaces(
        isNearerUp(exact, at + 1) ? up() : BigInt(exact.slice(0, at + 1)),
        width - at - 1 - places,
      )
    }
    if (isDownFine) return withPlaces(BigInt(exact.slice(0, at + 1)), width - at - 1 - places)
    if (isUpFine) return withPlaces(up(), width - at - 1 - places)
  }
  return withPlaces(BigInt(exact), -places)
}

function isNearerUp(digits: string, at: number): boolean {
  const next = digits[at] ?? '0'
  if (next !== '5' || significant(digits) > at + 1) return next >= '5'
  return Number(digits[at - 1] ?? '0') % 2 === 1
}

function withPlaces(digits: bigint, exponent: number): string {
  return `${digits}e${exponent}`
}

function significant(digits: string): number {
  let end = digits.length
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--
  return end
}
