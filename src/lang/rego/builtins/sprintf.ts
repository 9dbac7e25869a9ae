import { type Machine, remembered, spend } from '../eval/machine.ts'
import { Big, isInteger, toBigInt, toDouble } from '../value/big.ts'
import { isNumber } from '../value/kind.ts'
import { pointCount, pointSlice } from '../value/points.ts'
import { termText } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import { exponential, fixed, general } from './float-format.ts'

/** An argument as Go has it: numbers are int, *big.Int or float64, all else is text. */
type Argument =
  | { readonly type: 'int64' | '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }

interface Directive {
  readonly plus: boolean
  readonly minus: boolean
  readonly sharp: boolean
  readonly space: boolean
  readonly zero: boolean
  readonly width: number | undefined
  readonly precision: number | undefined
  readonly verb: string
}

const maxWidth = 1_000_000

/** Go's fmt.Sprintf over the values of an array. */
export function sprintf(m: Machine, format: string, values: readonly Value[]): string {
  const simple = remembered(m, 'sprintf', format, () => simpleFormat(format))
  if (simple.length === 2 * values.length + 1) return formatSimply(m, simple, values)
  const args = values.map(toArgument)
  let text = ''
  let next = 0
  let reordered = false
  const pattern = /%([+\-# 0]*)(\[\d+\])?(\*|\d+)?(?:(\.)(\[\d+\])?(\*|\d+)?)?(\[\d+\])?([\s\S]?)/gu
  let last = 0
  for (const match of format.matchAll(pattern)) {
    text += format.slice(last, match.index)
    last = match.index + match[0].length
    const [, flags = '', first, width, dot, second, precision, third, verb = ''] = match
    const take = (index: string | undefined): Argument | undefined => {
      if (index !== undefined) {
        next = Number(index.slice(1, -1)) - 1
        reordered = true
      }
      return args[next++]
    }
    const sized = width === '*' ? starValue(take(first)) : toCount(width)
    const exact =
      dot === undefined
        ? undefined
        : precision === '*'
          ? starValue(take(second))
          : (toCount(precision) ?? 0)
    if (verb === '%') {
      text += '%'
      continue
    }
    if (verb === '') {
      text += '%!(NOVERB)'
      continue
    }
    const argument = take(third ?? (width === '*' ? undefined : first))
    if (argument === undefined) {
      text +=
        third === undefined && first === undefined ? `%!${verb}(MISSING)` : `%!${verb}(BADINDEX)`
      continue
    }
    const directive: Directive = {
      plus: flags.includes('+'),
      minus: flags.includes('-') || (sized ?? 0) < 0,
      sharp: flags.includes('#'),
      space: flags.includes(' '),
      zero: flags.includes('0'),
      width: sized === undefined ? undefined : Math.min(Math.abs(sized), maxWidth),
      precision: exact === undefined || exact < 0 ? undefined : Math.min(exact, maxWidth),
      verb,
    }
    const piece = formatArgument(directive, argument)
    spend(m, piece.length)
    text += piece
  }
  text += format.slice(last)
  if (!reordered && next < args.length) {
    const extra = args.slice(next).map(arg => `${arg.type}=${plain(arg)}`)
    text += `%!(EXTRA ${extra.join(', ')})`
  }
  return text
}

/** Text and verbs by turns, where the format has only `%s`, `%v` and `%d`; else nothing. */
function simpleFormat(format: string): readonly string[] {
  return /%(?![svd])/.test(format) ? [] : format.split(/%([svd])/)
}

function formatSimply(m: Machine, parts: readonly string[], values: readonly Value[]): string {
  let text = parts[0] ?? ''
  for (const [i, value] of values.entries())
    text += formatPlainly(parts[2 * i + 1] ?? '', value) + (parts[2 * i + 2] ?? '')
  spend(m, text.length)
  return text
}

function formatPlainly(verb: string, value: Value): string {
  if (typeof value === 'string' && verb !== 'd') return value
  if (Number.isSafeInteger(value) && verb !== 's') return String(value)
  return formatArgument({ ...bare, verb }, toArgument(value))
}

const bare: Omit<Directive, 'verb'> = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
}

function toArgument(value: Value): Argument {
  if (typeof value === 'string') return { type: 'string', value }
  if (!isNumber(value)) return { type: 'string', value: termText(value) }
  if (value instanceof Big && !Number.isFinite(toDouble(value)))
    return { type: 'string', value: `${value.digits}e${value.exponent}` }
  const whole = isInteger(value) ? toBigInt(value) : undefined
  if (whole === undefined) return { type: 'float64', value: toDouble(value) }
  const small = whole < 2n ** 63n && whole >= -(2n ** 63n)
  return { type: small ? 'int64' : '*big.Int', value: whole }
}

function toCount(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

function starValue(argument: Argument | undefined): number | undefined {
  return argument?.type === 'int64' ? Number(argument.value) : undefined
}

function plain(argument: Argument): string {
  return argument.type === 'float64' ? floatText(argument.value) : String(argument.value)
}

function floatText(value: number): string {
  return `${value < 0 ? '-' : ''}${general(Math.abs(value), undefined)}`
}

function formatArgument(d: Directive, argument: Argument): string {
  const bad = `%!${d.verb}(${argument.type}=${plain(argument)})`
  if (d.verb === 'T') return pad(d, argument.type)
  if (argument.type === 'string') return formatString(d, argument.value) ?? bad
  if (argument.type === 'float64') return formatFloat(d, argument.value) ?? bad
  if (argument.type === '*big.Int' && d.verb === 's') return pad(d, String(argument.value))
  // A JavaScript number does not say whether it was written 100 or 100.0, so both may be shown as a float.
  if (/[eEfFgG]/.test(d.verb)) return formatFloat(d, Number(argument.value)) ?? bad
  return formatInteger(d, argument.value) ?? bad
}

function formatString(d: Directive, value: string): string | undefined {
  const text = d.precision === undefined ? value : pointSlice(value, 0, d.precision)
  switch (d.verb) {
    case 'v':
      return pad(d, d.sharp ? quote(text, false) : text)
    case 's':
      return pad(d, text)
    case 'q':
      return pad(d, d.sharp && !text.includes('`') ? `\`${text}\`` : quote(text, d.plus))
    case 'x':
    case 'X': {
      const hex = Buffer.from(text, 'utf8').toString('hex')
      const spaced = d.space ? hex.replace(/(..)(?=.)/g, '$1 ') : hex
      const shown = d.sharp ? `0x${spaced}` : spaced
      return pad(d, d.verb === 'X' ? shown.toUpperCase() : shown)
    }
    default:
      return undefined
  }
}

function quote(text: string, ascii: boolean): string {
  let quoted = '"'
  for (const point of text) quoted += quotePoint(point, ascii, '"')
  return `${quoted}"`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
])

function quotePoint(point: string, ascii: boolean, mark: string): string {
  if (point === mark) return `\\${mark}`
  const known = escapes.get(point)
  if (known !== undefined) return known
  const code = point.codePointAt(0) ?? 0
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  const printable = code < 0x7f || (!ascii && /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(point))
  if (printable || code === 0x20) return point
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`
}

const radixes: ReadonlyMap<string, number> = new Map([
  ['v', 10],
  ['d', 10],
  ['b', 2],
  ['o', 8],
  ['O', 8],
  ['x', 16],
  ['X', 16],
])

function formatInteger(d: Directive, value: bigint): string | undefined {
  if (d.verb === 'c') return pad(d, codePoint(value))
  if (d.verb === 'q') return pad(d, `'${quotePoint(codePoint(value), d.plus, "'")}'`)
  if (d.verb === 'U') {
    const code = `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
    return pad(d, d.sharp ? `${code} '${codePoint(value)}'` : code)
  }
  const radix = radixes.get(d.verb)
  if (radix === undefined) return undefined
  let digits = (value < 0n ? -value : value).toString(radix)
  if (d.verb === 'X') digits = digits.toUpperCase()
  if (d.precision !== undefined) {
    digits = d.precision === 0 && value === 0n ? '' : digits.padStart(d.precision, '0')
  }
  const prefix =
    d.verb === 'O' ? '0o' : !d.sharp ? '' : ({ 2: '0b', 8: '0', 16: `0${d.verb}` }[radix] ?? '')
  const sign = value < 0n ? '-' : d.plus ? '+' : d.space ? ' ' : ''
  if (d.zero && !d.minus && d.width !== undefined && d.precision === undefined)
    digits = digits.padStart(d.width - sign.length - prefix.length, '0')
  return pad(d, sign + prefix + digits)
}

function codePoint(value: bigint): string {
  return value >= 0n && value <= 0x10ffffn ? String.fromCodePoint(Number(value)) : '\uFFFD'
}

function formatFloat(d: Directive, value: number): string | undefined {
  const digits = floatDigits(d, Math.abs(value))
  if (digits === undefined) return undefined
  const sign = value < 0 ? '-' : d.plus ? '+' : d.space ? ' ' : ''
  if (d.zero && !d.minus && d.width !== undefined)
    return sign + digits.padStart(d.width - sign.length, '0')
  return pad(d, sign + digits)
}

function floatDigits(d: Directive, value: number): string | undefined {
  switch (d.verb) {
    case 'v':
      return d.precision === undefined ? floatText(value) : general(value, d.precision)
    case 'g':
      return general(value, d.precision)
    case 'G':
      return general(value, d.precision).toUpperCase()
    case 'f':
    case 'F':
      return fixed(value, d.precision ?? 6)
    case 'e':
      return exponential(value, d.precision ?? 6)
    case 'E':
      return exponential(value, d.precision ?? 6).toUpperCase()
    default:
      return undefined
  }
}

function pad(d: Directive, text: string): string {
  if (d.width === undefined) return text
  const missing = d.width - pointCount(text)
  if (missing <= 0) return text
  const fill = ' '.repeat(missing)
  return d.minus ? text + fill : d.zero && d.verb !== 'v' ? '0'.repeat(missing) + text : fill + text
}
