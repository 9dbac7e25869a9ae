import {
  type Big,
  fromBigInt,
  fromDecimal,
  parseNumber,
  toBigInt,
  toDecimal,
} from '../value/big.ts'
import { multiply } from '../value/float.ts'
import type { Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { string } from './operands.ts'

export const units: Readonly<Record<string, BuiltinFunction>> = {
  'units.parse': (_, a) => parseUnits(string(a, 1)),
  'units.parse_bytes': (_, a) => parseBytes(string(a, 1)),
}

const letters = 'kmgtpe'

/** The factor that a unit's lower-case name stands for: `k`, `kb`, `ki`, `kib` … */
function factor(unit: string, bytes: boolean): bigint | undefined {
  const power = letters.indexOf(unit[0] ?? '?') + 1
  const rest = unit.slice(1)
  if (unit === '') return 1n
  if (power === 0) return undefined
  if (rest === '' || (bytes && rest === 'b')) return 1000n ** BigInt(power)
  if (rest === 'i' || (bytes && rest === 'ib')) return 1024n ** BigInt(power)
  return undefined
}

/** Digits, points and signs, with exponents: the amount; the rest is the unit. */
function split(text: string): readonly [amount: string, unit: string] {
  const amount = /^(?:[\p{Nd}.+-]|[eE](?=[\p{Nd}+-]))*/u.exec(text)?.[0] ?? ''
  return [amount, text.slice(amount.length)]
}

function amountOf(text: string, what: string): number | Big {
  const normal = text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '')
  const amount = parseNumber(normal)
  if (amount === undefined) throw failure(`could not parse ${what} to a number`)
  return amount
}

function parseBytes(given: string): Value {
  const text = given.toLowerCase().replaceAll('"', '')
  if (text.includes(' ')) throw failure('spaces not allowed in resource strings')
  const [digits, unit] = split(text)
  if (digits === '') throw failure('no byte amount provided')
  const by = factor(unit, true)
  if (by === undefined) throw failure(`byte unit ${unit} not recognized`)
  const product = multiply(amountOf(digits, 'byte amount'), fromBigInt(by))
  const { digits: m, exponent } = toDecimal(product)
  return toBigInt(product) === undefined ? fromBigInt(m / 10n ** BigInt(-exponent)) : product
}

function parseUnits(given: string): Value {
  const text = given.replaceAll('"', '')
  if (text.includes(' ')) throw failure('spaces not allowed in resource strings')
  const [digits, unit] = split(text)
  if (digits === '') throw failure('no amount provided')
  const amount = toDecimal(amountOf(digits, 'amount'))
  // `m` is a thousandth, `M` a million; beyond the first letter case does not matter.
  const normal = unit.slice(0, 1) + unit.slice(1).toLowerCase()
  if (normal === 'm') return tenPlaces(amount.digits, amount.exponent - 3)
  const by = factor(normal.toLowerCase(), false)
  if (by === undefined) throw failure(`unit ${unit} not recognized`)
  return tenPlaces(amount.digits * by, amount.exponent)
}

/** Fractions have at most ten digits, rounded half away from zero. */
function tenPlaces(digits: bigint, exponent: number): Value {
  if (exponent >= -10) return fromDecimal(digits, exponent)
  const unit = 10n ** BigInt(-exponent - 10)
  const rest = digits % unit
  return fromDecimal(digits / unit + (rest * 2n >= unit ? 1n : 0n), -10)
}
