import { type Machine, remembered, spend } from '../eval/machine.ts'
import { isArray } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { count, string, wrongElement, wrongType } from './operands.ts'
import { globToRegex, quoteGlob } from './patterns/glob.ts'
import { globsIntersect } from './patterns/intersect.ts'
import { isRegex, type Match, quoteMeta, regex } from './patterns/regex.ts'

export const regexes: Readonly<Record<string, BuiltinFunction>> = {
  'regex.match': (m, a, b) => match(m, a, b),
  re_match: (m, a, b) => match(m, a, b),
  'regex.is_valid': (_, a) => typeof a === 'string' && isRegex(a),
  'regex.split': (m, a, b) => split(m, string(a, 1), string(b, 2)),
  'regex.find_n': (m, a, b, c) => {
    const [pattern, text, limit] = [string(a, 1), string(b, 2), count(c, 3)]
    return regex(m, pattern)
      .matches(m, text, limit)
      .map(([whole]) => slice(text, whole))
  },
  'regex.find_all_string_submatch_n': (m, a, b, c) => {
    const [pattern, text, limit] = [string(a, 1), string(b, 2), count(c, 3)]
    return regex(m, pattern)
      .matches(m, text, limit)
      .map(groups => groups.map(group => slice(text, group)))
  },
  'regex.replace': (m, a, b, c) => replace(m, string(a, 1), string(b, 2), string(c, 3)),
  'regex.template_match': (m, a, b, c, d) => {
    const pattern = templatePattern(string(a, 1), delimiter(c, 3, 'start'), delimiter(d, 4, 'end'))
    return regex(m, pattern).test(m, string(b, 2))
  },
  'regex.globs_match': (m, a, b) => {
    const [left, right] = [string(a, 1), string(b, 2)]
    spend(m, left.length * right.length)
    return globsIntersect(left, right)
  },
  'glob.match': (m, a, b, c) => {
    const glob = string(a, 1)
    const delimiters = delimitersOf(b)
    const text = string(c, 3)
    const kind = `glob ${delimiters.join('')}`
    const pattern = remembered(m, kind, glob, () => globToRegex(glob, delimiters))
    return regex(m, pattern).test(m, text)
  },
  'glob.quote_meta': (_, a) => quoteGlob(string(a, 1)),
}

function match(m: Machine, pattern: Value, text: Value): boolean {
  const [source, subject] = [string(pattern, 1), string(text, 2)]
  return regex(m, source).test(m, subject)
}

function slice(text: string, range: Match[number]): string {
  return range === undefined ? '' : text.slice(range[0], range[1])
}

function split(m: Machine, pattern: string, text: string): Value {
  if (pattern !== '' && text === '') return ['']
  const parts: string[] = []
  let start = 0
  let end = 0
  for (const [whole] of regex(m, pattern).matches(m, text, -1)) {
    if (whole === undefined || whole[1] === 0) continue
    end = whole[0]
    parts.push(text.slice(start, end))
    start = whole[1]
  }
  if (end !== text.length || start < text.length || parts.length === 0)
    parts.push(text.slice(start))
  return parts
}

function replace(m: Machine, text: string, pattern: string, value: string): string {
  let result = ''
  let last = 0
  const compiled = regex(m, pattern)
  const names = groupNames(pattern)
  for (const groups of compiled.matches(m, text, -1)) {
    const [whole] = groups
    if (whole === undefined) continue
    const inserted = expand(value, text, groups, names)
    spend(m, inserted.length)
    result += text.slice(last, whole[0]) + inserted
    last = whole[1]
  }
  return result + text.slice(last)
}

function groupNames(pattern: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  let index = 0
  for (const [, capture, name] of pattern.matchAll(/\\.|(\((?!\?)|\(\?P?<([A-Za-z_]\w*)>)/g)) {
    if (capture === undefined) continue
    index++
    if (name !== undefined) names.set(name, index)
  }
  return names
}

/** Go's `$1`, `${1}`, `$name`, `${name}` and `$$`; the longest name counts. */
function expand(
  template: string,
  text: string,
  groups: Match,
  names: ReadonlyMap<string, number>,
): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (all, braced, bare) => {
    const name: string | undefined = braced ?? bare
    if (name === undefined) return all === '$$' ? '$' : all
    const index = /^\d+$/.test(name) ? Number(name) : names.get(name)
    return index === undefined ? '' : slice(text, groups[index])
  })
}

function delimiter(value: Value, position: number, name: string): string {
  const text = string(value, position)
  if (text.length !== 1) {
    const reason = `${name} delimiter has to be exactly one character long but is ${text.length} long`
    throw failure(reason)
  }
  return text
}

/** Text between the delimiters is a pattern, the rest is itself. */
function templatePattern(template: string, open: string, close: string): string {
  let pattern = '^'
  let level = 0
  let start = 0
  for (let i = 0; i < template.length; i++) {
    const c = template[i]
    if (c === open) {
      if (level++ === 0) {
        pattern += quoteMeta(template.slice(start, i))
        start = i + 1
      }
    } else if (c === close) {
      if (--level < 0) break
      if (level === 0) {
        pattern += `(${template.slice(start, i)})`
        start = i + 1
      }
    }
  }
  if (level !== 0) throw failure(`unbalanced braces in ${JSON.stringify(template)}`)
  return `${pattern}${quoteMeta(template.slice(start))}$`
}

function delimitersOf(value: Value): readonly string[] {
  if (value === null) return []
  if (!isArray(value)) throw wrongType(2, value, 'array', 'null')
  const delimiters = value.map(item => {
    if (typeof item !== 'string') throw wrongElement(2, value, item, 'string')
    if ([...item].length !== 1) {
      throw failure('operand 2 must be array of runes but got array containing string')
    }
    return item
  })
  return delimiters.length === 0 ? ['.'] : delimiters
}
