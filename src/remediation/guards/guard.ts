import type { Action, Tags, Target } from '../action.ts'
import type { Cloud } from '../aws/cloud.ts'
import type { Brief } from '../brief.ts'
import type { Json } from '../json.ts'
import type { Past } from '../record/job.ts'
import type { Settings } from '../settings.ts'

/** What stands before a change. */
export interface Case {
  readonly finding: Brief
  readonly action: Action
  readonly target: Target
  readonly state: Json
  readonly past: Past
  readonly settings: Settings
  readonly cloud: Cloud
  readonly now: Date
  /** The resource's tags, read once; null where the action's target can have none. */
  readonly tags: () => Promise<Tags | null>
  readonly freeze: () => Promise<boolean>
  readonly counts: Counts
}

/** How many there are of a kind, by its name: counted again after a while only, since a flood of events would ask a flood of times. */
export type Counts = Map<string, { readonly at: number; readonly count: Promise<number> }>

/**
 * Held: it waits for a person, who may let it run, unless `firm`. Refused: it is not to be done at all.
 */
export type Ruling =
  | { readonly held: string; readonly firm?: boolean }
  | { readonly refused: string }

export interface Guard {
  /** What it decides, for the message when it cannot. */
  readonly whether: string
  /** Whether nobody may run the change while this cannot be decided. */
  readonly firm?: true
  readonly rule: (on: Case) => Promise<readonly Ruling[]> | readonly Ruling[]
}

/** Asks every guard, so that the message tells all there is; one that fails holds. */
export async function ask(guards: readonly Guard[], on: Case): Promise<readonly Ruling[]> {
  const rulings = await Promise.all(guards.map(guard => decided(guard, on)))
  return rulings.flat()
}

async function decided(guard: Guard, on: Case): Promise<readonly Ruling[]> {
  try {
    return await guard.rule(on)
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return [{ held: `cannot tell whether ${guard.whether}: ${why}`, firm: guard.firm ?? false }]
  }
}
