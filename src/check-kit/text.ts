// finished: text and its literal parts
import { type Absent, Missing } from '../resource.ts'

/** Text in a document: known, or an Absent whose literal parts may be enough to decide. */
export type Text = string | Absent

export function equals(text: Text, wanted: string): boolean {
  if (typeof text === 'string') return text === wanted
  return mayMatch(text, wanted) ? undecided(text) : false
}

/** Whether the text is one of the wanted. */
export function isOneOf(text: Text, wanted: readonly string[]): boolean {
  if (typeof text === 'string') return wanted.includes(text)
  return wanted.some(one => mayMatch(text, one)) ? undecided(text) : false
}

export function startsWith(text: Text, prefix: string): boolean {
  if (typeof text === 'string') return text.startsWith(prefix)
  const first = text.parts?.[0] ?? ''
  if (first.startsWith(prefix)) return true
  return prefix.startsWith(first) ? undecided(text) : false
}

export function endsWith(text: Text, suffix: string): boolean {
  if (typeof text === 'string') return text.endsWith(suffix)
  const last = text.parts?.at(-1) ?? ''
  if (last.endsWith(suffix)) return true
  return suffix.endsWith(last) ? undecided(text) : false
}

/** A pattern that is found in any of the literal parts decides; one that is not might be in a hole, or across it. */
export function contains(text: Text, pattern: string | RegExp): boolean {
  if (typeof text === 'string') return found(text, pattern)
  const parts = text.parts ?? []
  return parts.some(part => part !== null && found(part, pattern)) || undecided(text)
}

/** For decisions that no literal part can make. */
export function known(text: Text): string {
  return typeof text === 'string' ? text : undecided(text)
}

/** The text with each hole replaced; null where nothing is known. */
export function filled(text: Text, hole: string): string | null {
  if (typeof text === 'string') return text
  return text.parts === undefined ? null : text.parts.map(part => part ?? hole).join('')
}

/** Two texts that are equal whatever their holes hold, since the same expression fills them. */
export function isSame(one: Text, other: Text): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return (
    one.holes.join() === other.holes.join() &&
    one.from.join() === other.from.join() &&
    (one.from.length > 0 || (one.parts !== undefined && one.holes.every(isNamed))) &&
    filled(one, hole) === filled(other, hole)
  )
}

/** Whether the text is the id, or comes from the resource of that id. */
export function isOf(text: Text, id: string): boolean {
  return typeof text === 'string' ? text === id : text.from.includes(id)
}

/** `aws_s3_bucket.a.arn is known after apply`: of one thing there is one value. */
function isNamed(reason: string): boolean {
  return /^\S+\.\S+ (?:is known|has no value)/.test(reason)
}

export function undecided(text: Text): never {
  if (typeof text === 'string') throw new TypeError(`"${text}" is known`)
  throw new Missing(text)
}

const hole = '\u0000'

function found(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0
}

/** Whether some content of the holes makes the text the wanted one: the literal parts occur in order, anchored at both ends. */
function mayMatch(text: Absent, wanted: string): boolean {
  const parts = text.parts
  if (parts === undefined) return true
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (!wanted.startsWith(first) || !wanted.endsWith(last)) return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    if (part === null) continue
    const at = wanted.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return parts.length === 1 || from + last.length <= wanted.length
}
