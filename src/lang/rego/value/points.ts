/** Strings are sequences of code points; these are the ways in which that differs from UTF-16. */

const surrogate = /[\uD800-\uDFFF]/

export function pointCount(text: string): number {
  if (!surrogate.test(text)) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}

/** From `start` up to `end` (undefined: to the end), in code points. */
export function pointSlice(text: string, start: number, end: number | undefined): string {
  if (!surrogate.test(text)) return text.slice(start, end)
  return [...text].slice(start, end).join('')
}

/** A UTF-16 index as an index of code points. */
export function pointIndex(text: string, index: number): number {
  return index < 0 ? index : pointCount(text.slice(0, index))
}

export function reversed(text: string): string {
  return [...text].reverse().join('')
}
