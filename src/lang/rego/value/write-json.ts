import { Big, numberText } from './big.ts'
import { isArray } from './kind.ts'
import { objectEntries } from './object.ts'
import { compareStrings } from './order.ts'
import { RegoSet, type Value } from './value.ts'

export interface Layout {
  readonly prefix: string
  readonly indent: string
}

/** As Go writes JSON: keys in order, `<`, `>` and `&` escaped. With a layout, a line a member. */
export function writeJson(value: Value, layout?: Layout): string {
  return write(value, layout, layout === undefined ? '' : `\n${layout.prefix}`)
}

function write(value: Value, layout: Layout | undefined, line: string): string {
  if (typeof value === 'string') return quoteJson(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Big) return value.text
  const inner = layout === undefined ? '' : line + layout.indent
  if (isArray(value) || value instanceof RegoSet) {
    const items = isArray(value) ? value : value.sorted()
    return enclose(
      '[',
      ']',
      items.map(item => write(item, layout, inner)),
      line,
      inner,
    )
  }
  const entries = objectEntries(value).map(([key, member]): [string, Value] => [
    typeof key === 'string' ? key : writeJson(key),
    member,
  ])
  entries.sort(([a], [b]) => compareStrings(a, b))
  const colon = layout === undefined ? ':' : ': '
  const parts = entries.map(
    ([key, member]) => quoteJson(key) + colon + write(member, layout, inner),
  )
  return enclose('{', '}', parts, line, inner)
}

function enclose(
  open: string,
  close: string,
  parts: readonly string[],
  line: string,
  inner: string,
): string {
  if (parts.length === 0) return open + close
  return `${open}${inner}${parts.join(`,${inner}`)}${line}${close}`
}

function quoteJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
