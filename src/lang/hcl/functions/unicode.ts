/** Terraform counts characters as Unicode 15.0 clusters them. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

const ascii = /^[\0-\x7f]*$/
/**
 * Unicode 15.1 joins Indic consonants across a virama, 15.0 does not: a letter behind a mark or a joiner
 * inside one cluster is such a place. (Thai and Lao have letters that behave as marks.)
 */
const conjunct = /(?<=[\p{M}\u200d])(?!\p{Script=Thai}|\p{Script=Lao})(?=\p{Lo})/u

/** User-perceived characters. */
export function graphemes(text: string): string[] {
  if (ascii.test(text) && !text.includes('\r\n')) return text.split('')
  const clusters: string[] = []
  let at = 0
  let size = window
  while (at < text.length) {
    const found = Array.from(segmenter.segment(text.slice(at, at + size)), each => each.segment)
    // The last one may go on behind the window.
    if (at + size < text.length) found.pop()
    size = found.length === 0 ? size * 2 : window
    for (const cluster of found) {
      at += cluster.length
      if (cluster.length < 3) clusters.push(cluster)
      else for (const part of cluster.split(conjunct)) clusters.push(part)
    }
  }
  return clusters
}

/** V8 segments a text in time that grows with its square. */
const window = 512

/** One-to-one mapping: `ß` stays, where JavaScript makes `SS` of it. */
export function upperRune(rune: string): string {
  const mapped = rune.toUpperCase()
  if (isSingle(mapped)) return mapped
  const code = rune.codePointAt(0) ?? 0
  const capital = iotaCapital(code)
  return capital === undefined ? rune : String.fromCodePoint(capital)
}

export function lowerRune(rune: string): string {
  const mapped = rune.toLowerCase()
  return isSingle(mapped) ? mapped : (mapped[0] ?? rune)
}

/** The title case of digraphs differs from their upper case, and Georgian has none. */
export function titleRune(rune: string): string {
  const digraph = digraphs.find(forms => forms.includes(rune))
  if (digraph !== undefined) return digraph[1] ?? rune
  if (rune >= '\u10d0' && rune <= '\u10ff') return rune
  return upperRune(rune)
}

/** Upper, title and lower case. */
const digraphs = ['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ']

/** Greek letters with iota subscript have a capital of their own beside the two letters of full mapping. */
function iotaCapital(code: number): number | undefined {
  if (code >= 0x1f80 && code < 0x1fb0 && (code & 8) === 0) return code + 8
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return code + 9
  return undefined
}

function isSingle(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff)
}

const spaces = new Set(
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
)

/** White space as Unicode has it: a byte order mark is none, a next-line is. */
export function isSpace(character: string | undefined): boolean {
  return character !== undefined && spaces.has(character)
}
