import { type Big, fromDecimal, toDecimal } from './big.ts'

/** OPA computes in binary floats with 64 bits of mantissa; so do we, for the same last digit. */
interface Float {
  readonly mantissa: bigint
  readonly exponent: number
}

const precision = 64

export function add(a: number | Big, b: number | Big): number | Big {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum) && Number.isInteger(a) && Number.isInteger(b)) return sum
  }
  return combine(a, b, (x, y) => x + y)
}

export function subtract(a: number | Big, b: number | Big): number | Big {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference) && Number.isInteger(a) && Number.isInteger(b))
      return difference
  }
  return combine(a, b, (x, y) => x - y)
}

export function multiply(a: number | Big, b: number | Big): number | Big {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product) && Number.isInteger(a) && Number.isInteger(b))
      return product || 0
  }
  const [i, j] = [wholeOf(a), wholeOf(b)]
  if (i !== undefined && j !== undefined) return fromDecimal(i * j, 0)
  const [x, y] = [toFloat(a), toFloat(b)]
  return show(round(x.mantissa * y.mantissa, 1n, x.exponent + y.exponent))
}

/** The divisor is not zero. */
export function divide(a: number | Big, b: number | Big): number | Big {
  if (typeof a === 'number' && typeof b === 'number') {
    const quotient = a / b
    if (Number.isSafeInteger(quotient) && Number.isSafeInteger(a) && Number.isSafeInteger(b))
      return quotient || 0
  }
  const [x, y] = [toFloat(a), toFloat(b)]
  const sign = y.mantissa < 0n ? -1n : 1n
  return show(round(x.mantissa * sign, y.mantissa * sign, x.exponent - y.exponent))
}

function combine(
  a: number | Big,
  b: number | Big,
  operate: (x: bigint, y: bigint) => bigint,
): number | Big {
  const [i, j] = [wholeOf(a), wholeOf(b)]
  if (i !== undefined && j !== undefined) return fromDecimal(operate(i, j), 0)
  const [x, y] = [toFloat(a), toFloat(b)]
  const exponent = Math.min(x.exponent, y.exponent)
  const left = x.mantissa << BigInt(x.exponent - exponent)
  const right = y.mantissa << BigInt(y.exponent - exponent)
  return show(round(operate(left, right), 1n, exponent))
}

/** Whole numbers are added and multiplied exactly, as long as they are of a size to count with. */
function wholeOf(number: number | Big): bigint | undefined {
  const { digits, exponent } = toDecimal(number)
  return exponent < 0 || exponent > maxWhole ? undefined : digits * 10n ** BigInt(exponent)
}

const maxWhole = 400

function toFloat(number: number | Big): Float {
  const { digits, exponent } = toDecimal(number)
  return exponent >= 0
    ? round(digits * 10n ** BigInt(exponent), 1n, 0)
    : round(digits, 10n ** BigInt(-exponent), 0)
}

/** numerator ÷ denominator × 2^exponent to 64 bits, half to even. */
function round(numerator: bigint, denominator: bigint, exponent: number): Float {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 }
  const negative = numerator < 0n
  let top = negative ? -numerator : numerator
  let bottom = denominator
  // One bit more than needed at first, so that the quotient is never short.
  const shift = bitLength(top) - bitLength(bottom) - precision - 1
  if (shift < 0) top <<= BigInt(-shift)
  else bottom <<= BigInt(shift)
  let power = exponent + shift
  let quotient = top / bottom
  let rest = top % bottom !== 0n
  while (quotient >> BigInt(precision) !== 0n) {
    const odd = (quotient & 1n) === 1n
    const last = quotient >> BigInt(precision + 1) === 0n
    quotient >>= 1n
    power++
    if (!last) rest ||= odd
    else if (odd && (rest || (quotient & 1n) === 1n)) quotient += 1n
  }
  while (quotient !== 0n && (quotient & 0xffn) === 0n) {
    quotient >>= 8n
    power += 8
  }
  while (quotient !== 0n && (quotient & 1n) === 0n) {
    quotient >>= 1n
    power++
  }
  return { mantissa: negative ? -quotient : quotient, exponent: power }
}

function bitLength(value: bigint): number {
  const hex = value.toString(16)
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)))
}

/** The shortest decimal that rounds to this float, whole numbers included. */
function show({ mantissa, exponent }: Float): number | Big {
  if (mantissa === 0n) return 0
  const negative = mantissa < 0n
  const top = (negative ? -mantissa : mantissa) * (exponent > 0 ? 2n ** BigInt(exponent) : 1n)
  const bottom = exponent < 0 ? 2n ** BigInt(-exponent) : 1n
  const magnitude = decimalMagnitude(top, bottom)
  for (let length = 1; length <= 25; length++) {
    const power = magnitude - length
    const scaledTop = power < 0 ? top * 10n ** BigInt(-power) : top
    const scaledBottom = power > 0 ? bottom * 10n ** BigInt(power) : bottom
    const down = scaledTop / scaledBottom
    const twice = (scaledTop % scaledBottom) * 2n
    const up = twice > scaledBottom || (twice === scaledBottom && (down & 1n) === 1n)
    const candidates = up ? [down + 1n, down] : [down, down + 1n]
    for (const digits of candidates) {
      const signed = negative ? -digits : digits
      const back =
        power >= 0
          ? round(signed * 10n ** BigInt(power), 1n, 0)
          : round(signed, 10n ** BigInt(-power), 0)
      if (back.mantissa === mantissa && back.exponent === exponent)
        return fromDecimal(signed, power)
    }
  }
  return fromDecimal(negative ? -(top / bottom) : top / bottom, 0)
}

/** How many digits stand before the point; negative where zeros follow it. */
function decimalMagnitude(top: bigint, bottom: bigint): number {
  const estimate = top.toString().length - bottom.toString().length
  const scaled = estimate >= 0 ? bottom * 10n ** BigInt(estimate) : bottom
  const raised = estimate < 0 ? top * 10n ** BigInt(-estimate) : top
  return raised >= scaled ? estimate + 1 : estimate
}
