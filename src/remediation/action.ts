import type { Cloud } from './aws/cloud.ts'
import type { Brief } from './brief.ts'
import type { Call } from './call.ts'
import type { Json } from './json.ts'

/**
 * What a change may hit. B0: the future only, or something added. B1: closes an exposure that nobody should use. B2: may cut
 * a rightful client of one resource. B3: the whole account, an outage, a lock-out. B4: cannot be reversed.
 */
export const blasts = ['B0', 'B1', 'B2', 'B3', 'B4'] as const
export type Blast = (typeof blasts)[number]

/** `auto` may run unasked in a lower environment; `approve` waits for a person everywhere; `guide` is a person's work. */
export type Mode = 'auto' | 'approve' | 'guide'

/** What a run is for: it says what it may do. */
export type Purpose = 'look' | 'mend' | 'undo'

/** What is to be mended. */
export interface Target {
  readonly partition: string
  readonly account: string
  readonly region: string
  /** The finding's ResourceId: what locks, caps and the record speak of. */
  readonly arn: string
  /** The part of it that the API wants. */
  readonly name: string
}

/** A way to mend one mistake, and the way back. Every method reads; only the engine runs calls. */
export interface Action<State = Json> {
  readonly id: string
  readonly title: string
  /** Checks whose failing this mends, for certain. */
  readonly mends: readonly string[]
  /** Checks that it mends often, but whose failing may have another cause: a person decides. */
  readonly maybe?: readonly string[]
  readonly blast: Blast
  readonly mode: Mode
  /** Whether one resource, a region's setting or the account's. */
  readonly scope: 'resource' | 'region' | 'account'
  /** IAM actions, by what needs them. */
  readonly permissions: {
    readonly read: readonly string[]
    readonly write: readonly string[]
    readonly undo: readonly string[]
  }
  /** The resource ARNs of a session policy; default: the target's ARN. */
  readonly resources?: (target: Target) => readonly string[]
  /** Matches the ARNs that it takes; the group `name` is the target's name. Not for `account` and `region`. */
  readonly arn?: RegExp
  /** The state that is to change, whole; null: the resource is gone. */
  readonly read: (cloud: Cloud, target: Target, finding: Brief, now: Date) => Promise<State | null>
  readonly isGood: (state: State, target: Target) => boolean
  /** Reasons for which this one is not to be mended unasked. */
  readonly holds?: (
    cloud: Cloud,
    target: Target,
    state: State,
    now: Date,
  ) => Promise<readonly string[]>
  readonly mend: (state: State, target: Target, settings: ActionSettings) => readonly Call[]
  readonly undo: (before: State, now: State, target: Target) => readonly Call[]
  /** The state without what no undo can bring back (a rule's new id), for comparing. */
  readonly comparable?: (state: State) => Json
  /** Tags of the resource; left out where there is none that could have tags. */
  readonly tags?: (cloud: Cloud, target: Target) => Promise<Tags>
  /** How many of its kind there are, for the cap on their share; an action that always waits needs none. */
  readonly population?: (cloud: Cloud, target: Target) => Promise<number>
  /** What stays for a person after the mend, or null. */
  readonly remains?: (state: State, target: Target) => string | null
  /** How often the state is read back before the change counts as not made; AWS takes its time for some. */
  readonly patience?: number
}

export type Tags = Readonly<Record<string, string>>

/** What an installation says about where things go: `logBucket`, `flowLogs`. */
export type ActionSettings = Readonly<Record<string, string>>

/** The mend needs a setting that nobody made. */
export class Unset extends Error {
  override readonly name = 'Unset'
}

/** Forgets the state's type: the engine hands an action only states that it read itself, now or into the record. */
export function action<State>(spec: Action<State>): Action {
  return spec as unknown as Action
}
