import { isWhollyKnown } from '../make.ts'
import { isWhole, numOf } from '../number.ts'
import type { Type, Value } from '../value.ts'
import { converted } from './arguments.ts'
import { textOf, wholeOf } from './define.ts'
import { formatFloat, formatInteger } from './format-number.ts'
import { encodeJson } from './json.ts'
import { FunctionError } from './spec.ts'
import { graphemes } from './unicode.ts'

/** Literal text, or a verb. */
export type Piece = { readonly text: string } | Verb

export interface Verb {
  readonly letter: string
  /** From 1. */
  readonly argument: number
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
}

/** Go's verbs, without `*`; `[n]` chooses the argument, and the next verb goes on from there. */
export function parseFormat(format: string): Piece[] {
  const pieces: Piece[] = []
  const pattern = /%%|%([-+# 0]*)(\d*)(?:\.(\d*))?(?:\[([1-9]\d*)\])?([vtbdoxXeEfgGsq])/y
  let at = 0
  let next = 1
  for (;;) {
    const percent = format.indexOf('%', at)
    pieces.push({ text: format.slice(at, percent < 0 ? undefined : percent) })
    if (percent < 0) return pieces
    pattern.lastIndex = percent
    const match = pattern.exec(format)
    if (match === null) throw new FunctionError(`no format verb at offset ${percent}`, 0)
    at = percent + match[0].length
    const [, flags = '', width = '', precision, argument, letter] = match
    if (letter === undefined) {
      pieces.push({ text: '%' })
      continue
    }
    const chosen = argument === undefined ? next : sizeOf(argument)
    next = chosen + 1
    pieces.push({
      letter,
      argument: chosen,
      flags,
      width: sizeOf(width),
      precision: precision === undefined ? undefined : sizeOf(precision),
    })
  }
}

/** A million characters are more than anything real needs. */
function sizeOf(digits: string): number {
  const size = Number(digits)
  if (size > 1_000_000) throw new FunctionError(`${digits} is too large a number in a format`, 0)
  return size
}

/** The argument under the verb; undefined where it is not wholly known. */
export function formatValue(verb: Verb, value: Value): string | undefined {
  if (!isWhollyKnown(value)) return undefined
  const { letter, flags } = verb
  if (letter === 'v') return formatDefault(verb, value)
  if (value.v === null)
    throw new FunctionError(`a null has no form under %${letter}`, verb.argument)
  if (letter === 's') return padded(verb, textUnder(verb, value, 'string'))
  if (letter === 'q') return padded(verb, encodeJson(converted(value, 'string', verb.argument)))
  if (letter === 't') return textUnder(verb, converted(value, 'bool', verb.argument), 'string')
  const number = numOf(converted(value, 'number', verb.argument).v)
  if (!integers.has(letter)) return formatFloat(number, verb)
  const whole = isWhole(number) ? wholeOf(number) : undefined
  if (whole === undefined)
    throw new FunctionError(`%${flags}${letter} needs a whole number`, verb.argument)
  return formatInteger(whole, verb)
}

const integers: ReadonlySet<string> = new Set('bdoxX')

/** Primitives as they are, everything else as JSON; under `#` all is JSON. */
function formatDefault(verb: Verb, value: Value): string {
  if (verb.flags.includes('#') || value.v === null) return encodeJson(value)
  if (value.type === 'string') return padded(verb, textOf(value))
  if (value.type === 'number') return formatFloat(numOf(value.v), { ...verb, letter: 'g' })
  return encodeJson(value)
}

function textUnder(verb: Verb, value: Value, type: Type): string {
  return textOf(converted(value, type, verb.argument))
}

/** Width and precision count characters as people see them. */
function padded({ flags, width, precision }: Verb, text: string): string {
  if (width === 0 && precision === undefined) return text
  const clusters = graphemes(text)
  const kept = precision === undefined ? clusters : clusters.slice(0, precision)
  const gap = Math.max(0, width - kept.length)
  const shown = kept.join('')
  if (flags.includes('-')) return shown + ' '.repeat(gap)
  return (flags.includes('0') ? '0' : ' ').repeat(gap) + shown
}
