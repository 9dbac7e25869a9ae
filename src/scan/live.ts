import type { MissingRead } from '../engine/collect.ts'
import type { Related } from '../engine/judge.ts'
import { relate } from '../engine/relate.ts'
import type { CheckCard } from '../engine/select.ts'
import type { Gap } from '../errors.ts'
import { Absent, type Resource } from '../resource.ts'
import { type Account, type AwsTarget, openAccount } from '../sources/aws/account.ts'
import { type Collection, collection } from '../sources/aws/collect.ts'
import { collectedTypes, isCollected, liveTypeOf } from '../sources/aws/rows.ts'
import { knowledgeOf } from '../vocabulary/knowledge.ts'
import { loadVocabulary, parentsOf, type Tables } from '../vocabulary/load.ts'
import type { Input } from './input.ts'

interface Live {
  readonly aws: AwsTarget
  readonly checks: readonly CheckCard[]
  readonly progress: (phase: string, done: number, total: number) => void
  readonly signal: AbortSignal
}

/** Lists what the checks are about; the rest is asked while they are judged. */
export async function readAws({ aws, checks, progress, signal }: Live): Promise<Input> {
  progress('signing in', 0, 0)
  const { accounts, gaps } = await open(aws, signal)
  const tables = await loadVocabulary(collectedTypes)
  const { regions } = aws
  const live = collection({ accounts, tables, regions, signal, progress })
  const types = new Set(checks.flatMap(check => check.types))
  await live.list(types)
  const isWanted = ({ region, type }: Resource) =>
    types.has(type) && (region === null || regions.length === 0 || regions.includes(region))
  const resources = live.resources().filter(isWanted)
  return {
    resources,
    knows: knowledgeOf(tables),
    ...linking(live, tables),
    unlisted: (type, account) =>
      isCollected(type) && liveTypeOf(type) === type
        ? live.unlisted(type, account)
        : [uncollected(type)],
    targets: accounts.map(account => account.id),
    async tagged() {
      await live.fetch(resources.map(resource => ({ resource, path: ['tags_all'] })))
      return live.resources().filter(isWanted)
    },
    close: () => {
      for (const account of accounts) account.close()
    },
    loaded: () => ({
      resources: resources.filter(resource => !resource.shell),
      gaps: [...gaps, ...live.gaps()],
      warnings: unjudged(checks),
      comments: [],
      files: 0,
    }),
  }
}

async function open(
  aws: AwsTarget,
  signal: AbortSignal,
): Promise<{ accounts: readonly Account[]; gaps: readonly Gap[] }> {
  const roles = aws.roles.length > 0 ? aws.roles : [undefined]
  const opened = await Promise.all(roles.map(role => openAccount(aws, role, signal)))
  const accounts = opened.filter(each => 'place' in each)
  return {
    // Two roles of one account would tell everything twice.
    accounts: [...new Map(accounts.map(account => [account.id, account])).values()],
    gaps: opened.filter(each => 'subject' in each),
  }
}

/** Whoever asks for related resources of a type makes the scan list that type. */
function linking(live: Collection, tables: Tables): Required<Pick<Input, 'related' | 'fetch'>> {
  let links = relate(tables, live.resources())
  const related: Related = (resource, type, which) => {
    if (!isCollected(type)) return [uncollected(type)]
    if (!live.isListed(type)) return [new Absent('pending', type)]
    const holes = live.unlisted(type, resource.account)
    // Of a stand-in nothing is known, so neither is what belongs to it.
    if (resource.shell)
      return [...holes, ...Object.values(resource.attributes).filter(isAbsent).slice(0, 1)]
    // What it names may have been asked only since.
    const linked = links(live.latest(resource), type, which)
    const isOther = (each: Resource | Absent) => isAbsent(each) || each.id !== resource.id
    return [...(type === resource.type ? linked.filter(isOther) : linked), ...holes]
  }
  async function fetch(missing: readonly MissingRead[]): Promise<readonly Resource[]> {
    const types = missing.flatMap(({ path: [first], resource }) =>
      typeof first === 'string' && isCollected(first) && !(first in resource.attributes)
        ? [first]
        : [],
    )
    if (types.length > 0) {
      await live.list(types)
      links = relate(tables, live.resources())
    }
    return live.fetch(missing)
  }
  return { related, fetch }
}

function uncollected(type: string): Absent {
  const home = [liveTypeOf(type), ...parentsOf(type)].find(
    each => each !== type && isCollected(each),
  )
  const reason =
    home === undefined
      ? `live scans do not collect ${type}`
      : `live scans tell of ${type} as part of ${home}`
  return new Absent('unresolved', reason)
}

function isAbsent(value: unknown): value is Absent {
  return value instanceof Absent
}

function unjudged(checks: readonly CheckCard[]) {
  return checks
    .filter(({ types }) => types.length > 0 && !types.some(isCollected))
    .map(({ id, types }) => ({ message: `${id}: live scans do not collect ${types.join(', ')}` }))
}
