import type { Target } from '../action.ts'
import type { Brief } from '../brief.ts'
import type { Call, Ran } from '../call.ts'
import { asJson, canonical, digest, type Json } from '../json.ts'
import type { Outcome } from '../outcome.ts'

/** What happened, as whoever did it says it; the store adds its place in the chain. */
export type Happening =
  | Started
  | Ended
  | {
      readonly kind: 'approved' | 'rejected'
      readonly job: string
      readonly at: string
      readonly by: string
      readonly via: string
      readonly nonce: string
    }
  | {
      readonly kind: 'undoing'
      readonly job: string
      readonly at: string
      readonly by: string
      readonly calls: readonly Call[]
    }
  | Undone

/** Written before the first call: what is there, and what is about to be done to it. */
export interface Started {
  readonly kind: 'started'
  readonly job: string
  readonly at: string
  readonly event: string | null
  readonly finding: Brief
  readonly action: string
  readonly target: Target
  readonly environment: string
  readonly plan: PlanRecord
  /** Who let it run: a rule, or the person who approved. */
  readonly by: string
  readonly before: Json
}

export interface PlanRecord {
  readonly calls: readonly Call[]
  readonly hash: string
}

export interface Ended {
  readonly kind: 'ended'
  readonly job: string
  readonly at: string
  readonly event: string | null
  readonly outcome: Outcome
  readonly why: readonly string[]
  /** Null where the event was none. */
  readonly finding: Brief | null
  readonly action: string | null
  readonly target: Target | null
  readonly environment: string | null
  readonly ran: readonly Ran[]
  readonly after: Json
  /** QUEUED: what a person may approve. */
  readonly offer: Offer | null
}

export interface Offer {
  readonly plan: PlanRecord
  /** Changes with each offer, and is gone once a person has decided. */
  readonly nonce: string
  readonly expires: string
}

export interface Undone {
  readonly kind: 'undone'
  readonly job: string
  readonly at: string
  readonly by: string
  readonly restored: boolean
  readonly why: readonly string[]
  readonly ran: readonly Ran[]
  readonly now: Json
}

/** A link of the chain. */
export interface Entry {
  readonly version: 1
  readonly seq: number
  /** The hash of the entry before; of the first, 64 zeros. */
  readonly prev: string
  readonly happening: Happening
  readonly hash: string
}

export interface Head {
  readonly seq: number
  readonly hash: string
}

export const origin: Head = { seq: 0, hash: '0'.repeat(64) }

/** The entry holds a copy, as a file would bring it back: nobody changes it any more. */
export function link(head: Head, told: Happening): Entry {
  const happening = asJson(told) as unknown as Happening
  const open = { version: 1, seq: head.seq + 1, prev: head.hash, happening } as const
  return { ...open, hash: digest(open as unknown as Json) }
}

/** What is wrong with the entry as the next one after the head; null: nothing. */
export function fault(head: Head, entry: Entry): string | null {
  if (entry.seq !== head.seq + 1) return `entry ${head.seq + 1} is missing`
  if (entry.prev !== head.hash) return `entry ${entry.seq} does not follow the one before it`
  const { hash, ...open } = entry
  if (digest(open as unknown as Json) !== hash) return `entry ${entry.seq} was altered`
  return null
}

export interface Verified {
  readonly entries: number
  readonly head: string
  /** Null: the chain is whole. */
  readonly fault: string | null
}

/** Walks the chain from its beginning to the head that the store remembers beside it. */
export async function verify(entries: AsyncIterable<Entry>, kept: Head): Promise<Verified> {
  let head = origin
  for await (const entry of entries) {
    const wrong = fault(head, entry)
    if (wrong !== null) return { entries: head.seq, head: head.hash, fault: wrong }
    head = { seq: entry.seq, hash: entry.hash }
  }
  const short = canonical({ ...kept }) !== canonical({ ...head })
  const wrong = !short
    ? null
    : head.seq === kept.seq
      ? `entry ${head.seq} is another one than its head was made of`
      : `the record ends at entry ${head.seq}, its head is entry ${kept.seq}`
  return { entries: head.seq, head: head.hash, fault: wrong }
}
