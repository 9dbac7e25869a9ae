import { type Num, numberText } from '../number.ts'
import type { Verb } from './format-verb.ts'

const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' }
const bases: Readonly<Record<string, number>> = { b: 2, d: 10, o: 8, x: 16, X: 16 }

export function formatInteger(value: bigint, verb: Verb): string {
  const { flags, letter, precision, width } = verb
  const magnitude = (value < 0n ? -value : value).toString(bases[letter])
  const isEmpty = precision === 0 && value === 0n
  const digits = (isEmpty ? '' : magnitude).padStart(precision ?? 0, '0')
  const sign = signOf(value < 0n, flags)
  const prefix = flags.includes('#') ? (prefixes[letter] ?? '') : ''
  // A precision says how many zeros there are, so that the flag has no say.
  const zeros = precision === undefined && hasZeros(flags) ? width - sign.length - prefix.length : 0
  const body = `${sign}${prefix}${digits.padStart(zeros, '0')}`
  return spaced(letter === 'X' ? body.toUpperCase() : body, verb)
}

export function formatFloat(value: Num, verb: Verb): string {
  const { flags, letter, width } = verb
  const text = numberText(value)
  const isNegative = text.startsWith('-')
  const sign = signOf(isNegative, flags)
  const bare = text.replace(/^[-+]/, '')
  const isSized = bare !== 'Inf'
  const body = isSized ? bodyOf(decimalOf(bare), verb) : 'Inf'
  const zeros = isSized && hasZeros(flags) ? width - sign.length : 0
  const shown = `${sign}${body.padStart(zeros, '0')}`
  return spaced(letter === 'E' || letter === 'G' ? shown.replace('e', 'E') : shown, verb)
}

/** 0.digits × 10^exponent, without zeros at either end of the digits; zero has none. */
interface Decimals {
  readonly digits: string
  readonly exponent: number
}

function decimalOf(text: string): Decimals {
  const [whole = '', fraction = ''] = text.split('.')
  const all = `${whole}${fraction}`
  const leading = all.search(/[1-9]/)
  if (leading < 0) return { digits: '', exponent: 0 }
  let end = all.length
  while (all[end - 1] === '0') end--
  return { digits: all.slice(leading, end), exponent: whole.length - leading }
}

function bodyOf(value: Decimals, { letter, precision }: Verb): string {
  const lower = letter.toLowerCase()
  if (lower === 'e') return scientific(rounded(value, (precision ?? 6) + 1), precision ?? 6)
  if (lower === 'f') return fixed(rounded(value, value.exponent + (precision ?? 6)), precision ?? 6)
  const kept = precision === undefined ? value : rounded(value, Math.max(precision, 1))
  const count = kept.digits.length
  const exponent = count === 0 ? 0 : kept.exponent - 1
  // As in Go, six digits decide where none are asked for.
  const asked = precision === undefined ? 6 : Math.max(precision, 1)
  const limit = precision !== undefined && asked > count && count >= kept.exponent ? count : asked
  if (exponent < -4 || exponent >= limit) return scientific(kept, Math.max(count - 1, 0))
  return fixed(kept, Math.max(count - kept.exponent, 0))
}

function fixed({ digits, exponent }: Decimals, places: number): string {
  const whole = exponent > 0 ? digits.slice(0, exponent).padEnd(exponent, '0') : '0'
  if (places === 0) return whole
  const fraction = exponent > 0 ? digits.slice(exponent) : '0'.repeat(-exponent) + digits
  return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`
}

function scientific({ digits, exponent }: Decimals, places: number): string {
  const power = digits === '' ? 0 : exponent - 1
  const fraction = digits.slice(1, places + 1).padEnd(places, '0')
  const size = String(Math.abs(power)).padStart(2, '0')
  return `${digits[0] ?? '0'}${places === 0 ? '' : `.${fraction}`}e${power < 0 ? '-' : '+'}${size}`
}

/** To that many digits, the nearest, as the binary number behind the decimal has it. */
function rounded(value: Decimals, count: number): Decimals {
  const { digits, exponent } = value
  if (count >= digits.length) return value
  if (count < 0) return { digits: '', exponent: 0 }
  const kept = digits.slice(0, count)
  if (!isUp(value, count)) return trimmed(kept, exponent)
  const raised = kept === '' ? '1' : (BigInt(kept) + 1n).toString()
  return trimmed(raised, exponent + raised.length - kept.length)
}

function trimmed(digits: string, exponent: number): Decimals {
  const bare = digits.replace(/0+$/, '')
  return bare === '' ? { digits: '', exponent: 0 } : { digits: bare, exponent }
}

function isUp(value: Decimals, count: number): boolean {
  const rest = value.digits.slice(count)
  if (rest !== '5') return rest >= '5'
  const side = binarySide(value)
  return side === 0 ? Number(value.digits[count - 1] ?? '0') % 2 === 1 : side > 0
}

const precision = 512

/** Whether the float of 512 bits nearest to the decimal lies above it, below it or is it. */
function binarySide({ digits, exponent }: Decimals): number {
  const places = digits.length - exponent
  if (places <= 0) return 0
  const numerator = BigInt(digits)
  const denominator = 10n ** BigInt(places)
  const shift = precision + bitsOf(denominator) - bitsOf(numerator) + 1
  const scaled = numerator << BigInt(Math.max(0, shift))
  const excess = bitsOf(scaled / denominator) - precision
  const unit = denominator << BigInt(Math.max(0, excess))
  const remainder = scaled % unit
  if (remainder === 0n) return 0
  return remainder * 2n > unit ? 1 : -1
}

function bitsOf(value: bigint): number {
  return value.toString(2).length
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-'
  if (flags.includes('+')) return '+'
  return flags.includes(' ') ? ' ' : ''
}

function hasZeros(flags: string): boolean {
  return flags.includes('0') && !flags.includes('-')
}

function spaced(text: string, { flags, width }: Verb): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width)
}
