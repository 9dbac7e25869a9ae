import { deliver } from '../deliver.ts'
import type { Job } from '../record/job.ts'
import type { Notice } from '../record/store.ts'
import type { Tools } from '../tools.ts'
import { isValid, jobOf, type Keys } from './token.ts'

export type Decision = 'approved' | 'rejected'

/** What came of a click. */
export type Decided =
  | { readonly ok: true; readonly job: Job }
  | { readonly ok: false; readonly why: string; readonly job: Job | null }

export interface Decider {
  /** A Slack user id, an e-mail address or an ARN. */
  readonly by: string
  readonly via: string
}

/** Takes one decision on an offer: by somebody who may, with the token for just this plan, in time, once. */
export async function decide(
  token: string,
  decision: Decision,
  { by, via }: Decider,
  { keys, tools }: { readonly keys: Keys; readonly tools: Tools },
): Promise<Decided> {
  const { store, settings, now } = tools
  const id = jobOf(token)
  const job = id === null ? null : await store.job(id)
  if (!job) return { ok: false, why: 'this is no approval of ours', job: null }
  if (!settings.approvers.includes(by)) {
    return { ok: false, why: `${by} is not among those who may approve`, job }
  }
  if (job.state !== 'queued') return { ok: false, why: standing(job), job }
  if (!isValid(token, job, keys, now())) {
    return { ok: false, why: 'the approval has expired, or is for another plan', job }
  }
  return record(job, decision, { by, via }, tools)
}

/** The decision itself, once for each offer; an approval is kept until its run was started. */
export async function record(
  job: Job,
  decision: Decision,
  { by, via }: Decider,
  tools: Tools,
): Promise<Decided> {
  const { store, now, log } = tools
  const nonce = job.offer?.nonce ?? ''
  const at = now().toISOString()
  const run: Notice = { id: `${job.id}-run-${at}`, channel: 'run', job: job.id, at }
  const notices = decision === 'approved' ? [run] : []
  const done = await store.commit({ kind: decision, job: job.id, at, by, via, nonce }, { notices })
  if (!done.ok) {
    return { ok: false, why: done.job ? standing(done.job) : 'the job is gone', job: done.job }
  }
  log({ decision, job: job.id, by, via })
  await deliver(notices, done.job, tools)
  return { ok: true, job: done.job }
}

function standing({ state, decision, outcome }: Job): string {
  if (decision) return `${decision.by} has decided already: ${state === 'ended' ? outcome : state}`
  return `nothing is to be decided: the job is ${state}`
}
