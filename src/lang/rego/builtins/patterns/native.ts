export interface Native {
  readonly source: string
  /** The most steps that a search in so many characters can take. */
  readonly cost: (length: number) => number
}

/**
 * The pattern for JavaScript's engine, if both engines mean the same by it and its work is bounded: neither quantifier
 * nor choice within a quantified group, few choices, and at most two quantifiers that reach far. Undefined for
 * everything else, wrong patterns included.
 */
export function toNative(pattern: string): Native | undefined {
  if (pattern.length > 1000) return undefined
  const s: State = { text: pattern, at: 0, out: '', far: 0, choices: 1, size: 0 }
  if (!alternatives(s, 0) || s.at < pattern.length) return undefined
  if (s.far > 2 || s.choices > 64 || s.size > 2000) return undefined
  const degree = s.far + (/^\^[^|]*$/.test(pattern) ? 0 : 1)
  const each = s.choices * Math.ceil(s.size / 64)
  return { source: s.out, cost: length => length ** degree * each }
}

interface State {
  readonly text: string
  at: number
  out: string
  /** Quantifiers that the engine may have to try at every length. */
  far: number
  /** In how many ways alternatives and small quantifiers can be combined. */
  choices: number
  /** Characters of the pattern with its repetitions written out. */
  size: number
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
  for (let count = 1; ; count++) {
    if (!sequence(s, depth)) return false
    if (s.text[s.at] !== '|') {
      s.choices *= count
      return true
    }
    s.out += '|'
    s.at++
  }
}

function sequence(s: State, depth: number): boolean {
  while (s.at < s.text.length && s.text[s.at] !== '|' && s.text[s.at] !== ')') {
    const before = { ...s }
    const kind = atom(s, depth)
    if (kind === undefined) return false
    s.size++
    const quantifier = /^(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??/.exec(s.text.slice(s.at))?.[0]
    if (quantifier === undefined) {
      if (/[*+?{]/.test(s.text[s.at] ?? '')) return false
      continue
    }
    s.at += quantifier.length
    if (/[*+?{]/.test(s.text[s.at] ?? '') || kind === 'anchor' || !isOrdered(quantifier))
      return false
    // A group that repeats must hold nothing that repeats, and nothing to choose from.
    const inner = s.out.slice(before.out.length).replace(/\(\?:/g, '')
    const [least, most] = reach(quantifier)
    const isFree = s.choices > before.choices && most > 1
    if (kind === 'group' && (/[*+?{]/.test(inner) || isFree)) return false
    s.size += (s.size - before.size) * (Number.isFinite(most) ? most : least)
    if (most - least > few) s.far++
    else s.choices *= most - least + 1
    s.out += quantifier
  }
  return true
}

const few = 3

/** How often a quantifier repeats, at least and at most. */
function reach(quantifier: string): readonly [number, number] {
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier) ?? []
  if (least !== undefined)
    return [Number(least), most ? Number(most) : comma ? Number.POSITIVE_INFINITY : Number(least)]
  if (quantifier.startsWith('?')) return [0, 1]
  return [quantifier.startsWith('+') ? 1 : 0, Number.POSITIVE_INFINITY]
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
