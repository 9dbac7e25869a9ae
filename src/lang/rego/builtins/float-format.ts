/** Go's `%e`, `%f` and `%g` for doubles, exact whatever the precision. */

/** The double as mantissa × 2^exponent. */
function parts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 }
}

/** value × 10^places, rounded half to even. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = parts(value)
  let top = mantissa * (exponent > 0 ? 1n << BigInt(exponent) : 1n)
  let bottom = exponent < 0 ? 1n << BigInt(-exponent) : 1n
  if (places >= 0) top *= 10n ** BigInt(places)
  else bottom *= 10n ** BigInt(-places)
  const quotient = top / bottom
  const twice = (top % bottom) * 2n
  const up = twice > bottom || (twice === bottom && (quotient & 1n) === 1n)
  return up ? quotient + 1n : quotient
}

export function fixed(value: number, places: number): string {
  const digits = scaled(value, places)
    .toString()
    .padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

export function exponential(value: number, places: number): string {
  const { digits, power } = significant(value, places + 1)
  const [first = '0', rest = ''] = [digits.slice(0, 1), digits.slice(1)]
  return `${first}${rest === '' ? '' : `.${rest}`}e${exponentText(power)}`
}

export function general(value: number, precision: number | undefined): string {
  if (value === 0) return '0'
  const shortest = precision === undefined
  const { digits, power } = shortest
    ? shortestDigits(value)
    : significant(value, Math.max(precision, 1))
  const trimmed = digits.replace(/0+$/, '') || '0'
  const limit = shortest ? 6 : Math.max(precision, 1)
  if (power < -4 || power >= limit) {
    const rest = trimmed.slice(1)
    return `${trimmed[0]}${rest === '' ? '' : `.${rest}`}e${exponentText(power)}`
  }
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${trimmed}`
  const whole = trimmed.slice(0, power + 1).padEnd(power + 1, '0')
  const rest = trimmed.slice(power + 1)
  return rest === '' ? whole : `${whole}.${rest}`
}

function shortestDigits(value: number): { readonly digits: string; readonly power: number } {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), power: Number(exponent) }
}

/** The value's first `count` digits, and the power of ten of the first. */
function significant(
  value: number,
  count: number,
): { readonly digits: string; readonly power: number } {
  if (value === 0) return { digits: '0'.repeat(count), power: 0 }
  const power = shortestDigits(value).power
  const digits = scaled(value, count - 1 - power).toString()
  return digits.length > count
    ? { digits: digits.slice(0, count), power: power + 1 }
    : { digits, power }
}

function exponentText(power: number): string {
  return `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}
