import type { Path, Resource } from '../resource.ts'
import { type Hole, pathOf } from './explore.ts'
import { code, type Judging, judgeSlot, type Slot, type Verdicts } from './verdicts.ts'

/** Something that a check read and that no call has collected yet. */
export interface MissingRead {
  readonly resource: Resource
  readonly path: Path
}

export type Fetch = (missing: readonly MissingRead[]) => Promise<readonly Resource[]>

/** Gathers what judgements wait for, a round at a time. */
export interface Collecting {
  readonly note: (slot: Slot, holes: readonly Hole[]) => void
  /** The resource as it was collected last. */
  readonly latest: (resource: Resource) => Resource
  /** The resource as the scan began with it, which other indexes know. */
  readonly original: (resource: Resource) => Resource
  /** Fetches and judges again until nothing waits. */
  readonly finish: (verdicts: Verdicts, judging: Judging) => Promise<void>
}

export function collecting(fetch: Fetch | undefined): Collecting {
  const asked = new Set<string>()
  const newest = new Map<string, Resource>()
  const originals = new Map<Resource, Resource>()
  let missing = new Map<string, MissingRead>()
  let waiting = new Map<string, Slot>()

  function note(slot: Slot, holes: readonly Hole[]): void {
    if (!fetch) return
    for (const { resource, place, absent } of holes) {
      if (absent.kind !== 'pending') continue
      const path = pathOf(place)
      const key = JSON.stringify([identity(resource), path])
      // Asked for and still pending: it will not come, so the verdict stays unknown.
      if (asked.has(key)) continue
      missing.set(key, { resource, path })
      waiting.set(`${slot.resource} ${slot.judge}`, slot)
    }
  }

  async function finish(verdicts: Verdicts, judging: Judging): Promise<void> {
    while (fetch && missing.size > 0 && !judging.signal?.aborted) {
      const round = { missing: [...missing.values()], slots: [...waiting.values()] }
      for (const key of missing.keys()) asked.add(key)
      missing = new Map()
      waiting = new Map()
      replace(verdicts, await fetch(round.missing))
      for (const slot of round.slots)
        if (!verdicts.resources[slot.resource]?.gone) judgeSlot(verdicts, slot, judging)
    }
  }

  function replace(verdicts: Verdicts, collected: readonly Resource[]): void {
    const fresh = new Map(collected.map(resource => [identity(resource), resource]))
    for (const [at, old] of verdicts.resources.entries()) {
      const now = fresh.get(identity(old))
      if (!now || now === old) continue
      verdicts.resources[at] = now
      originals.set(now, originals.get(old) ?? old)
      if (now.gone) dismiss(verdicts, at)
    }
    for (const [key, resource] of fresh) newest.set(key, resource)
  }

  return {
    note,
    latest: resource => (newest.size > 0 ? (newest.get(identity(resource)) ?? resource) : resource),
    original: resource => originals.get(resource) ?? resource,
    finish,
  }
}

/** What is gone has no verdict, what was decided of it included. */
function dismiss({ codes, starts }: Verdicts, resource: number): void {
  codes.fill(code['NOT APPLICABLE'], starts[resource], starts[resource + 1])
}

function identity({ type, account, region, id }: Resource): string {
  return JSON.stringify([type, account, region, id])
}
