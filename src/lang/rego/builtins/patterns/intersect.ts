import { failure } from '../builtin.ts'

/** One symbol of a simple glob, with its repetition. */
interface Symbol {
  /** Undefined: any character. */
  readonly characters: ReadonlySet<string> | undefined
  readonly repeats: '' | '*' | '+'
}

/** Is there a text that both globs match? They know `.`, `*`, `+`, `[abc]`, `[a-z]` and `\`. */
export function globsIntersect(left: string, right: string): boolean {
  const a = parse(left)
  const b = parse(right)
  const seen = new Set<number>()
  const width = b.length * 2 + 2
  // A place is a symbol and whether it has already matched once.
  const queue: (readonly [i: number, j: number])[] = [[0, 0]]
  const push = (i: number, j: number): void => {
    const id = i * width + j
    if (seen.has(id)) return
    seen.add(id)
    queue.push([i, j])
  }
  for (const [i, j] of queue) {
    if (i === a.length * 2 && j === b.length * 2) return true
    for (const ii of skips(a, i)) push(ii, j)
    for (const jj of skips(b, j)) push(i, jj)
    const [x, y] = [a[i >> 1], b[j >> 1]]
    if (x === undefined || y === undefined || !overlap(x, y)) continue
    for (const ii of steps(x, i)) for (const jj of steps(y, j)) push(ii, jj)
  }
  return false
}

/** Places reached without a character. */
function skips(symbols: readonly Symbol[], at: number): readonly number[] {
  const symbol = symbols[at >> 1]
  if (symbol === undefined) return []
  const optional = symbol.repeats === '*' || (symbol.repeats === '+' && (at & 1) === 1)
  return optional ? [(at | 1) + 1] : []
}

/** Places reached with one character that the symbol matches. */
function steps(symbol: Symbol, at: number): readonly number[] {
  return symbol.repeats === '' ? [(at | 1) + 1] : [at | 1]
}

function overlap(a: Symbol, b: Symbol): boolean {
  if (a.characters === undefined || b.characters === undefined) return true
  for (const c of a.characters) if (b.characters.has(c)) return true
  return false
}

function parse(text: string): readonly Symbol[] {
  const points = [...text]
  const symbols: Symbol[] = []
  for (let i = 0; i < points.length; i++) {
    const c = points[i] ?? ''
    let characters: ReadonlySet<string> | undefined
    if (c === '[') {
      const end = endOfSet(points, i)
      if (end < 0) throw invalid(text, i, 'found [ without matching ]')
      characters = readSet(points.slice(i + 1, end), text, i)
      i = end
    } else if (c === ']') throw invalid(text, i, "set-close ']' with no preceding '['")
    else if (c === '*' || c === '+') {
      throw invalid(text, i, `flag '${c}' must be preceded by a non-flag`)
    } else if (c === '\\') {
      i++
      const next = points[i]
      if (next === undefined) throw invalid(text, i - 1, 'escape at the end')
      characters = new Set([next])
    } else if (c !== '.') characters = new Set([c])
    const next = points[i + 1]
    const repeats = next === '*' || next === '+' ? next : ''
    if (repeats !== '') i++
    symbols.push({ characters, repeats })
  }
  return symbols
}

function endOfSet(points: readonly string[], open: number): number {
  for (let i = open + 1; i < points.length; i++) {
    if (points[i] === '\\') i++
    else if (points[i] === ']') return i
  }
  return -1
}

function readSet(points: readonly string[], text: string, at: number): ReadonlySet<string> {
  const characters = new Set<string>()
  const plain: string[] = []
  for (let i = 0; i < points.length; i++) {
    if (points[i] === '\\') i++
    plain.push(points[i] ?? '')
  }
  for (let i = 0; i < plain.length; i++) {
    const from = plain[i] ?? ''
    const to = plain[i + 2]
    if (plain[i + 1] !== '-' || to === undefined) {
      characters.add(from)
      continue
    }
    const [low, high] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]
    if (low > high || high - low > 100_000) throw invalid(text, at, 'range is not ascending')
    for (let code = low; code <= high; code++) characters.add(String.fromCodePoint(code))
    i += 2
  }
  return characters
}

function invalid(text: string, at: number, reason: string) {
  return failure(`input:${text}, pos:${at + 1}, ${reason}: the input provided is invalid`)
}
