import { isUnknown, object, string, tuple, unknown } from '../make.ts'
import { isEntries, isItems, Unknown, type Value } from '../value.ts'
import { decodeJson } from './json.ts'
import { partial } from './partial.ts'
import { type CallContext, FunctionError } from './spec.ts'

/**
 * What JSON text with holes says: a hole within a string leaves that partly known, elsewhere it stands for a value.
 * Undefined where the rest is no JSON, or a name has a hole.
 */
export function decodeHoled(
  parts: readonly (string | Unknown)[],
  context: Pick<CallContext, 'budget'>,
): Value | undefined {
  if (parts.some(part => typeof part === 'string' && taken.test(part))) return undefined
  const holes: Unknown[] = []
  let text = ''
  let isInside = false
  for (const part of parts) {
    if (typeof part === 'string') {
      isInside = endsInside(part, isInside)
      text += part
      continue
    }
    text += isInside ? `${open}${holes.length}${inner}` : `"${open}${holes.length}${whole}"`
    holes.push(part)
  }
  const value = decoded(text, context)
  return value === undefined ? undefined : filled(value, holes)
}

const open = '\uE000'
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

function decoded(text: string, context: Pick<CallContext, 'budget'>): Value | undefined {
  try {
    return decodeJson(text, context)
  } catch (error) {
    // What fills the holes may make it JSON yet.
    if (error instanceof FunctionError) return undefined
    throw error
  }
}

/** The value with its holes in place; undefined where a name has one. */
function filled(value: Value, holes: readonly Unknown[]): Value | undefined {
  const { v } = value
  if (typeof v === 'string') return v.includes(open) ? opened(v, holes) : value
  if (isItems(v)) {
    const items: Value[] = []
    for (const item of v) {
      const each = filled(item, holes)
      if (each === undefined) return undefined
      items.push(each)
    }
    return tuple(items)
  }
  if (!isEntries(v)) return value
  const entries: [string, Value][] = []
  for (const [name, item] of v) {
    const each = name.includes(open) ? undefined : filled(item, holes)
    if (each === undefined) return undefined
    entries.push([name, each])
  }
  return object(entries)
}

function opened(text: string, holes: readonly Unknown[]): Value {
  if (text.endsWith(whole)) {
    const hole = holes[Number(text.slice(1, -1))] ?? new Unknown('')
    return hole.json ?? unknown('dynamic', new Unknown(hole.reason))
  }
  const pieces = text.split(/\uE000(\d+)\uE001/).map((piece, at) => {
    if (at % 2 === 0) return piece
    return holes[Number(piece)] ?? ''
  })
  const value = partial(pieces)
  return isUnknown(value) ? value : string(String(value.v))
}
