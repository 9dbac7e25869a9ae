import { HclError, limitSummary } from './hcl-error.ts'
import { isEntries, isItems, type Value } from './value.ts'

/**
 * Values share their parts, so a few lines of source can describe a value of 2^40 parts, or one that is
 * deeper than the stack. This bounds both, by what was counted when the parts were made.
 */
interface Bulk {
  readonly size: number
  readonly depth: number
}

const maxSize = 5_000_000
const maxDepth = 500
const maxTextLength = 10_000_000
const leaf: Bulk = { size: 1, depth: 1 }
/** Of collections that hold collections; a memo of what can always be counted again. */
const counted = new WeakMap<object, Bulk>()

/** Counts a collection that was just made; throws HclError where it is too large. */
export function weigh<T extends readonly Value[] | ReadonlyMap<string, Value>>(v: T): T {
  let size = 1
  let depth = 1
  let isNested = false
  const items: Iterable<Value> = isItems(v) ? v : isEntries(v) ? v.values() : []
  for (const item of items) {
    if (!isItems(item.v) && !isEntries(item.v)) {
      size++
      continue
    }
    const inner = bulkOf(item)
    isNested = true
    size += inner.size
    depth = Math.max(depth, inner.depth + 1)
  }
  if (size > maxSize) throw tooMuch(`A value may have at most ${maxSize} parts.`)
  if (depth > maxDepth) throw tooMuch(`A value may be at most ${maxDepth} levels deep.`)
  if (isNested) counted.set(v, { size, depth })
  return v
}

/** How many values there are in the value. */
export function sizeOf(value: Value): number {
  return bulkOf(value).size
}

/** Throws HclError for a text that doubling made too long. */
export function checkLength(length: number): void {
  if (length > maxTextLength) throw tooMuch(`A text may have at most ${maxTextLength} characters.`)
}

function bulkOf({ v }: Value): Bulk {
  if (isItems(v)) return counted.get(v) ?? { size: v.length + 1, depth: 1 }
  if (isEntries(v)) return counted.get(v) ?? { size: v.size + 1, depth: 1 }
  return leaf
}

function tooMuch(detail: string): HclError {
  return new HclError(limitSummary, detail, { start: 0, end: 0 })
}
