import { RE2JS } from 're2js'
import { Refused } from './scope.ts'

const longest = 1_000

/**
 * Whether a path fits a pattern of `fileset`: `*` and `?` stay within a folder, `**` is any number of folders, and there
 * are `[a-z]`, `[!a]`, `{a,b}` and `\` escapes. The work is linear in the path, whatever the pattern.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  if (pattern.length > longest) throw new Refused('the pattern of fileset is too long')
  const reading: Reading = { text: pattern, at: 0 }
  const source = sequence(reading, 0)
  if (reading.at < pattern.length) throw invalid()
  const expression = RE2JS.compile(`(?s)(?:${source})`)
  return path => expression.matches(path)
}

interface Reading {
  readonly text: string
  at: number
}

function sequence(reading: Reading, depth: number): string {
  if (depth > 20) throw invalid()
  const { text } = reading
  let out = ''
  while (reading.at < text.length) {
    const letter = text.charAt(reading.at)
    if (depth > 0 && (letter === ',' || letter === '}')) break
    reading.at++
    if (letter === '*') out += stars(reading)
    else if (letter === '?') out += '[^/]'
    else if (letter === '[') out += characters(reading)
    else if (letter === '{') out += alternatives(reading, depth)
    else if (letter === '\\') {
      if (reading.at >= text.length) throw invalid()
      out += RE2JS.quote(text.charAt(reading.at++))
    } else out += RE2JS.quote(letter)
  }
  return out
}

/** Two stars mean folders only where they stand alone between slashes. */
function stars(reading: Reading): string {
  const { text } = reading
  const start = reading.at - 1
  while (text.charAt(reading.at) === '*') reading.at++
  const isWhole = reading.at - start === 2 && (start === 0 || /[/{,]/.test(text.charAt(start - 1)))
  if (isWhole && text.charAt(reading.at) === '/') {
    reading.at++
    return '(?:[^/]+/)*'
  }
  return isWhole && /^[,}]?$/.test(text.charAt(reading.at)) ? '.*' : '[^/]*'
}

function characters(reading: Reading): string {
  const [all, not = '', body = ''] =
    /^([!^]?)((?:\\.|[^\\\]])+)\]/s.exec(reading.text.slice(reading.at)) ?? []
  if (all === undefined) throw invalid()
  reading.at += all.length
  const inner = body.replace(/\\?(.)/gs, (_, letter: string) =>
    letter === '-' ? '-' : letter.replace(/[\\[\]^&~]/g, '\\$&'),
  )
  try {
    const made = not === '' ? `[${inner}]` : `[^/${inner}]`
    RE2JS.compile(made)
    return made
  } catch {
    throw invalid()
  }
}

function alternatives(reading: Reading, depth: number): string {
  const options: string[] = []
  for (;;) {
    options.push(sequence(reading, depth + 1))
    const letter = reading.text.charAt(reading.at++)
    if (letter === '}') return `(?:${options.join('|')})`
    if (letter !== ',') throw invalid()
  }
}

function invalid(): Refused {
  return new Refused('the pattern of fileset is not valid')
}
