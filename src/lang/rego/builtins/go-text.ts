import { numberText } from '../value/big.ts'
import { isArray, isNumber } from '../value/kind.ts'
import { objectEntries } from '../value/object.ts'
import { RegoSet, type Value } from '../value/value.ts'

/** As Go's fmt prints values of JSON: `[a b]`, `map[a:1]`. */
export function goText(value: Value | undefined): string {
  if (value === undefined) return '<undefined>'
  if (value === null) return '<nil>'
  if (typeof value === 'string') return value
  if (isNumber(value)) return numberText(value)
  if (typeof value === 'boolean') return String(value)
  if (isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (value instanceof RegoSet) return `[${value.sorted().map(goText).join(' ')}]`
  const parts = objectEntries(value).map(([key, member]) => `${goText(key)}:${goText(member)}`)
  return `map[${parts.join(' ')}]`
}
