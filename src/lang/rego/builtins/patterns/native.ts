/**
 * The pattern for JavaScript's engine, if both engines mean the same by it and its work is bounded: no quantifier
 * within a quantified group, and at most two that have no limit. Undefined for everything else, wrong patterns
 * included.
 */
export function toNative(pattern: string): string | undefined {
  if (pattern.length > 1000) return undefined
  const s: State = { text: pattern, at: 0, out: '', unbounded: 0 }
  if (!alternatives(s, 0) || s.at < pattern.length || s.unbounded > 2) return undefined
  return s.out
}

interface State {
  readonly text: string
  at: number
  out: string
  unbounded: number
}

const shorthand: ReadonlyMap<string, string> = new Map([
  ['d', '[0-9]'],
  ['D', '[^0-9]'],
  ['w', '[0-9A-Za-z_]'],
  ['W', '[^0-9A-Za-z_]'],
  ['s', '[\\t\\n\\f\\r ]'],
  ['S', '[^\\t\\n\\f\\r ]'],
  ['n', '\\n'],
  ['r', '\\r'],
  ['t', '\\t'],
])

/** False where the pattern is not one of ours. */
function alternatives(s: State, depth: number): boolean {
  if (depth > 20) return false
  for (;;) {
    if (!sequence(s, depth)) return false
    if (s.text[s.at] !== '|') return true
    s.out += '|'
    s.at++
  }
}

function sequence(s: State, depth: number): boolean {
  while (s.at < s.text.length && s.text[s.at] !== '|' && s.text[s.at] !== ')') {
    const before = s.unbounded
    const start = s.out.length
    const kind = atom(s, depth)
    if (kind === undefined) return false
    const quantifier = /^(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??/.exec(s.text.slice(s.at))?.[0]
    if (quantifier === undefined) {
      if (/[*+?{]/.test(s.text[s.at] ?? '')) return false
      continue
    }
    s.at += quantifier.length
    if (/[*+?{]/.test(s.text[s.at] ?? '') || kind === 'anchor' || !isOrdered(quantifier))
      return false
    // A group that repeats must hold nothing that repeats.
    const isSimple =
      kind === 'character' || !/[*+?{]/.test(s.out.slice(start).replace(/\(\?:/g, ''))
    if (!isSimple || s.unbounded > before) return false
    if (!/^\{\d+\}|^\?|^\{\d+,\d+\}/.test(quantifier)) s.unbounded++
    s.out += quantifier
  }
  return true
}

function isOrdered(quantifier: string): boolean {
  const match = /^\{(\d+),(\d+)\}/.exec(quantifier)
  return match === null || Number(match[1]) <= Number(match[2])
}

function atom(s: State, depth: number): 'anchor' | 'character' | 'group' | undefined {
  const c = String.fromCodePoint(s.text.codePointAt(s.at) ?? 0)
  s.at += c.length
  switch (c) {
    case '^':
    case '$':
      s.out += c
      return 'anchor'
    case '.':
      s.out += '[^\\n]'
      return 'character'
    case '(':
      return group(s, depth)
    case '[':
      return characterClass(s) ? 'character' : undefined
    case '\\':
      return escaped(s) ? 'character' : undefined
    case '*':
    case '+':
    case '?':
    case ')':
      return undefined
  }
  if (/[\uD800-\uDFFF]/u.test(c)) return undefined
  s.out += /[{}\]/-]/.test(c) ? (c === '-' ? '-' : `\\${c}`) : c
  return 'character'
}

function group(s: State, depth: number): 'group' | undefined {
  if (s.text[s.at] === '?') {
    if (s.text[s.at + 1] !== ':') return undefined
    s.at += 2
    s.out += '(?:'
  } else s.out += '('
  if (!alternatives(s, depth + 1) || s.text[s.at] !== ')') return undefined
  s.at++
  s.out += ')'
  return 'group'
}

function escaped(s: State): boolean {
  const c = s.text[s.at] ?? ''
  s.at++
  const known = shorthand.get(c)
  if (known !== undefined) s.out += known
  else if (/[\\.+*?()|[\]{}^$/]/.test(c)) s.out += `\\${c}`
  else if (/[!-~]/.test(c) && !/[0-9A-Za-z]/.test(c)) s.out += c
  else return false
  return true
}

/** Plain characters, ranges and shorthands. */
function characterClass(s: State): boolean {
  const match = /^(\^?)((?:\\[dws\\\][^./-]|[^\\[\]\uD800-\uDFFF])+)\]/.exec(s.text.slice(s.at))
  if (match === null) return false
  const [whole, not = '', body = ''] = match
  if (/^-|-$|--|\\[dws]-|-\\[dws]/.test(body) && body !== '-') return dashed(s, whole, not, body)
  s.at += whole.length
  return emitClass(s, not, body)
}

function emitClass(s: State, not: string, body: string): boolean {
  for (const [, from = '', to = ''] of body.matchAll(/([^\\])-([^\\])/g))
    if (from > to) return false
  const inner = body
    .replace(/\\d/g, '0-9')
    .replace(/\\w/g, '0-9A-Za-z_')
    .replace(/\\s/g, '\\t\\n\\f\\r ')
  s.out += `[${not}${inner}]`
  try {
    new RegExp(`[${not}${inner}]`, 'u')
    return true
  } catch {
    return false
  }
}

/** A dash at either end stands for itself. */
function dashed(s: State, whole: string, not: string, body: string): boolean {
  const inner = body.replace(/^-/, '').replace(/-$/, '')
  if (inner === '' || /^-|-$|--|\\[dws]-|-\\[dws]/.test(inner)) return false
  s.at += whole.length
  return emitClass(s, not, `${inner}\\-`)
}
