import { isDeepStrictEqual } from 'node:util'

/** The first place where they differ. */
export function difference(a: unknown, b: unknown, path = ''): string | null {
  if (isDeepStrictEqual(a, b)) return null
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `${path || 'it'}: ${JSON.stringify(a)} → ${JSON.stringify(b)}`
  }
  const [was, is] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const found = difference(was.get(key), is.get(key), path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return `${path}: another order`
}
