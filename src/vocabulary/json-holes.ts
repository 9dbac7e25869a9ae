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
  for (const part of parts) {
    if (part !== null) {
      isInside = endsInside(part, isInside)
      text += part
    } else text += isInside ? hole : `"${whole}"`
  }
  const value = parseJson(text)
  return value === undefined ? undefined : { value, open: found => opened(found, absent) }
}

const hole = '\uE000'
const whole = '\uE001'
/** Written out or escaped: a text that holds our marks cannot be told from one with holes. */
const taken = /[\uE000\uE001]|\\u[eE]00[01]/

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
  if (absent === undefined || !(text.includes(hole) || text === whole)) return text
  const { kind, reason, from } = absent
  if (text === whole) return new Absent(kind, reason, { from })
  const parts = text.split(hole).flatMap((part, at) => (at === 0 ? [part] : [null, part]))
  return new Absent(kind, reason, { from, parts: parts.filter(part => part !== '') })
}
