import { plain } from '../text.ts'

/**
 * Text as Markdown that shows just that text: no markup, HTML, link, image, mention or reference of
 * its own. Only what stands in single backticks stays code.
 */
export function prose(text: string): string {
  return plain(text)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)))
    .join('')
}

/** A name, an address, a place: in backticks where they are enough, else as HTML entities. */
export function code(text: string): string {
  const line = plain(text).trim()
  if (/^[\w .,:/\-[\]"'=()+*~%?!]+$/.test(line)) return `\`${line}\``
  const inner = line.replace(/[!-,.:-@[-`{-~]/g, character =>
    character === '@' ? `&#64;${gap}` : `&#${character.charCodeAt(0)};`,
  )
  return `<code>${inner}</code>`
}

/** An address that a link may lead to; null for whatever could be something else. */
export function webUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\/[\w.-]+(?:\/[\w./~%?=&#+,:;@!-]*)?$/.test(url) ? url : null
}

/** Mentions, references and bare links are found after the markup is gone, so only a gap in the text stops them. */
const gap = '&#8203;'

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replace(/[\\`*[\]()!|~{}$]|(?<!\w)_|_(?!\w)|^[+-]|(?<=^\d{1,9})[.)]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('#', `\\#${gap}`)
    .replaceAll('@', `@${gap}`)
    .replace(/:(?=\/\/)/g, `:${gap}`)
    .replace(/(www)\./gi, `$1${gap}.`)
}
