import type { Resource } from '../resource.ts'
import type { TypeTable } from '../vocabulary/load.ts'

/** Where names of the type are unique: a root module, an account, or a region of it. */
export function scopeOf(
  table: TypeTable | undefined,
  { account, region, origin }: Resource,
): string {
  if (origin.root !== null) return key('', origin.root)
  return key(account ?? '', table?.statement.global ? '' : (region ?? ''))
}

/** One text for several, with no two alike, whatever characters they hold. */
export function key(...parts: readonly string[]): string {
  return parts.map(part => `${part.length}:${part}`).join('')
}

export function push<K, V>(groups: Map<K, V[]>, name: K, value: V): void {
  const group = groups.get(name)
  if (group === undefined) groups.set(name, [value])
  else group.push(value)
}

/** Addresses are unique within a root module; ids of live resources everywhere. */
export function byRoot(resources: readonly Resource[]): ReadonlyMap<string | null, Resource[]> {
  const groups = new Map<string | null, Resource[]>()
  for (const resource of resources) push(groups, resource.origin.root, resource)
  return groups
}
