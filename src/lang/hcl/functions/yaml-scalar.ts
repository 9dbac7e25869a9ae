import { bool, number, string, untypedNull } from '../make.ts'
import { isWhole, type Num, numOf, parseNumber } from '../number.ts'
import type { Value } from '../value.ts'
import { FunctionError } from './spec.ts'

const words: ReadonlyMap<string, Value> = new Map([
  ...forms(['y', 'yes', 'on', 'true']).map(word => [word, bool(true)] as const),
  ...forms(['n', 'no', 'off', 'false']).map(word => [word, bool(false)] as const),
  ...['', '~', ...forms(['null'])].map(word => [word, untypedNull] as const),
  ...forms(['.inf', '+.inf']).map(word => [word, number(Number.POSITIVE_INFINITY)] as const),
  ...forms(['-.inf']).map(word => [word, number(Number.NEGATIVE_INFINITY)] as const),
])

/** What a plain scalar means in YAML 1.1. */
export function resolvePlain(text: string): Value {
  const word = words.get(text)
  if (word !== undefined) return word
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) throw new FunctionError('YAML: NaN is no number here', 0)
  if (!/^[-+.\d]/.test(text)) return string(text)
  const time = timestamp(text)
  if (time !== undefined) return string(time)
  const parsed = numeral(text.replaceAll('_', ''))
  return parsed === undefined ? string(text) : number(parsed)
}

/** What a scalar means under a tag, however it is quoted. */
export function resolveTagged(text: string, tag: string): Value {
  const kind = tag.startsWith(core) ? tag.slice(core.length) : ''
  if (kind === 'str' || kind === 'binary') return string(text)
  const value = resolvePlain(text)
  const fits =
    (kind === 'null' && value.v === null) ||
    (kind === 'bool' && value.type === 'bool') ||
    (kind === 'float' && value.type === 'number') ||
    (kind === 'int' && value.type === 'number' && isWhole(numOf(value.v))) ||
    (kind === 'timestamp' && timestamp(text) !== undefined)
  if (!fits) throw new FunctionError(`YAML: ${JSON.stringify(text)} does not fit the tag ${tag}`, 0)
  return value
}

const core = 'tag:yaml.org,2002:'

/** Small letters, a capital first, all capitals. */
function forms(words: readonly string[]): string[] {
  return words.flatMap(word => {
    const upper = word.toUpperCase()
    const title = word.replace(/[a-z]/, letter => letter.toUpperCase())
    return [word, title, upper]
  })
}

/** Decimal even with leading zeros; `0x`, `0o` and `0b` in their bases. */
function numeral(text: string): Num | undefined {
  if (/inf$/i.test(text)) return undefined
  const based = /^([-+]?)(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.exec(text)
  const digits = based?.[2]
  if (digits === undefined) return parseNumber(text)
  if (digits.length > 66) return undefined
  return parseNumber(`${based?.[1] ?? ''}${BigInt(digits)}`)
}

const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?:[ \t]*(Z|[-+]\d\d:\d\d))?)?$/

/** As RFC 3339, or undefined for what is no date. */
function timestamp(text: string): string | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', zone] = match
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  time.setUTCFullYear(Number(year))
  const isDate = time.getUTCMonth() + 1 === Number(month) && time.getUTCDate() === Number(day)
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const [mm, dd, hh, mi, ss] = [month, day, hour, minute, second].map(part => part.padStart(2, '0'))
  return `${year}-${mm}-${dd}T${hh}:${mi}:${ss}${zone ?? 'Z'}`
}
