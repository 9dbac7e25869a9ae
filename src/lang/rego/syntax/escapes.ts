const simple: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** JSON's escapes; undefined where one is wrong. */
export function readEscapes(text: string): string | undefined {
  if (!text.includes('\\')) return wellFormed(text)
  let legal = true
  const value = text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    const plain = simple.get(letter)
    if (plain === undefined) legal = false
    return plain ?? ''
  })
  return legal ? wellFormed(value) : undefined
}

/** Half a surrogate pair cannot be said in UTF-8: it becomes U+FFFD, as in Go. */
export function wellFormed(text: string): string {
  return text.replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    '\uFFFD',
  )
}
