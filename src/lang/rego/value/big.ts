/**
 * Numbers are decimals. A JavaScript number stands for the decimal that it prints; every other decimal is a Big:
 * `digits × 10^exponent`, digits without trailing zeros. So a decimal has one form only, and numbers that are
 * equal are equal as Map keys too.
 */
export class Big {
  readonly digits: bigint
  readonly exponent: number
  readonly text: string

  constructor(digits: bigint, exponent: number) {
    this.digits = digits
    this.exponent = exponent
    this.text = decimalText(digits, exponent)
  }
}

export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/** Beyond this, arithmetic on exact decimals would take memory that no policy needs. */
const maxExponent = 20_000

const numberPattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Undefined where the text is no number, or one too large to handle. */
export function parseNumber(text: string): number | Big | undefined {
  const match = numberPattern.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (fraction === '' && match[4] === undefined && whole.length <= 15) return Number(text) || 0
  if (whole.length + fraction.length > maxExponent) return undefined
  const power = Number(exponent) - fraction.length
  const digits = BigInt(sign + whole + fraction)
  if (digits === 0n) return 0
  if (Math.abs(power) > maxExponent) return undefined
  return fromDecimal(digits, power)
}

export function fromDecimal(digits: bigint, exponent: number): number | Big {
  const exact = strip(digits, exponent)
  const double = Number(`${exact.digits}e${exact.exponent}`)
  if (Number.isFinite(double)) {
    const shown = toDecimal(double)
    if (shown.digits === exact.digits && shown.exponent === exact.exponent) return double
  }
  return new Big(exact.digits, exact.exponent)
}

export function fromBigInt(integer: bigint): number | Big {
  const double = Number(integer)
  return Number.isSafeInteger(double) ? double : fromDecimal(integer, 0)
}

export function toDecimal(number: number | Big): Decimal {
  if (number instanceof Big) return number
  if (Number.isSafeInteger(number)) return strip(BigInt(number), 0)
  const match = numberPattern.exec(String(number))
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match ?? []
  return strip(BigInt(sign + whole + fraction), Number(exponent) - fraction.length)
}

/** The integer that the number is, if it is one. */
export function toBigInt(number: number | Big): bigint | undefined {
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 1e21)
    return BigInt(String(number))
  const { digits, exponent } = toDecimal(number)
  return exponent < 0 ? undefined : digits * 10n ** BigInt(exponent)
}

export function toDouble(number: number | Big): number {
  return typeof number === 'number' ? number : Number(`${number.digits}e${number.exponent}`)
}

export function isInteger(number: number | Big): boolean {
  return typeof number === 'number' ? Number.isInteger(number) : number.exponent >= 0
}

export function numberText(number: number | Big): string {
  if (number instanceof Big) return number.text
  if (Number.isSafeInteger(number)) return String(number || 0)
  const { digits, exponent } = toDecimal(number)
  return decimalText(digits, exponent)
}

export function compareNumbers(a: number | Big, b: number | Big): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const x = toDecimal(a)
  const y = toDecimal(b)
  const signs = sign(x.digits) - sign(y.digits)
  if (signs !== 0) return signs < 0 ? -1 : 1
  const exponent = Math.min(x.exponent, y.exponent)
  const left = x.digits * 10n ** BigInt(x.exponent - exponent)
  const right = y.digits * 10n ** BigInt(y.exponent - exponent)
  return left < right ? -1 : left > right ? 1 : 0
}

function strip(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 }
  const text = digits.toString()
  let end = text.length
  while (text.charCodeAt(end - 1) === 48) end--
  const zeros = text.length - end
  return zeros === 0
    ? { digits, exponent }
    : { digits: BigInt(text.slice(0, end)), exponent: exponent + zeros }
}

function sign(digits: bigint): number {
  return digits < 0n ? -1 : digits > 0n ? 1 : 0
}

/** As Go prints it: whole numbers in full, others with an exponent below 1e-4 or from 1e21 on. */
function decimalText(digits: bigint, exponent: number): string {
  const minus = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString()
  if (exponent >= 0) return minus + text + '0'.repeat(exponent)
  const point = text.length + exponent
  if (point > 21 || point < -3) {
    const power = point - 1
    const shown = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
    return `${minus}${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ''}e${shown}`
  }
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${text}`
  return `${minus}${text.slice(0, point)}.${text.slice(point)}`
}
