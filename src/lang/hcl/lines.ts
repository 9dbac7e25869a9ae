export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/** Finds lines and columns for offsets into one text. */
export interface Lines {
  at(offset: number): Position
}

export function linesOf(text: string): Lines {
  const starts = lineStarts(text)
  return {
    at(offset) {
      const line = lastNotAfter(starts, offset)
      return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
    },
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
