import { TextDecoder } from 'node:util'
import { type CallContext, FunctionError } from './spec.ts'

export function decodeText(bytes: Buffer, encoding: string): string {
  const charset = charsetOf(encoding)
  if (charset.kind === 'bytes') {
    if (bytes.some(byte => byte > charset.last)) throw unrepresented(encoding)
    return bytes.toString('latin1')
  }
  if (charset.kind === 'utf-16') return decodeUtf16(bytes)
  if (charset.kind === 'windows-1252') return decode1252(bytes)
  try {
    return decoderOf(charset.label).decode(bytes)
  } catch {
    throw unrepresented(encoding)
  }
}

export function encodeText(text: string, encoding: string, context: CallContext): Buffer {
  const charset = charsetOf(encoding)
  if (charset.kind === 'bytes') {
    for (const rune of text)
      if ((rune.codePointAt(0) ?? 0) > charset.last) throw unrepresented(encoding)
    return Buffer.from(text, 'latin1')
  }
  if (charset.kind === 'utf-16') return encodeUtf16(`\ufeff${text}`, 'be')
  if (charset.kind === 'windows-1252') return encode1252(text, encoding)
  if (charset.label === 'utf-8') return Buffer.from(text)
  if (charset.label === 'utf-16le') return encodeUtf16(text, 'le')
  if (charset.label === 'utf-16be') return encodeUtf16(text, 'be')
  context.budget.spend(200_000, 'textencodebase64')
  return encodeBy(reverseTable(charset.label), text, encoding)
}

type Charset =
  | { readonly kind: 'label'; readonly label: string }
  /** Code points are bytes, up to the last. */
  | { readonly kind: 'bytes'; readonly last: number }
  /** With a byte order mark. */
  | { readonly kind: 'utf-16' }
  /** Some releases of Node decode it as Latin-1. */
  | { readonly kind: 'windows-1252' }

/** The web's labels are IANA's names, but it reads Latin-1 and ASCII as windows-1252. */
function charsetOf(encoding: string): Charset {
  const name = encoding.toLowerCase()
  if (
    /^(?:iso-?8859-1|iso_8859-1(?::1987)?|latin1|l1|ibm819|cp819|csisolatin1|iso-ir-100)$/.test(
      name,
    )
  )
    return { kind: 'bytes', last: 0xff }
  if (
    /^(?:us-ascii|ascii|us|ansi_x3\.4-19(?:68|86)|iso646-us|cp367|ibm367|csascii|iso-ir-6|iso_646\.irv:1991)$/.test(
      name,
    )
  )
    return { kind: 'bytes', last: 0x7f }
  if (name === 'utf-16' || name === 'csutf16') return { kind: 'utf-16' }
  try {
    const label = new TextDecoder(name).encoding
    if (label === 'windows-1252') return { kind: label }
    if (label !== 'replacement' && label !== 'x-user-defined') return { kind: 'label', label }
  } catch {
    // Falls to the error below: the name is no label.
  }
  throw new FunctionError(`there is no encoding ${JSON.stringify(encoding)}`, 1)
}

function decoderOf(label: string): TextDecoder {
  return new TextDecoder(label, { fatal: true, ignoreBOM: true })
}

function decodeUtf16(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
  const isMarked = isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff)
  try {
    return decoderOf(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes.subarray(isMarked ? 2 : 0))
  } catch {
    throw unrepresented('UTF-16')
  }
}

function encodeUtf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

/** What stands in the place of the control characters from 0x80 on; five places stay as they are. */
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function decode1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, character => high[character.charCodeAt(0) - 0x80] ?? character)
}

function encode1252(text: string, encoding: string): Buffer {
  const bytes: number[] = []
  for (const rune of text) {
    const at = high.indexOf(rune)
    const byte = at >= 0 ? 0x80 + at : (rune.codePointAt(0) ?? 0)
    if (byte > 0xff || (at < 0 && byte >= 0x80 && byte < 0xa0)) throw unrepresented(encoding)
    bytes.push(byte)
  }
  return Buffer.from(bytes)
}

/** The decoder turned around: every sequence of one or two bytes that it reads as one character. */
function reverseTable(label: string): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>()
  const decoder = decoderOf(label)
  const learn = (sequence: readonly number[]): boolean => {
    try {
      const text = decoder.decode(Uint8Array.from(sequence))
      if (Array.from(text).length !== 1) return false
      if (!table.has(text)) table.set(text, sequence)
      return true
    } catch {
      return false
    }
  }
  const leads: number[] = []
  for (let byte = 0; byte < 256; byte++) if (!learn([byte])) leads.push(byte)
  for (const lead of leads) for (let trail = 0x30; trail < 256; trail++) learn([lead, trail])
  return table
}

function encodeBy(
  table: ReadonlyMap<string, readonly number[]>,
  text: string,
  encoding: string,
): Buffer {
  const bytes: number[] = []
  for (const rune of text) {
    const sequence = table.get(rune)
    if (sequence === undefined) throw unrepresented(encoding)
    bytes.push(...sequence)
  }
  return Buffer.from(bytes)
}

function unrepresented(encoding: string): FunctionError {
  return new FunctionError(`some of the text has no place in ${encoding}`, 0)
}
