import { closest, distance } from 'fastest-levenshtein'

/** The known name that a mistyped one means, or null where none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  if (known.length === 0 || name.length > maxLength) return null
  const lower = name.toLowerCase()
  const byLower = new Map(known.map(each => [each.toLowerCase(), each]))
  const near = closest(lower, [...byLower.keys()])
  const allowed = Math.max(2, Math.floor(name.length / 3))
  return distance(lower, near) <= allowed ? (byLower.get(near) ?? null) : null
}

const maxLength = 200
