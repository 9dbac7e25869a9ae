/**
 * Go's strings are bytes, and builtins such as `base64.decode` make strings that are no UTF-8. A byte that belongs
 * to no character is kept as a lone surrogate, U+DC00 + byte, so that nothing is lost on the way back.
 */
export function fromBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (!text.includes('\uFFFD')) return text
  let exact = ''
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i)
    exact +=
      length === 0
        ? String.fromCharCode(0xdc00 + (bytes[i] ?? 0))
        : Buffer.from(bytes.subarray(i, i + length)).toString('utf8')
    i += length || 1
  }
  return exact
}

/** How many bytes the character at `i` has; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (length === 0 || first > 0xf4 || i + length > bytes.length) return 0
  for (let j = 1; j < length; j++) if (((bytes[i + j] ?? 0) & 0xc0) !== 0x80) return 0
  const second = bytes[i + 1] ?? 0
  const tooLong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  const outside = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f)
  return tooLong || outside ? 0 : length
}

const escaped = /[\uDC80-\uDCFF]/

export function toBytes(text: string): Buffer {
  if (!escaped.test(text)) return Buffer.from(text, 'utf8')
  const parts: Buffer[] = []
  for (const point of text) {
    const code = point.codePointAt(0) ?? 0
    const isByte = code >= 0xdc80 && code <= 0xdcff
    parts.push(isByte ? Buffer.from([code - 0xdc00]) : Buffer.from(point, 'utf8'))
  }
  return Buffer.concat(parts)
}
