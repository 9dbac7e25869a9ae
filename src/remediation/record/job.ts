import type { Target } from '../action.ts'
import type { Brief } from '../brief.ts'
import type { Call, Ran } from '../call.ts'
import type { Json } from '../json.ts'
import type { Outcome } from '../outcome.ts'
import type { Happening, Offer, PlanRecord } from './entry.ts'

/** Where one event has come to: what the entries of its job add up to. */
export interface Job {
  readonly id: string
  readonly state: 'started' | 'ended' | 'queued' | 'approved' | 'rejected' | 'undoing' | 'undone'
  readonly at: string
  readonly event: string | null
  readonly finding: Brief | null
  readonly action: string | null
  readonly target: Target | null
  readonly environment: string | null
  readonly outcome: Outcome | null
  readonly why: readonly string[]
  /** Of the first attempt that changed something; nothing overwrites it. */
  readonly before: { readonly state: Json } | null
  readonly plan: PlanRecord | null
  readonly after: { readonly state: Json } | null
  readonly ran: readonly Ran[]
  readonly offer: Offer | null
  readonly decision: Decision | null
  readonly undo: { readonly by: string; readonly calls: readonly Call[] } | null
}

export interface Decision {
  readonly by: string
  readonly via: string
  readonly at: string
  /** Of the plan that was offered. */
  readonly hash: string
}

/** The job after what happened, or null where that cannot happen to it now. */
export function next(job: Job | null, happening: Happening): Job | null {
  switch (happening.kind) {
    case 'started': {
      if (job && isSettled(job) && job.state !== 'approved') return null
      const { event, finding, action, target, environment, plan, at } = happening
      return {
        ...(job ?? blank(happening.job)),
        state: 'started',
        ...{ at, event, finding, action, target, environment, plan },
        before: job?.before ?? { state: happening.before },
        outcome: null,
        why: [],
        offer: null,
      }
    }
    case 'ended': {
      if (job && isSettled(job) && job.state !== 'approved') return null
      const { at, event, finding, action, target, environment, outcome, why, offer } = happening
      const ran = [...(job?.ran ?? []), ...happening.ran]
      return {
        ...(job ?? blank(happening.job)),
        state: outcome === 'QUEUED' && offer ? 'queued' : 'ended',
        ...{ at, event, finding, action, target, environment, outcome, why, offer, ran },
        after: job?.before ? { state: happening.after } : (job?.after ?? null),
      }
    }
    case 'approved':
    case 'rejected': {
      if (job?.state !== 'queued' || job.offer?.nonce !== happening.nonce) return null
      const { by, via, at } = happening
      const decision = { by, via, at, hash: job.offer.plan.hash }
      return { ...job, state: happening.kind, offer: null, decision }
    }
    case 'undoing': {
      if (!job?.before || !(canUndo(job) || job.state === 'undoing')) return null
      const { by, calls } = happening
      return { ...job, state: 'undoing', undo: { by, calls } }
    }
    case 'undone':
      if (job?.state !== 'undoing') return null
      return { ...job, state: happening.restored ? 'undone' : 'undoing', at: happening.at }
  }
}

/** Whether a repeat of the event has nothing left to do. PARTIAL and FAILED come again, and so does what broke off. */
export function isSettled(job: Job): boolean {
  if (job.state === 'started') return false
  return !(job.state === 'ended' && (job.outcome === 'PARTIAL' || job.outcome === 'FAILED'))
}

/** Whether the job has changed something that is not undone. */
export function canUndo(job: Job): boolean {
  return job.before !== null && ['started', 'ended', 'queued', 'rejected'].includes(job.state)
}

function blank(id: string): Job {
  return {
    id,
    state: 'ended',
    at: '',
    event: null,
    finding: null,
    action: null,
    target: null,
    environment: null,
    outcome: null,
    why: [],
    before: null,
    plan: null,
    after: null,
    ran: [],
    offer: null,
    decision: null,
    undo: null,
  }
}

/** What was done to one resource by one action: for the loop breaker and for what waits already. */
export interface Past {
  /** The last moments of a mend, oldest first. */
  readonly fixed: readonly string[]
  readonly undone: { readonly at: string; readonly by: string } | null
  /** The job that was last queued; whether it still waits, the job says. */
  readonly queued: string | null
}

export const noPast: Past = { fixed: [], undone: null, queued: null }
const remembered = 10

export function nextPast(past: Past, happening: Happening): Past {
  switch (happening.kind) {
    case 'ended':
      if (happening.offer) return { ...past, queued: happening.job }
      if (happening.outcome !== 'FIXED' && happening.ran.length === 0) return past
      return {
        ...past,
        fixed: [...past.fixed, happening.at].slice(-remembered),
        undone: null,
      }
    case 'undone':
      return { ...past, undone: { at: happening.at, by: happening.by } }
    default:
      return past
  }
}
