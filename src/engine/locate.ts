import { Absent, type Path, type Plain, type Resource, type Span } from '../resource.ts'

/** Where a path of a resource was written: in itself, or in the split piece that the fold took it from. */
export interface Written {
  readonly resource: Resource
  readonly path: Path
}

export function writtenAt(resource: Resource, path: Path): Written {
  let at: Written = { resource, path }
  for (let depth = 0; depth < maxDepth; depth++) {
    const { parts = [] } = at.resource
    const { path: here } = at
    const part = parts
      .filter(each => isPrefix(each.at, here))
      .reduce<(typeof parts)[number] | null>(
        (best, each) => (best && best.at.length > each.at.length ? best : each),
        null,
      )
    if (!part) return at
    at = { resource: part.of, path: [...part.path, ...here.slice(part.at.length)] }
  }
  return at
}

/** A piece of a piece is folded twice at most; a circle ends here. */
const maxDepth = 4

/** The attribute, else the block around it, else the header of the whole. */
export function spanOf({ resource: { origin }, path }: Written): Span | null {
  return origin.locate?.(path) ?? origin.span
}

export function valueAt(resource: Resource, path: Path): Plain {
  let value: Plain = resource.attributes
  for (const key of path) {
    if (value instanceof Absent) value = value.as
    if (typeof value !== 'object' || value === null || value instanceof Absent) return undefined
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
  }
  return value
}

/** `ingress[0].cidr_blocks[1]`, `tags["a b"]`. */
export function formatPath(path: Path): string {
  return path.map(formatKey).join('').replace(/^\./, '')
}

function formatKey(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

export function isPrefix(prefix: Path, path: Path): boolean {
  return prefix.length <= path.length && prefix.every((key, at) => key === path[at])
}
