import { Absent, type Resource } from '../resource.ts'
import { namesOf } from '../vocabulary/knowledge.ts'
import type { Tables } from '../vocabulary/load.ts'
import { isList } from '../vocabulary/plain.ts'
import { byRoot, key, push, scopeOf } from './grouped.ts'
import type { Related, Which } from './judge.ts'
import { identitiesOf, isUnique, type Mention, means, mentionsOf } from './mentions.ts'

/**
 * Answers which resources of a type refer to a resource, and to which it refers: by reference, and by equal names and
 * ids; with `all` every one of the same root module (live: of the account and region, or of the account where the
 * resource is of no region). Indexes are built when somebody asks.
 */
export function relate(tables: Tables, resources: readonly Resource[]): Related {
  const roots = new Map(
    [...byRoot(resources)].map(([root, group]) => [root, relateIn(tables, group)]),
  )
  return (resource, type, which) => roots.get(resource.origin.root)?.(resource, type, which) ?? []
}

function relateIn(tables: Tables, resources: readonly Resource[]): Related {
  const byType = new Map<string, Resource[]>()
  for (const resource of resources) push(byType, resource.type, resource)
  const indexes = new Map<string, TypeIndex>()
  const indexOf = (type: string): TypeIndex => {
    const index = indexes.get(type) ?? typeIndex(tables, byType.get(type) ?? [])
    indexes.set(type, index)
    return index
  }

  /** Many checks ask the same. */
  const asked = new WeakMap<Resource, Map<string, readonly (Resource | Absent)[]>>()
  return (resource, type, which = 'linked') => {
    const answers = asked.get(resource) ?? new Map<string, readonly (Resource | Absent)[]>()
    asked.set(resource, answers)
    const question = `${type} ${which}`
    const answer = answers.get(question) ?? answerOf(resource, type, which)
    answers.set(question, answer)
    return answer
  }

  function answerOf(
    resource: Resource,
    type: string,
    which: Which,
  ): readonly (Resource | Absent)[] {
    const index = indexOf(type)
    if (which === 'all') {
      const isOfAccount = resource.origin.root === null && resource.region === null
      return isOfAccount
        ? (index.byAccount().get(resource.account) ?? [])
        : (index.byScope().get(scopeOf(tables.types.get(type), resource)) ?? [])
    }
    const found = new Set<Resource | Absent>([
      ...(which === 'inward' ? [] : outward(tables, resource, type, index)),
      ...inward(tables, resource, index),
    ])
    found.delete(resource)
    return [...found]
  }
}

/** Resources of one type by what they are called, and by what they call others. */
interface TypeIndex {
  readonly byAccount: () => ReadonlyMap<string | null, readonly Resource[]>
  readonly byScope: () => ReadonlyMap<string, readonly Resource[]>
  readonly byId: () => ReadonlyMap<string, readonly Resource[]>
  readonly byName: () => ReadonlyMap<string, readonly Resource[]>
  readonly byReference: () => ReadonlyMap<string, readonly Resource[]>
  readonly byMention: () => ReadonlyMap<string, readonly (Mention & { readonly of: Resource })[]>
}

function typeIndex(tables: Tables, resources: readonly Resource[]): TypeIndex {
  return {
    byAccount: once(() => {
      const accounts = new Map<string | null, Resource[]>()
      for (const resource of resources) push(accounts, resource.account, resource)
      return accounts
    }),
    byScope: once(() =>
      grouped(resources, resource => [scopeOf(tables.types.get(resource.type), resource)]),
    ),
    byId: once(() => grouped(resources, ({ id }) => [id])),
    byName: once(() =>
      grouped(resources, resource =>
        identitiesOf(tables, resource).map(name => placed(tables, resource, resource.type, name)),
      ),
    ),
    byReference: once(() =>
      grouped(resources, ({ refs }) => [...new Set(Object.values(refs ?? {}).flat())]),
    ),
    byMention: once(() => {
      const index = new Map<string, (Mention & { readonly of: Resource })[]>()
      for (const of of resources)
        for (const mention of mentionsOf(tables, of))
          if (typeof mention.value === 'string') push(index, mention.value, { ...mention, of })
      return index
    }),
  }
}

/** The resources of the type that this one names. */
function outward(
  tables: Tables,
  resource: Resource,
  type: string,
  index: TypeIndex,
): readonly (Resource | Absent)[] {
  const found: (Resource | Absent)[] = []
  const linked = new Set<string>()
  for (const [name, ids] of Object.entries(resource.refs ?? {}))
    for (const target of ids.flatMap(id => index.byId().get(id) ?? [])) {
      found.push(target)
      linked.add(name)
    }
  const open: Absent[] = []
  for (const { attribute, top, value } of mentionsOf(tables, resource)) {
    const isMeant = means(attribute, type) && !isOwnName(tables, resource, type, attribute)
    if (value instanceof Absent) {
      if (
        isMeant &&
        !isFollowed(value, index, linked.has(top) && !isList(resource.attributes[top]))
      )
        open.push(value)
      continue
    }
    if (!isMeant && !isUnique(value)) continue
    const named = index.byName().get(placed(tables, resource, type, value)) ?? []
    for (const each of named) found.push(each)
    if (named.length > 0) linked.add(top)
    else if (isMeant && !linked.has(top))
      open.push(new Absent('unresolved', `the ${type} that ${attribute} names is not in the scan`))
  }
  return [...found, ...open]
}

/** Whether an unknown name's resource has been found, by what it comes from or by what stands beside it. */
function isFollowed(value: Absent, index: TypeIndex, isLinked: boolean): boolean {
  return value.from.length === 0 ? isLinked : value.from.some(id => index.byId().has(id))
}

/** A bucket's `bucket` names no other bucket. */
function isOwnName(tables: Tables, resource: Resource, type: string, attribute: string): boolean {
  const table = tables.types.get(type)
  return resource.type === type && table !== undefined && namesOf(table).includes(attribute)
}

/** The resources of the indexed type that name this one. */
function inward(tables: Tables, resource: Resource, index: TypeIndex): readonly Resource[] {
  const found = [...(index.byReference().get(resource.id) ?? [])]
  for (const name of identitiesOf(tables, resource)) {
    const here = placed(tables, resource, resource.type, name)
    for (const { of, attribute } of index.byMention().get(name) ?? [])
      if (
        (isUnique(name) || means(attribute, resource.type)) &&
        placed(tables, of, resource.type, name) === here
      )
        found.push(of)
  }
  return found
}

/** A name together with where it is unique, for the type that it names. */
function placed(tables: Tables, from: Resource, type: string, name: string): string {
  return key(isUnique(name) ? '' : scopeOf(tables.types.get(type), from), name)
}

function grouped(
  resources: readonly Resource[],
  namesOf: (resource: Resource) => readonly string[],
): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>()
  for (const resource of resources)
    for (const name of namesOf(resource)) push(groups, name, resource)
  return groups
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
