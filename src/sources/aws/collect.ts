import { failureOf } from '../../clouds/aws/failure.ts'
import { each } from '../../clouds/pool.ts'
import type { MissingRead } from '../../engine/collect.ts'
import type { Gap } from '../../errors.ts'
import { Absent, type Attributes, type Plain, type Resource } from '../../resource.ts'
import { nameOf } from '../../vocabulary/knowledge.ts'
import type { Tables } from '../../vocabulary/load.ts'
import { normalise } from '../../vocabulary/normalise.ts'
import { hasAbsent } from '../../vocabulary/plain.ts'
import type { Account } from './account.ts'
import { newGaps } from './gaps.ts'
import { regionsOf } from './regions.ts'
import type { Found, Place, Row } from './row.ts'
import { rowOf } from './rows.ts'

export interface CollectOptions {
  readonly accounts: readonly Account[]
  readonly tables: Tables
  /** Empty: every region that an account has enabled. */
  readonly regions: readonly string[]
  readonly signal: AbortSignal
  readonly progress: (phase: string, done: number, total: number) => void
}

/** What a live scan knows so far, and how it comes to know more. */
export interface Collection {
  /** Lists these types, where that has not been done yet. */
  list(types: Iterable<string>): Promise<void>
  isListed(type: string): boolean
  /** As listed. */
  resources(): readonly Resource[]
  /** The resource with what has been asked of it since it was listed. */
  latest(resource: Resource): Resource
  /** Asks for what is pending; answers the resources anew. */
  fetch(missing: readonly MissingRead[]): Promise<readonly Resource[]>
  /** Why resources of the type may be missing from the list. */
  unlisted(type: string, account: string | null): readonly Absent[]
  gaps(): readonly Gap[]
}

interface Entry {
  resource: Resource
  readonly row: Row
  readonly found: Found
  readonly at: Place
}

export function collection(options: CollectOptions): Collection {
  const { accounts, tables, signal, progress } = options
  const entries = new Map<string, Entry>()
  const listed = new Set<string>()
  const holes: { type: string; account: string; absent: Absent; resource: Resource }[] = []
  const gaps = newGaps()
  const regions = new Map<Account, Promise<readonly string[]>>()

  async function regionsIn(account: Account): Promise<readonly string[]> {
    const known = regions.get(account)
    if (known) return known
    const asking = regionsOf(account, options.regions).then(found => {
      found.gaps.forEach(gaps.add)
      return found.regions
    })
    regions.set(account, asking)
    return asking
  }

  async function placesOf(row: Row, account: Account): Promise<readonly Place[]> {
    if (row.scope === 'account') return [account.place(account.home)]
    return (await regionsIn(account)).map(account.place)
  }

  async function list(types: Iterable<string>): Promise<void> {
    const fresh = [...new Set(types)].filter(type => !listed.has(type))
    for (const type of fresh) listed.add(type)
    const rows = (await Promise.all(fresh.map(rowOf))).filter(row => row !== null)
    const pairs = rows.flatMap(row => accounts.map(account => ({ row, account })))
    const units = (
      await Promise.all(
        pairs.map(async ({ row, account }) =>
          (await placesOf(row, account)).map(at => ({ row, at })),
        ),
      )
    ).flat()
    let done = 0
    await each(units, parallelLists, async ({ row, at }) => {
      if (signal.aborted) return
      progress(`listing ${row.service} in ${at.region}`, done, units.length)
      await listOne(row, at)
      done++
    })
  }

  async function listOne(row: Row, at: Place): Promise<void> {
    try {
      for await (const page of row.list(at)) for (const found of page) add(row, found, at)
    } catch (error) {
      const { type, permissions } = row
      const absent = gaps.note(failureOf(error), { ...at, permissions, of: type })
      holes.push({ type, account: at.account, absent, resource: standIn(row, at, absent) })
    }
  }

  function add(row: Row, found: Found, at: Place): void {
    const key = keyOf(row.type, at.account, found.id)
    // The same item on two pages is one resource.
    if (entries.has(key)) return
    const pending = row.details.flatMap(({ permissions, attributes }) => {
      const absent = new Absent('pending', permissions.join(', '))
      return attributes.map(name => [name, absent] as const)
    })
    const given = { ...Object.fromEntries(pending), ...found.attributes }
    const { attributes, partial } = normalise(tables, row.type, given, 'live')
    const resource: Resource = {
      type: row.type,
      id: found.id,
      name: nameOf(tables, row.type, attributes, { tags: true }) ?? found.id,
      account: at.account,
      region: found.region,
      attributes,
      origin: live,
      partial,
    }
    entries.set(key, { resource, row, found, at })
  }

  /** Stands for what a list did not answer, so that its checks are unknown and not silent. */
  function standIn(row: Row, at: Place, absent: Absent): Resource {
    const { attributes } = normalise(tables, row.type, {}, 'live')
    const region = row.scope === 'region' ? at.region : null
    const where = region === null ? `account ${at.account}` : `${region} of account ${at.account}`
    return {
      type: row.type,
      id: `${row.type} in ${where}`,
      name: `in ${where}`,
      account: at.account,
      region,
      attributes: Object.fromEntries(Object.keys(attributes).map(name => [name, absent])),
      origin: live,
      partial: true,
      shell: true,
    }
  }

  async function fetch(missing: readonly MissingRead[]): Promise<readonly Resource[]> {
    const wanted = new Map<Entry, Set<number>>()
    for (const { resource, path } of missing) {
      const entry = entries.get(keyOf(resource.type, resource.account, resource.id))
      const detail = entry?.row.details.findIndex(({ attributes }) =>
        attributes.some(name => name === path[0]),
      )
      if (entry === undefined || detail === undefined || detail < 0) continue
      const details = wanted.get(entry) ?? new Set()
      wanted.set(entry, details.add(detail))
    }
    const reads = [...wanted].flatMap(([entry, details]) =>
      [...details].map(detail => ({ entry, detail })),
    )
    let done = 0
    await each(reads, parallelReads, async ({ entry, detail }) => {
      if (signal.aborted) return
      progress(
        `reading ${entry.row.service} in ${entry.found.region ?? entry.at.region}`,
        done,
        reads.length,
      )
      await readOne(entry, detail)
      done++
    })
    return [...wanted.keys()].map(entry => entry.resource)
  }

  async function readOne(entry: Entry, number: number): Promise<void> {
    const { row, found, at } = entry
    const { permissions = [], attributes: names = [] } = row.details[number] ?? {}
    try {
      const more = await found.more(number)
      if (more === null) entry.resource = { ...entry.resource, gone: true }
      else learn(entry, more)
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind === 'gone') {
        // Deleted since it was listed.
        entry.resource = { ...entry.resource, gone: true }
        return
      }
      const where = {
        account: at.account,
        region: found.region ?? at.region,
        permissions,
        of: found.id,
      }
      const absent = gaps.note(failure, where)
      learn(entry, Object.fromEntries(names.map(name => [name, absent])))
    }
  }

  function learn(entry: Entry, more: Attributes): void {
    const { resource } = entry
    const { attributes } = normalise(tables, resource.type, more, 'live')
    const learnt: { [name: string]: Plain } = { ...resource.attributes }
    for (const name of Object.keys(more)) learnt[name] = attributes[name]
    const name = nameOf(tables, resource.type, learnt, { tags: true }) ?? resource.name
    entry.resource = { ...resource, name, attributes: learnt, partial: hasAbsent(learnt) }
  }

  return {
    list,
    isListed: type => listed.has(type),
    resources: () => [
      ...[...entries.values()].map(entry => entry.resource),
      ...holes.map(hole => hole.resource),
    ],
    latest: resource =>
      entries.get(keyOf(resource.type, resource.account, resource.id))?.resource ?? resource,
    fetch,
    unlisted: (type, account) =>
      holes
        .filter(hole => hole.type === type && hole.account === account)
        .map(({ absent }) => absent),
    gaps: gaps.list,
  }
}

/** Not every id names its account. */
function keyOf(type: string, account: string | null, id: string): string {
  return `${type} ${account} ${id}`
}

const live = { source: 'aws', address: null, span: null, root: null } as const
const parallelLists = 64
const parallelReads = 200
