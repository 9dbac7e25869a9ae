import { failure } from '../builtin.ts'
import { quoteMeta } from './regex.ts'

/**
 * A glob as a regular expression: `*` stays between delimiters, `**` crosses them, `?`, `[a-z]`, `[!a]`, `{a,b}`
 * and `\` escapes.
 */
export function globToRegex(glob: string, delimiters: readonly string[]): string {
  const g: State = { text: [...glob], at: 0, other: otherThan(delimiters) }
  const body = sequence(g, false)
  return `(?s)^(?:${body})$`
}

interface State {
  readonly text: readonly string[]
  at: number
  /** Any character that is no delimiter. */
  readonly other: string
}

function otherThan(delimiters: readonly string[]): string {
  if (delimiters.length === 0) return '.'
  return `[^${delimiters.map(classCharacter).join('')}]`
}

function classCharacter(c: string): string {
  return /[\\\]^[-]/.test(c) ? `\\${c}` : c
}

function sequence(g: State, inTerms: boolean): string {
  let out = ''
  while (g.at < g.text.length) {
    const c = g.text[g.at] ?? ''
    if (inTerms && (c === ',' || c === '}')) break
    g.at++
    if (c === '*') out += stars(g)
    else if (c === '?') out += g.other
    else if (c === '[') out += range(g)
    else if (c === '{') out += terms(g)
    else if (c === '\\') {
      const next = g.text[g.at]
      if (next === undefined) throw failure('unexpected end of pattern')
      out += quoteMeta(next)
      g.at++
    } else out += quoteMeta(c)
  }
  return out
}

function stars(g: State): string {
  let count = 1
  while (g.text[g.at] === '*') {
    count++
    g.at++
  }
  return count > 1 ? '.*' : `${g.other}*`
}

function range(g: State): string {
  let not = ''
  if (g.text[g.at] === '!') {
    not = '^'
    g.at++
  }
  const end = g.text.indexOf(']', g.at)
  const body = end < 0 ? [] : g.text.slice(g.at, end)
  if (body.length === 0) throw failure('unexpected end of character range')
  g.at = end + 1
  const [from = '', dash, to = ''] = body
  if (dash === '-' && body.length === 3) {
    if (from > to) throw failure(`hi character '${to}' should be greater than lo '${from}'`)
    return `[${not}${classCharacter(from)}-${classCharacter(to)}]`
  }
  return `[${not}${body.map(classCharacter).join('')}]`
}

function terms(g: State): string {
  const options: string[] = []
  for (;;) {
    options.push(sequence(g, true))
    const c = g.text[g.at]
    g.at++
    if (c === '}') return `(?:${options.join('|')})`
    if (c !== ',') throw failure('unexpected end of pattern: unclosed {')
  }
}

export function quoteGlob(text: string): string {
  return text.replace(/[*?\\[\]{}]/g, '\\$&')
}
