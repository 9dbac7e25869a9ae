/**
 * One line that is safe on a terminal and cannot lie about its order: no control characters, escape
 * sequences, bidirectional overrides or lone surrogates.
 * @example plain('a\u001b[31mb\nc') // 'ab c'
 */
export function plain(text: string): string {
  if (!special.test(text)) return text
  return withoutEscapes(text)
    .replace(breaks, ' ')
    .replace(hidden, '')
    .replace(loneSurrogate, '\ufffd')
}

/** As {@link plain}, but lines stay lines. */
export function plainLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(plain)
    .join('\n')
}

/**
 * JSON that is safe on a terminal and inside a line: what JSON.stringify leaves raw is escaped too,
 * so nothing is lost.
 */
export function jsonText(value: unknown, indent?: number): string {
  return (JSON.stringify(value, null, indent) ?? 'null').replace(
    rawInJson,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** At most so many characters, the last an ellipsis where something was cut. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = limit - 1
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1))
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`
}

/** What a message or a cell shows of any value: strings as they are, the rest as JSON. */
export function valueText(value: unknown): string {
  return plain(typeof value === 'string' ? value : jsonText(value))
}

/** What JSON.parse says is wrong, without the piece of the text that it quotes: that may be part of a secret. */
export function jsonFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/, (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s, '')
}

/**
 * A finished sequence goes whole; of an unfinished one only its first character, so that nobody
 * hides a name's rest behind it.
 */
function withoutEscapes(text: string): string {
  return text.replace(controlSequence, '').replace(stringSequence, '')
}

// CSI: parameters, intermediates, a final byte. The bounds keep the match linear.
const controlSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,16}[@-~]/g
// OSC, DCS, SOS, PM, APC up to BEL or ST on the same line.
const stringSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f\n\r]{0,4096}(?:\u0007|\u001b\\|\u009c)/g
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\u{e0000}-\u{e007f}]/gu
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const special =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]/
const rawInJson =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]/g
