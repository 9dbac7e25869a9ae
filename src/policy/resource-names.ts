import type { Resource } from '../resource.ts'

/**
 * The local name (code) or the resource's name (live) where no other of the type has it, else the address or id: nothing
 * overwrites another.
 */
export function uniqueNames(resources: readonly Resource[]): ReadonlyMap<Resource, string> {
  const counts = new Map<string, number>()
  for (const resource of resources) {
    const name = shortName(resource)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const taken = new Map<string, number>()
  const names = new Map<Resource, string>()
  for (const resource of resources) {
    const short = shortName(resource)
    const isFree = counts.get(short) === 1 && !taken.has(short)
    const name = isFree ? short : free(resource.origin.address ?? resource.id, resource, taken)
    taken.set(name, 1)
    names.set(resource, name)
  }
  return names
}

/** The same id may exist once a region, and a piece may stand for two parents. */
function free(name: string, { region }: Resource, taken: Map<string, number>): string {
  const regional = region === null ? name : `${name} in ${region}`
  for (const each of [name, regional]) if (!taken.has(each)) return each
  for (let n = (taken.get(name) ?? 1) + 1; ; n++)
    if (!taken.has(`${name} #${n}`)) {
      taken.set(name, n)
      return `${name} #${n}`
    }
}

function shortName({ name, origin }: Resource): string {
  if (origin.address === null) return name
  return localName(origin.address)
}

/** `module.a["x.y"].aws_s3_bucket.logs[0]` → `logs`; a logical id is itself. */
function localName(address: string): string {
  const [, name] = /([^.[\]"]+)(?:\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\])?$/.exec(address) ?? []
  return name ?? address
}

export function resourcesByName(
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, Resource[]>()
  for (const resource of resources)
    for (const name of new Set([nameOf(resource), resource.name, resource.id])) {
      const group = found.get(name)
      if (group === undefined) found.set(name, [resource])
      else group.push(resource)
    }
  return found
}
