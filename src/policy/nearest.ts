import { closest, distance } from 'fastest-levenshtein'

/** The name that a mistyped one means, or null where none is near. */
export function nearest(name: string, known: readonly string[], most?: number): string | null {
  if (known.length === 0 || name.length > longest) return null
  const near = closest(name, [...known])
  return distance(name, near) <= (most ?? Math.max(2, Math.floor(name.length / 3))) ? near : null
}

const longest = 200
