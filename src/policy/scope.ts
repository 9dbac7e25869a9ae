import { basename } from 'node:path'
import { Absent, type Resource } from '../resource.ts'
import type { Tables } from '../vocabulary/load.ts'
import { linked } from './link.ts'
import { resourceInput } from './resource-input.ts'
import { resourcesByName, uniqueNames } from './resource-names.ts'
import { unknownPaths } from './unknown-paths.ts'
import type { Note } from './values.ts'

/** What one run of the policies judges: a root module or an account. */
export interface Scope {
  /** Relative to the top of the git tree, or the account's id. */
  readonly name: string
  /** Indexes into all resources. */
  readonly members: readonly number[]
  readonly resources: readonly Resource[]
  /** The root module or account itself: what is unknown of it belongs to no resource. */
  readonly self: Resource
  /** Built as far as the policies read it. */
  readonly input: object
  /** As policies call it, below its type. */
  readonly nameOf: (resource: Resource) => string
  /** Whose name in the input, among those of a type, this is; all that are called so where no type is given. */
  readonly named: (name: string) => readonly Resource[]
  /** Who hears of what is read. */
  listener: Listener
}

export interface Listener {
  /** A rule looks at a resource. */
  readonly look: (resource: Resource) => void
  /** A rule reads what is not known. */
  readonly touch: (note: Note) => void
}

export interface ScopeOptions {
  readonly tables: Tables
  readonly accountTags: Readonly<Record<string, string>>
  /** Types that rules name, present or not. */
  readonly types?: ReadonlySet<string>
  /** Why resources of a type may be there that nobody could list. */
  readonly unlisted?: Unlisted | undefined
}

export type Unlisted = (type: string, account: string | null) => readonly Absent[]

const deaf: Listener = { look: () => {}, touch: () => {} }

/** The scopes that resources make, in the order in which they first appear. */
export function scopesOf(resources: readonly Resource[], options: ScopeOptions): readonly Scope[] {
  const groups = new Map<string, number[]>()
  for (const [index, { account, origin }] of resources.entries()) {
    const key = origin.root === null ? `account ${account ?? ''}` : `root ${origin.root}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [index])
    else group.push(index)
  }
  return [...groups.values()].map(members => newScope(members, resources, options))
}

function newScope(
  members: readonly number[],
  all: readonly Resource[],
  { tables, accountTags, types = new Set(), unlisted }: ScopeOptions,
): Scope {
  const resources = members.flatMap(index => all[index] ?? [])
  const self = selfOf(resources)
  const byType = new Map<string, Resource[]>()
  for (const type of types) byType.set(type, [])
  for (const resource of resources) {
    if (isStandIn(resource)) continue
    const group = byType.get(resource.type)
    if (group === undefined) byType.set(resource.type, [resource])
    else group.push(resource)
  }
  const kept = recent<Resource, object>()
  const valuesOf = (resource: Resource): object => {
    scope.listener.look(resource)
    const known = kept.get(resource)
    if (known !== undefined) return known
    const made = resourceInput(tables, resource, note => scope.listener.touch(note))
    kept.set(resource, made)
    return made
  }
  /** To ask what is not known is not to read it. */
  const unknownIn = (resource: Resource): readonly string[] => {
    const { listener } = scope
    scope.listener = { ...listener, touch: () => {} }
    const paths = unknownPaths(valuesOf(resource))
    scope.listener = listener
    return paths
  }
  const names = new Map<string, ReadonlyMap<Resource, string>>()
  const namesIn = (type: string): ReadonlyMap<Resource, string> => {
    const known = names.get(type) ?? uniqueNames(byType.get(type) ?? [])
    names.set(type, known)
    return known
  }
  const nameOf = (resource: Resource): string => namesIn(resource.type).get(resource) ?? resource.id
  let calledSo: ReadonlyMap<string, readonly Resource[]> | undefined
  const gapsIn = gapsOf(resources, self, unlisted)
  const scope: Scope = {
    name: resources[0]?.origin.root ?? resources[0]?.account ?? '',
    members,
    resources,
    self,
    input: inputOf({
      byType,
      resources: resources.filter(resource => !isStandIn(resource)),
      namesIn,
      valuesOf,
      unknownIn,
      accountTags,
      gapsIn,
      touch: note => scope.listener.touch(note),
    }),
    nameOf,
    named(name) {
      calledSo ??= resourcesByName(resources, nameOf)
      return calledSo.get(name) ?? []
    },
    listener: deaf,
  }
  return scope
}

interface Parts {
  readonly byType: ReadonlyMap<string, readonly Resource[]>
  readonly resources: readonly Resource[]
  readonly namesIn: (type: string) => ReadonlyMap<Resource, string>
  readonly valuesOf: (resource: Resource) => object
  readonly unknownIn: (resource: Resource) => readonly string[]
  readonly accountTags: Readonly<Record<string, string>>
  /** What may be there of a type, or of any, and is not listed. */
  readonly gapsIn: (type: string | null) => readonly Note[]
  readonly touch: (note: Note) => void
}

function inputOf(parts: Parts): object {
  const { byType, resources, namesIn, valuesOf, unknownIn, accountTags, gapsIn, touch } = parts
  /** Whoever reads a list that may lack something hears of it. */
  const telling = (type: string | null, make: () => object | undefined): (() => unknown) => {
    const made = once(make)
    const notes = gapsIn(type)
    return notes.length === 0
      ? made
      : () => {
          for (const note of notes) touch(note)
          return made()
        }
  }
  const present = [...byType.keys()].filter(
    type => (byType.get(type)?.length ?? 0) > 0 || gapsIn(type).length > 0,
  )
  return lazy([
    ['resource', once(() => lazy(present.map(type => [type, telling(type, () => typeOf(type))])))],
    ['account_tags', () => accountTags],
    [
      'resources',
      telling(null, () => resources.map(resource => element(resource, valuesOf, unknownIn))),
    ],
  ])

  function typeOf(type: string): object | undefined {
    if (byType.get(type)?.length === 0) return undefined
    return lazy([...namesIn(type)].map(([resource, name]) => [name, () => valuesOf(resource)]))
  }
}

/** What could not be listed: where a list was denied a shell stands in its place. */
function gapsOf(
  resources: readonly Resource[],
  self: Resource,
  unlisted: Unlisted | undefined,
): (type: string | null) => readonly Note[] {
  const standIns = resources.filter(isStandIn).flatMap(resource => {
    const absent = Object.values(resource.attributes).find(isAbsent)
    return absent === undefined ? [] : [{ resource, path: [], absent }]
  })
  return type => {
    if (type === null) return standIns
    const own = standIns.filter(({ resource }) => resource.type === type)
    if (own.length > 0) return own
    const absent = unlisted?.(type, self.account) ?? []
    return absent.map(each => ({ resource: self, path: [], absent: each }))
  }
}

/** A shell that nothing fills. */
export function isStandIn({ shell, parts }: Resource): boolean {
  return shell === true && parts === undefined
}

function isAbsent(value: unknown): value is Absent {
  return value instanceof Absent
}

/** What a scope is as a resource. */
function selfOf(resources: readonly Resource[]): Resource {
  const account = resources.find(({ type }) => type === 'aws_account')
  if (account !== undefined && !isStandIn(account)) return account
  const [first] = resources
  const root = first?.origin.root ?? null
  const id = root ?? first?.account ?? ''
  const shown = id === '' ? '.' : id
  return {
    type: root === null ? 'account' : 'root_module',
    id: shown,
    name: root === null || shown === '.' ? shown : basename(shown),
    account: first?.account ?? null,
    region: null,
    attributes: {},
    origin: { source: first?.origin.source ?? 'terraform', address: null, span: null, root },
    partial: false,
  }
}

/** A member of `input.resources`: its head is there at once, its values when they are read. */
function element(
  resource: Resource,
  valuesOf: Parts['valuesOf'],
  unknownIn: Parts['unknownIn'],
): object {
  const { id, type, name, account, region, origin } = resource
  const spot = { resource, path: [], form: 'normal' } as const
  const head = {
    id,
    type,
    name,
    ...(account === null ? {} : { account }),
    ...(region === null ? {} : { region }),
    ...(origin.address === null ? {} : { address: origin.address }),
    ...(origin.span === null ? {} : { file: origin.span.file, line: origin.span.startLine }),
    get unknown() {
      return unknownIn(resource)
    },
    get values() {
      return valuesOf(resource)
    },
  }
  return linked(head, { parent: null, key: '', owner: resource, spot })
}

function lazy(members: readonly (readonly [string, () => unknown])[]): object {
  const object = {}
  for (const [name, get] of members)
    Object.defineProperty(object, name, { get, enumerable: true, configurable: true })
  return object
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Keeps what was asked for lately, and nothing for long: a large account is never held twice. */
function recent<K, V>(limit = 10_000) {
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  const set = (key: K, value: V): void => {
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  return {
    set,
    get(key: K): V | undefined {
      const known = young.get(key)
      if (known !== undefined) return known
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
  }
}
