/** How every event ends: exactly one of these, in the record. */
export const outcomes = ['FIXED', 'ALREADY_OK', 'QUEUED', 'REFUSED', 'PARTIAL', 'FAILED'] as const
export type Outcome = (typeof outcomes)[number]

/** These are thrown again after they were recorded, so that the event reaches a dead-letter queue. */
export class Unmended extends Error {
  override readonly name = 'Unmended'
  readonly outcome: 'PARTIAL' | 'FAILED'
  readonly job: string
  constructor(outcome: 'PARTIAL' | 'FAILED', job: string, why: string, cause: unknown) {
    super(`${outcome}: ${why}`, { cause })
    this.outcome = outcome
    this.job = job
  }
}

/** Another run holds the resource; the event comes again and then finds an end. Nothing was done or recorded. */
export class Busy extends Error {
  override readonly name = 'Busy'
}

/** Too little time is left to start another call. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}
