import { Absent, type Plain } from '../resource.ts'

/** JSON text with holes, parsed; `open` turns a string of it back into what is known of it. */
export interface Holed {
  readonly value: Plain
  readonly open: (text: string) => string | Absent
}

/** A hole inside a string leaves the string partly known; a hole that stands for a value leaves that value unknown. */
export function parseWithHoles(
  parts: readonly (string | null)[],
  absent: Absent | undefined,
): Holed | undefined {
  if (parts.some(part => part !== null && taken.test(part))) return undefined
  let text = ''
  let isInside = false
  let count = 0
  for (const part of parts) {
    if (part !== null) {
      isInside = endsInside(part, isInside)
      text += part
      continue
    }
    text += isInside ? `${start}${count}${inner}` : `"${start}${count}${whole}"`
    count++
  }
  const value = parseJson(text)
  return value === undefined ? undefined : { value, open: found => opened(found, absent) }
}

const start = '\uE000'
const inner = '\uE001'
const whole = '\uE002'
/** Written out or escaped: a text that holds our marks cannot be told from one with holes. */
const taken = /[\uE000-\uE002]|\\u[eE]00[0-2]/

function endsInside(text: string, isInside: boolean): boolean {
  let inside = isInside
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (inside && letter === '\\') at++
    else if (letter === '"') inside = !inside
  }
  return inside
}

function parseJson(text: string): Plain {
  try {
    return JSON.parse(text) as Plain
  } catch {
    // The one thing that JSON.parse tells is that the text is no JSON; the caller words it.
    return undefined
  }
}

function opened(text: string, absent: Absent | undefined): string | Absent {
  if (absent === undefined || !text.includes(start)) return text
  const { kind, from, holes } = absent
  const reasonOf = (mark: string) => holes[Number(mark)] ?? absent.reason
  if (text.endsWith(whole)) return new Absent(kind, reasonOf(text.slice(1, -1)), { from })
  const pieces = text.split(/\uE000(\d+)\uE001/)
  const reasons = pieces.filter((_, at) => at % 2 === 1).map(reasonOf)
  const parts = pieces.map((piece, at) => (at % 2 === 1 ? null : piece)).filter(part => part !== '')
  return new Absent(kind, reasons[0] ?? absent.reason, { from, parts, holes: reasons })
}
