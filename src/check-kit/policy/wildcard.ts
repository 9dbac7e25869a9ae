// finished: the letters of patterns
import { Absent, Missing } from '../../resource.ts'
import { filled, isSame, type Text, undecided } from '../text.ts'

/** Stands in an action or a resource for "any name": only a wildcard matches it. */
export const anything = '\u0001'

/** Whether the pattern (`*`, `?`) matches all of the value, whatever the holes of either hold. */
export function covers(pattern: Text, value: Text): boolean {
  if (isSame(pattern, value)) return true
  const wanted = filled(value, opaque) ?? opaque
  if (typeof pattern === 'string') {
    if (matchesGlob(pattern, wanted)) return true
    if (typeof value === 'string') return false
    return overlaps(pattern, widest(value)) ? undecided(value) : false
  }
  const widened =
    wanted.includes(anything) && isComputed(pattern)
      ? (filled(pattern, opaque) ?? opaque)
      : widest(pattern)
  return overlaps(widened, typeof value === 'string' ? value : widest(value))
    ? undecided(pattern)
    : false
}

/** `covers` without regard to letter case, as IAM compares actions. */
export function coversAction(pattern: Text, action: Text): boolean {
  const wanted = (filled(action, opaque) ?? opaque).toLowerCase()
  if (typeof pattern === 'string' && matchesGlob(pattern.toLowerCase(), wanted)) return true
  if (isSame(pattern, action)) return true
  if (typeof pattern === 'string' && typeof action === 'string') return false
  if (!overlaps(widest(pattern).toLowerCase(), widest(action).toLowerCase())) return false
  return undecided(pattern instanceof Absent ? pattern : action)
}

/** Whether the two have something in common, letter case aside; holes may hold anything. */
export function meets(one: Text, other: Text): boolean {
  if (isSame(one, other)) return true
  if (!overlaps(widest(one).toLowerCase(), widest(other).toLowerCase())) return false
  if (one instanceof Absent) return undecided(one)
  return other instanceof Absent ? undecided(other) : true
}

/** Whether some value matches both patterns. */
export function overlaps(one: string, other: string): boolean {
  refuseLong(one, other)
  let ends = reach([0], other)
  for (const mark of one) {
    const next: number[] = []
    if (mark === '*') for (let at = ends[0] ?? 0; at <= other.length; at++) next.push(at)
    else
      for (const at of ends) {
        const there = other[at]
        if (there === '*') next.push(at)
        else if (there === mark || (there !== undefined && (mark === '?' || there === '?')))
          next.push(at + 1)
      }
    if (next.length === 0) return false
    ends = reach(next, other)
  }
  return ends.at(-1) === other.length
}

/** Whether every hole is what the cloud makes up: an id, an ARN or an account, never a wildcard. */
export function isComputed(text: Absent): boolean {
  return text.holes.every(isComputedHole)
}

export function isComputedHole(reason: string): boolean {
  return computed.some(pattern => pattern.test(reason))
}

const computed = [
  / is known after apply$/,
  /(?:^|\.)data\.aws_(?!ssm_|secretsmanager_)\w+\.\S+ is known only when Terraform runs$/,
]

/** Stands for a hole's content. */
const opaque = '\u0002'

function widest(text: Text): string {
  return filled(text, '*') ?? '*'
}

/** AWS takes no ARN of more than 2048 characters; matching takes time by the product of the lengths. */
function refuseLong(...texts: readonly string[]): void {
  if (texts.every(text => text.length <= longest)) return
  throw new Missing(
    new Absent('unresolved', `a policy holds a text of more than ${longest} characters`),
  )
}

const longest = 4096

function matchesGlob(pattern: string, text: string): boolean {
  refuseLong(pattern, text)
  let at = 0
  let star = -1
  let retry = 0
  for (let from = 0; from < text.length; ) {
    const mark = pattern[at]
    if (mark === '*') {
      star = at++
      retry = from
    } else if (mark === text[from] || mark === '?') {
      at++
      from++
    } else if (star >= 0) {
      at = star + 1
      from = ++retry
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** The positions of a pattern that are reached from the given ones without a letter, in order. */
function reach(from: readonly number[], pattern: string): number[] {
  const reached = new Set(from)
  for (const at of from) for (let end = at; pattern[end] === '*'; end++) reached.add(end + 1)
  return [...reached].sort((a, b) => a - b)
}
