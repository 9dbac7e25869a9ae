import type { Action, Purpose, Target } from './action.ts'
import type { Cloud } from './aws/cloud.ts'
import type { Counts } from './guards/guard.ts'
import type { Json } from './json.ts'
import type { Job } from './record/job.ts'
import type { Notice, Store } from './record/store.ts'
import type { Registry } from './registry.ts'
import type { Settings } from './settings.ts'

/** All that a run reaches for: the Lambda, the terminal and the tests each bring their own. */
export interface Tools {
  readonly settings: Settings
  readonly registry: Registry
  readonly store: Store
  /** A cloud with the rights that the action needs on that target for that purpose, and no others. */
  readonly cloud: (target: Target, action: Action, purpose: Purpose) => Promise<Cloud>
  /** Whether all changes are stopped; what cannot be read counts as stopped. */
  readonly freeze: () => Promise<boolean>
  /** Kept from one run of a process to the next. */
  readonly counts: Counts
  /** Where people hear of it: `slack`, `ticket`. */
  readonly channels: readonly string[]
  /** Throws where the message did not get through: it is kept and sent again. */
  readonly notify: (notice: Notice, job: Job) => Promise<void>
  readonly now: () => Date
  /** Unguessable, 32 hexadecimal digits. */
  readonly random: () => string
  /** Milliseconds that this run may still take. */
  readonly remaining: () => number
  /** Between two looks at what is not ready yet. */
  readonly pauseMs: number
  readonly log: (line: Readonly<Record<string, Json>>) => void
}
