import { numberText, numOf } from './number.ts'
import { isEntries, isItems, Unknown, type Value } from './value.ts'

/** Exact JSON: numbers with all their digits. Undefined where the value or a part of it is unknown. */
export function toJson(value: Value): string | undefined {
  const { v } = value
  if (v === null) return 'null'
  if (v instanceof Unknown) return undefined
  if (typeof v === 'string') return JSON.stringify(v)
  if (typeof v === 'boolean') return String(v)
  if (isItems(v)) {
    const items = v.map(toJson)
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`
  }
  if (isEntries(v)) {
    const items: string[] = []
    for (const [name, item] of v) {
      const text = toJson(item)
      if (text === undefined) return undefined
      items.push(`${JSON.stringify(name)}:${text}`)
    }
    return `{${items.join(',')}}`
  }
  return numberText(numOf(v))
}
