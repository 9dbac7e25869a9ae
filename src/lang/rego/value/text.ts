import { Big, numberText } from './big.ts'
import { isArray } from './kind.ts'
import { objectEntries } from './object.ts'
import { RegoSet, type Value } from './value.ts'

/** As a policy would write the value. */
export function termText(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Big) return value.text
  if (isArray(value)) return `[${value.map(termText).join(', ')}]`
  if (value instanceof RegoSet)
    return value.size === 0 ? 'set()' : `{${value.sorted().map(termText).join(', ')}}`
  const parts = objectEntries(value).map(([key, member]) => `${termText(key)}: ${termText(member)}`)
  return `{${parts.join(', ')}}`
}
