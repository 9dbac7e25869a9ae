import { closest, distance } from 'fastest-levenshtein'

/** The known name that a mistyped one means, or null where none differs in so few letters. */
export function nearest(
  name: string,
  known: readonly string[],
  most = Math.max(2, Math.floor(name.length / 3)),
): string | null {
  if (known.length === 0 || name.length > longest) return null
  const lower = name.toLowerCase()
  const byLower = new Map(known.map(each => [each.toLowerCase(), each]))
  const near = closest(lower, [...byLower.keys()])
  return distance(lower, near) <= most ? (byLower.get(near) ?? null) : null
}

const longest = 200
