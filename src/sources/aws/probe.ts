import { type Failure, failureOf } from '../../clouds/aws/failure.ts'
import { each } from '../../clouds/pool.ts'
import type { Account } from './account.ts'
import { namedIn } from './gaps.ts'
import { detailsFor, type Needs } from './permissions.ts'
import type { Found, Place, Row } from './row.ts'
import { rowOf } from './rows.ts'

export interface Probe {
  readonly permission: string
  /** `untried`: there was nothing to try it on. */
  readonly outcome: 'allowed' | 'denied' | 'failed' | 'untried'
  /** AWS's words, where it did not answer. */
  readonly reason: string
}

/** Tries each permission once: the first page of every list, and every detail on the first that it lists. */
export async function probe(
  account: Account,
  region: string,
  needs: Needs,
): Promise<readonly Probe[]> {
  const found = new Map<string, Probe>()
  const note = (permissions: readonly string[], outcome: Probe['outcome'], failure?: Failure) => {
    for (const permission of permissions) {
      const before = found.get(permission)
      if (before && rank.indexOf(before.outcome) <= rank.indexOf(outcome)) continue
      found.set(permission, { permission, outcome, reason: failure ? reasonOf(failure) : '' })
    }
  }
  const rows = (await Promise.all([...needs.keys()].map(rowOf))).filter(row => row !== null)
  await each(rows, 16, async row => {
    const at = account.place(row.scope === 'region' ? region : account.home)
    const details = detailsFor(row, needs.get(row.type) ?? new Set())
    const first = await firstOf(row, at, note)
    for (const number of details) {
      const permissions = row.details[number]?.permissions ?? []
      if (first === undefined) note(permissions, 'untried')
      else await tell(permissions, () => first.more(number), note)
    }
  })
  return [...found.values()].sort((a, b) => (a.permission < b.permission ? -1 : 1))
}

/** What failed once fails, whatever else came of it. */
const rank = ['denied', 'failed', 'allowed', 'untried'] as const

type Note = (permissions: readonly string[], outcome: Probe['outcome'], failure?: Failure) => void

async function firstOf(row: Row, at: Place, note: Note): Promise<Found | undefined> {
  return tell(
    row.permissions,
    async () => {
      for await (const [first] of row.list(at)) return first
      return undefined
    },
    note,
  )
}

async function tell<T>(
  permissions: readonly string[],
  read: () => Promise<T>,
  note: Note,
): Promise<T | undefined> {
  try {
    const answer = await read()
    note(permissions, 'allowed')
    return answer
  } catch (error) {
    const failure = failureOf(error)
    // Gone since it was listed: the answer was not refused.
    if (failure.kind === 'gone') note(permissions, 'allowed')
    else
      note(namedIn(failure, permissions), failure.kind === 'denied' ? 'denied' : 'failed', failure)
    return undefined
  }
}

function reasonOf({ code, message }: Failure): string {
  return `${code}: ${message}`
}
