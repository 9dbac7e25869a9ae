import { HclError } from './hcl-error.ts'

/** The text of a source file, or why it is none; then `text` is good enough to count lines in. */
export interface Decoded {
  readonly text: string
  readonly error?: HclError
}

/** No one writes a source file this long; what does is a mistake or an attack. */
const maxLength = 8_000_000

export function decode(source: string | Uint8Array): Decoded {
  if (source.length > maxLength) {
    return refuse(
      '',
      'File too large',
      `A source file may have at most ${maxLength / 1_000_000} MB.`,
      0,
    )
  }
  const text = typeof source === 'string' ? source : decodeBytes(source)
  if (typeof text !== 'string') return text
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const nul = clean.indexOf('\0')
  if (nul >= 0) {
    return refuse(
      clean,
      'Invalid character encoding',
      'This is no text in UTF-8: it has a NUL character here.',
      nul,
    )
  }
  return { text: clean }
}

function decodeBytes(bytes: Uint8Array): string | Decoded {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refuse('', 'Invalid character encoding', 'The file is UTF-16; save it as UTF-8.', 0)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    return refuse(
      text,
      'Invalid character encoding',
      'All source files must be UTF-8. Ensure that UTF-8 encoding is selected in your editor.',
      Math.max(0, text.indexOf('\uFFFD')),
    )
  }
}

function refuse(text: string, summary: string, detail: string, at: number): Decoded {
  return { text, error: new HclError(summary, detail, { start: at, end: at + 1 }) }
}
