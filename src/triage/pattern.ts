import { RE2JS } from 're2js'

/** A pattern as Prowler's mutelist means it: Python's `re.search`, and each `*` stands for `.*`. */
export interface Pattern {
  readonly source: string
  /** Somewhere in the text. */
  found(text: string): boolean
  /** The text from end to end. */
  whole(text: string): boolean
  /** Written with `^` or `$`: where it matches was thought about. */
  readonly anchored: boolean
}

/** Says in one line what is wrong with a pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

const longest = 2_000

/**
 * Runs in time linear in the text, whatever the pattern.
 * @example compilePattern('prod-*-logs').found('my-prod-eu-logs-2') // true
 */
export function compilePattern(source: string): Pattern {
  if (source.length > longest) throw new PatternError(`is longer than ${longest} characters`)
  const expression = source.replaceAll('*', '.*')
  const anchored = /^(?:\^|\\A)|(?:\$|\\Z)$/.test(source)
  const pieces = expression.split('.*')
  if (pieces.some(piece => /[\\^$.|?+()[\]{}]/.test(piece))) {
    return { source, anchored, ...linear(expression) }
  }
  let exact: Pick<Pattern, 'found' | 'whole'> | undefined
  // A dot does not match a line end, so a text with one is no case for plain string search.
  const engine = (): Pick<Pattern, 'found' | 'whole'> => {
    exact ??= linear(expression)
    return exact
  }
  return {
    source,
    anchored,
    found: text => (text.includes('\n') ? engine().found(text) : occurs(pieces, text)),
    whole: text => (text.includes('\n') ? engine().whole(text) : spans(pieces, text)),
  }
}

/** Whether the pieces occur in this order: the leftmost place of each is as good as any other. */
function occurs(pieces: readonly string[], text: string): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}

function spans(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  const end = text.length - last.length
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false
  return occurs(rest, text.slice(first.length, end))
}

/** RE2 has no look-around; at the very start it is an intersection of two expressions, so that is taken apart. */
function linear(expression: string): Pick<Pattern, 'found' | 'whole'> {
  const { conditions, rest } = leadingLookaheads(expression)
  const tests = conditions.map(({ negative, inner }) => {
    const compiled = compile(`^(?:${inner})`)
    return (text: string) => compiled.matcher(text).find() !== negative
  })
  const main = compile(rest)
  const holds = (text: string) => tests.every(test => test(text))
  return {
    found: text => holds(text) && main.matcher(text).find(),
    whole: text => holds(text) && main.matcher(text).matches(),
  }
}

function compile(expression: string): RE2JS {
  try {
    return RE2JS.compile(fromPython(expression))
  } catch (error) {
    if (error instanceof PatternError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new PatternError(reason.replace(/^error parsing regexp: /, ''))
  }
}

interface Lookahead {
  readonly negative: boolean
  readonly inner: string
}

function leadingLookaheads(expression: string): {
  readonly conditions: readonly Lookahead[]
  readonly rest: string
} {
  const conditions: Lookahead[] = []
  let rest = expression.replace(/^(?:\^|\\A)/, '')
  if (rest === expression) return { conditions, rest }
  while (/^\(\?[=!]/.test(rest)) {
    const end = closing(rest)
    if (end < 0) break
    conditions.push({ negative: rest[2] === '!', inner: rest.slice(3, end) })
    rest = rest.slice(end + 1)
  }
  // Alternatives would each need the conditions of their own.
  const divided =
    conditions.length > 0 &&
    [...tokens(rest)].some(({ text, depth }) => text === '|' && depth === 0)
  if (divided) throw new PatternError('look-ahead beside alternatives is not supported')
  return { conditions, rest: `^${rest}` }
}

/** Where the group that the text starts with ends. */
function closing(text: string): number {
  for (const { text: token, depth, at } of tokens(text)) {
    if (token === ')' && depth === 0) return at
  }
  return -1
}

interface Token {
  readonly text: string
  readonly at: number
  readonly inClass: boolean
  readonly depth: number
}

/** Characters and escapes, with what a parenthesis or a class around them means. */
function* tokens(expression: string): Iterable<Token> {
  let depth = 0
  let classStart = -1
  for (let at = 0; at < expression.length; at++) {
    const start = at
    let text = expression.charAt(at)
    if (text === '\\') text += expression.charAt(++at)
    const inClass = classStart >= 0
    if (inClass) {
      const first =
        start === classStart + 1 ||
        (start === classStart + 2 && expression.charAt(start - 1) === '^')
      if (text === ']' && !first) classStart = -1
    } else if (text === '[') classStart = start
    else if (text === ')') depth--
    yield { text, at: start, inClass, depth }
    if (!inClass && text === '(') depth++
  }
}

/** What Python and RE2 write differently. */
function fromPython(expression: string): string {
  let result = ''
  for (const { text, at, inClass } of tokens(expression)) {
    if (text === '(' && !inClass && /^\(\?(?:<?[=!]|P=|\()/.test(expression.slice(at, at + 4))) {
      throw new PatternError('look-around and back-references are not supported')
    }
    if (/^\\[1-9]$/.test(text)) throw new PatternError('back-references are not supported')
    if (text === '$' && !inClass) result += '(?:\\n?\\z)'
    else if (text === '{' && !inClass && /^\{,\d/.test(expression.slice(at, at + 3))) result += '{0'
    else result += (inClass ? inClasses : outside).get(text) ?? text
  }
  return result
}

const outside: ReadonlyMap<string, string> = new Map([
  ['\\Z', '\\z'],
  ['\\d', '\\p{Nd}'],
  ['\\D', '\\P{Nd}'],
  ['\\w', '[\\p{L}\\p{N}_]'],
  ['\\W', '[^\\p{L}\\p{N}_]'],
])
const inClasses: ReadonlyMap<string, string> = new Map([
  ['\\d', '\\p{Nd}'],
  ['\\D', '\\P{Nd}'],
  ['\\w', '\\p{L}\\p{N}_'],
])
