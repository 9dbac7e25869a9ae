import { plain, plainLines } from '../text.ts'

/** Any value as text or attribute of a page. */
export function escapeHtml(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** As {@link escapeHtml}, but lines stay lines. */
export function linesHtml(text: string): string {
  return plainLines(text).split('\n').map(escapeHtml).join('\n')
}

/** As {@link escapeHtml}; what stands in backticks is code. */
export function proseHtml(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}
