import type { RE2JS } from 're2js'
import { re2Package } from '../../../packages.ts'
import { type Machine, remembered, spend } from '../../eval/machine.ts'
import { failure } from '../builtin.ts'
import { type Native, toNative } from './native.ts'

/** A match as offsets of groups, the whole first; an unmatched group is undefined. */
export type Match = readonly (readonly [start: number, end: number] | undefined)[]

/** A pattern in RE2's syntax. Matching is linear in the text, whatever the pattern. */
export interface Regex {
  readonly test: (m: Machine, text: string) => boolean
  /** Up to `limit` matches; negative: all. */
  readonly matches: (m: Machine, text: string, limit: number) => readonly Match[]
}

export function regex(m: Machine, pattern: string): Regex {
  return remembered(m, 'regex', pattern, () => compileRegex(pattern))
}

export function isRegex(pattern: string): boolean {
  return toNative(pattern) !== undefined || !(tryRe2(pattern) instanceof Error)
}

/** V8's engine for patterns that cannot blow up, RE2's for the others. */
function compileRegex(pattern: string): Regex {
  const quick = toNative(pattern)
  if (quick !== undefined) return native(quick, () => compileLinear(pattern))
  return compileLinear(pattern)
}

function compileLinear(pattern: string): Regex {
  const re2 = tryRe2(pattern)
  if (re2 instanceof Error) {
    throw failure(`error parsing regexp: ${re2.message.replace(/^error parsing regexp: /, '')}`)
  }
  return linear(re2)
}

function tryRe2(pattern: string): RE2JS | Error {
  try {
    return re2Package().RE2JS.compile(pattern)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A search that could take longer than this goes to the engine whose work grows with the text alone. */
const mostSteps = 1_000_000

function native({ source, cost }: Native, linear: () => Regex): Regex {
  const once = new RegExp(source, 'u')
  const all = new RegExp(source, 'dgu')
  let slow: Regex | undefined
  return {
    test: (m, text) => {
      const steps = cost(text.length)
      if (steps > mostSteps) {
        slow ??= linear()
        return slow.test(m, text)
      }
      spend(m, (text.length >> 4) + (steps >> 10))
      return once.test(text)
    },
    matches: (m, text, limit) => {
      const steps = cost(text.length)
      if (steps > mostSteps) {
        slow ??= linear()
        return slow.matches(m, text, limit)
      }
      spend(m, text.length + (steps >> 10))
      const found: Match[] = []
      let last = -1
      for (const match of text.matchAll(all)) {
        if (limit >= 0 && found.length >= limit) break
        const groups = match.indices ?? []
        const [whole] = groups
        if (whole === undefined) continue
        // Go leaves out an empty match where the one before ended.
        if (whole[0] === whole[1] && whole[0] === last) continue
        last = whole[1]
        found.push([...groups])
      }
      return found
    },
  }
}

/** RE2's own work is proportional to pattern × text. */
function linear(re2: RE2JS): Regex {
  const cost = re2.pattern().length + 1
  return {
    test: (m, text) => {
      spend(m, text.length * cost)
      return re2.matcher(text).find()
    },
    matches: (m, text, limit) => {
      spend(m, text.length * cost)
      const matcher = re2.matcher(text)
      const found: Match[] = []
      let last = -1
      while ((limit < 0 || found.length < limit) && matcher.find()) {
        const groups: (readonly [number, number] | undefined)[] = []
        for (let i = 0; i <= matcher.groupCount(); i++) {
          const start = matcher.start(i)
          groups.push(start < 0 ? undefined : [start, matcher.end(i)])
        }
        const [whole] = groups
        if (whole === undefined) continue
        if (whole[0] === whole[1] && whole[0] === last) continue
        last = whole[1]
        found.push(groups)
      }
      return found
    },
  }
}

export function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}
