import { type Cursor, jump } from './cursor.ts'

/**
 * Finds where to read on behind a torn top-level item: at its closing brace where its braces still
 * balance, or at the next line that opens a top-level block, whichever comes first. So a brace, quote or
 * marker that is missing costs the block that misses it and no other.
 */
export interface Recovery {
  skip(cursor: Cursor, itemStart: number): void
}

export function recoveryFor(text: string): Recovery {
  let headers: readonly number[] | undefined
  return {
    skip(cursor, itemStart) {
      headers ??= headerOffsets(text)
      const header = firstAfter(headers, itemStart) ?? text.length
      jump(cursor, itemEnd(text, itemStart, header) ?? header)
    },
  }
}

/** Blocks that Terraform knows at the top of a file, written at the beginning of a line. */
const headerLine =
  /^(?:resource|data|module|variable|output|locals|provider|terraform|moved|import|check|removed|ephemeral)(?:[ \t]+(?:"[^"\n]*"|[\w-]+))*[ \t]*\{/gm

function headerOffsets(text: string): readonly number[] {
  return Array.from(text.matchAll(headerLine), match => match.index)
}

function firstAfter(offsets: readonly number[], offset: number): number | undefined {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return offsets[low]
}

/** Where the item ends by its braces, or its line if it has none; undefined where they do not balance. */
function itemEnd(text: string, from: number, limit: number): number | undefined {
  let depth = 0
  let at = from
  while (at < limit) {
    const code = text.charCodeAt(at)
    if (code === 10 && depth === 0) return at
    if (code === 123) depth++
    else if (code === 125) {
      depth--
      if (depth <= 0) return at + 1
    } else if (code === 34) at = stringEnd(text, at)
    else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) at = lineEnd(text, at)
    at++
  }
  return undefined
}

/** The offset of the closing quote, or the last of the line. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) return at
    if (code === 92) at++
    if (text.charCodeAt(at) === 10 || text.charCodeAt(at + 1) === 10) return at
  }
  return text.length
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? text.length : newline - 1
}
