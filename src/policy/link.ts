import type { Path, Resource } from '../resource.ts'

/** A place in a resource: as its source declares it, or as checks read it. */
export interface Spot {
  readonly resource: Resource
  readonly path: Path
  readonly form: 'declared' | 'normal'
}

/**
 * Every object and array of the input knows where it comes from, so that what a rule has bound leads to a source line:
 * by a symbol, which no policy sees.
 */
const up: unique symbol = Symbol('up')

interface Link {
  readonly parent: object | null
  readonly key: string | number
  /** The resource whose input this is; on its root. */
  readonly owner?: Resource
  /** Where this comes from, if not from the parent's. */
  readonly spot?: Spot
}

interface Linked {
  [up]?: Link
}

export function linked<T extends object>(value: T & Linked, link: Link): T {
  value[up] = link
  return value
}

/** The resource whose input a value is part of, and how deep in it the value lies. */
export function ownerOf(
  value: unknown,
): { readonly owner: Resource; readonly depth: number } | null {
  let at = linkOf(value)
  for (let depth = 0; at !== undefined; depth++) {
    if (at.owner !== undefined) return { owner: at.owner, depth }
    at = linkOf(at.parent)
  }
  return null
}

export function spotOf(value: unknown): Spot | null {
  const keys: (string | number)[] = []
  for (let at = linkOf(value); at !== undefined; at = linkOf(at.parent)) {
    if (at.spot !== undefined) return { ...at.spot, path: [...at.spot.path, ...keys] }
    keys.unshift(at.key)
  }
  return null
}

function linkOf(value: unknown): Link | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Linked)[up]
}
