import type { Action, Target } from './action.ts'
import type { Brief } from './brief.ts'
import type { Outcome } from './outcome.ts'
import type { Job } from './record/job.ts'

/** One event on its way to its outcome. */
export interface Run {
  readonly job: string
  /** The event's id; null where there is none. */
  readonly event: string | null
  readonly finding: Brief
  readonly action: Action
  readonly target: Target
  /** What the record knows of the job: an earlier attempt. */
  readonly known: Job | null
  /** Who approved which plan. */
  readonly approval: { readonly by: string; readonly hash: string } | null
}

export interface Result {
  readonly job: string
  readonly outcome: Outcome
  readonly why: readonly string[]
  /** The same event ended before: nothing was done now. */
  readonly isRepeat: boolean
}

export function resultOf(job: Job): Result {
  return { job: job.id, outcome: job.outcome ?? 'QUEUED', why: job.why, isRepeat: true }
}

/** One action on one thing that it changes: what a lock holds and a past belongs to. */
export function keyOf({ id, scope }: Action, { arn, account, region }: Target): string {
  if (scope === 'resource') return `${id} ${arn}`
  return scope === 'region' ? `${id} ${account} ${region}` : `${id} ${account}`
}
