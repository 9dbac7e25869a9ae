import { setImmediate } from 'node:timers/promises'
import type { Status } from '../finding.ts'
import type { Resource } from '../resource.ts'
import type { Hole } from './explore.ts'
import type { Answer, Judge } from './judge.ts'

/** A verdict as a byte; 0 is not judged. */
export const code = { PASS: 1, FAIL: 2, UNKNOWN: 3, 'NOT APPLICABLE': 4, BUG: 5 } as const

/** What a byte means to a reader; null where there is nothing to report. */
export function statusOf(verdict: number | undefined): Status | null {
  if (verdict === code.PASS) return 'PASS'
  if (verdict === code.FAIL) return 'FAIL'
  return verdict === code.UNKNOWN || verdict === code.BUG ? 'UNKNOWN' : null
}

/** All verdicts, a byte each: those of resource `r` begin at `starts[r]`, one for each of `judges[r]`. */
export interface Verdicts {
  /** A resource is replaced when more of it was collected. */
  readonly resources: Resource[]
  readonly judges: readonly (readonly Judge[])[]
  readonly starts: Uint32Array
  readonly codes: Uint8Array
}

/** A check that threw: a bug in it, never a verdict. */
export interface Bug {
  readonly checkId: string
  readonly resourceId: string
  readonly error: unknown
}

/** Which verdict: resource and check by their indexes. */
export interface Slot {
  readonly resource: number
  readonly judge: number
}

export interface Judging {
  readonly bugs: Map<string, Bug>
  /** Is told what a judgement would need. */
  readonly undecided: (slot: Slot, holes: readonly Hole[]) => void
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

export function newVerdicts(resources: readonly Resource[], judges: readonly Judge[]): Verdicts {
  const bySide = new Map<string, readonly Judge[]>()
  const perResource = resources.map(({ type, origin }) => {
    const side = isLive(origin.source) ? 'live' : 'code'
    const key = `${side} ${type}`
    let list = bySide.get(key)
    if (!list) {
      list = judges.filter(
        ({ check }) => (check.on ?? side) === side && check.types.some(each => each === type),
      )
      bySide.set(key, list)
    }
    return list
  })
  const starts = new Uint32Array(resources.length + 1)
  for (const [at, list] of perResource.entries()) starts[at + 1] = (starts[at] ?? 0) + list.length
  const codes = new Uint8Array(starts[resources.length] ?? 0)
  return { resources: [...resources], judges: perResource, starts, codes }
}

/** Judges everything; where it is interrupted, the rest stays unjudged. */
export async function judgeAll(verdicts: Verdicts, judging: Judging): Promise<void> {
  const total = verdicts.codes.length
  let next = 0
  for (let resource = 0; resource < verdicts.resources.length; resource++) {
    const start = verdicts.starts[resource] ?? 0
    if (start >= next) {
      next = start + chunk
      judging.onProgress?.(start, total)
      await setImmediate()
      if (judging.signal?.aborted) return
    }
    const count = verdicts.judges[resource]?.length ?? 0
    for (let judge = 0; judge < count; judge++) judgeSlot(verdicts, { resource, judge }, judging)
  }
  judging.onProgress?.(total, total)
}

/** After so many verdicts, progress is told and signals are heard. */
const chunk = 50_000

export function judgeSlot(verdicts: Verdicts, slot: Slot, judging: Judging): void {
  const resource = verdicts.resources[slot.resource]
  const judge = verdicts.judges[slot.resource]?.[slot.judge]
  if (!resource || !judge) return
  const at = (verdicts.starts[slot.resource] ?? 0) + slot.judge
  try {
    verdicts.codes[at] = code[judgeOne(judge, resource, slot, judging) ?? 'UNKNOWN']
  } catch (error) {
    verdicts.codes[at] = code.BUG
    const { id } = judge.check
    if (!judging.bugs.has(id)) judging.bugs.set(id, { checkId: id, resourceId: resource.id, error })
  }
}

function judgeOne(judge: Judge, resource: Resource, slot: Slot, judging: Judging): Answer | null {
  const plain = resource.partial ? null : judge.plain(resource)
  if (plain !== null) return plain
  const { outcome, readsPieces } = judge.traced(resource)
  // Of a resource that is not in the scan, only what its pieces say is anybody's business here; a list that a live
  // scan did not get has no pieces, and is everybody's.
  if (resource.shell && resource.parts !== undefined && !readsPieces) return 'NOT APPLICABLE'
  if (outcome.decided) return outcome.value
  judging.undecided(slot, outcome.holes)
  return null
}

function isLive(source: Resource['origin']['source']): boolean {
  return source === 'aws' || source === 'azure' || source === 'gcp'
}
