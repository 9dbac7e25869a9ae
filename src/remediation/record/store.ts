import type { Entry, Happening, Head } from './entry.ts'
import type { Job, Past } from './job.ts'

/** Where the record is kept: in memory for tests, in a folder for the terminal, in a DynamoDB table for the Lambda. */
export interface Store {
  /** Takes a name until a moment (milliseconds); false: somebody else has it. What has run out is free. */
  lock(name: string, owner: string, now: number, until: number): Promise<boolean>
  unlock(name: string, owner: string): Promise<void>
  job(id: string): Promise<Job | null>
  past(resource: string): Promise<Past>
  /** One step: the entry joins the chain, the job and the resource's past move on, the limits count. All of it or nothing. */
  commit(happening: Happening, also?: Alongside): Promise<Committed>
  entries(): AsyncIterable<Entry>
  head(): Promise<Head>
  /** In no certain order. */
  jobs(): AsyncIterable<Job>
  notices(): Promise<readonly Notice[]>
  drop(notice: Notice): Promise<void>
}

export interface Alongside {
  /** The resource whose past this is part of. */
  readonly resource?: string
  /** Counted up; one that is full refuses the whole step. */
  readonly limits?: readonly Limit[]
  /** Kept until they are sent. */
  readonly notices?: readonly Notice[]
}

/** `name` carries its window (`2026-11-24T11`), so that a new one starts from nothing. */
export interface Limit {
  readonly name: string
  readonly most: number
  /** When the count may be forgotten, in milliseconds. */
  readonly until: number
}

export interface Notice {
  readonly id: string
  readonly channel: string
  readonly job: string
  readonly at: string
}

export type Committed =
  | { readonly ok: true; readonly entry: Entry; readonly job: Job }
  /** The job is not where this could happen to it: somebody was faster. */
  | { readonly ok: false; readonly full: null; readonly job: Job | null }
  | { readonly ok: false; readonly full: Limit; readonly job: Job | null }
