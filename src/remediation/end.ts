import type { Action, Target } from './action.ts'
import type { Brief } from './brief.ts'
import type { Ran } from './call.ts'
import { deliver } from './deliver.ts'
import type { Json } from './json.ts'
import { digest } from './json.ts'
import { type Outcome, Unmended } from './outcome.ts'
import type { Offer, PlanRecord } from './record/entry.ts'
import type { Notice } from './record/store.ts'
import { keyOf, type Result, resultOf } from './run.ts'
import type { Tools } from './tools.ts'

export interface Ending {
  readonly outcome: Outcome
  readonly why: readonly string[]
  readonly environment?: string
  readonly ran?: readonly Ran[]
  readonly after?: Json
  /** QUEUED: what would be done. */
  readonly plan?: PlanRecord | undefined
  /** Nobody may approve it as things stand. */
  readonly firm?: boolean
  /** One message for many: told once for this reason within a day. */
  readonly once?: string
  readonly error?: unknown
}

export interface Ended {
  readonly job: string
  readonly event: string | null
  readonly finding: Brief | null
  readonly action: Action | null
  readonly target: Target | null
}

/** Records how an event ends, tells people, and throws what belongs in the dead-letter queue. */
export async function end(run: Ended, ending: Ending, tools: Tools): Promise<Result> {
  const { settings, store, now, random, log } = tools
  const { job, event, finding, action, target } = run
  const { outcome, environment = null, ran = [], after = null, error } = ending
  const plan = ending.firm ? undefined : ending.plan
  const resource = action && target && keyOf(action, target)
  const waiting = resource && plan ? await waitingFor(resource, plan, tools) : null
  const why =
    waiting === null ? ending.why : [...ending.why, `${waiting} waits for a decision on it`]
  const offer: Offer | null =
    plan && waiting === null
      ? {
          plan,
          nonce: random(),
          expires: new Date(now().getTime() + settings.approvalMinutes * 60_000).toISOString(),
        }
      : null
  const at = now().toISOString()
  const isTold = waiting === null && (await isNews(run, ending, tools))
  const notices = isTold ? noticesOf(job, outcome, at, tools.channels) : []
  const committed = await store.commit(
    {
      kind: 'ended',
      ...{ job, event, at, outcome, why, finding, environment, ran, after, offer },
      action: action?.id ?? null,
      target,
    },
    { ...(resource ? { resource } : {}), notices },
  )
  if (!committed.ok) {
    if (committed.job) return resultOf(committed.job)
    throw new Error('the record did not take the end of a new job')
  }
  log({
    outcome,
    job,
    why: [...why],
    check: finding?.CheckID ?? null,
    resource: finding?.ResourceId ?? null,
    action: action?.id ?? null,
    capped: ending.once !== undefined,
    head: committed.entry.hash,
  })
  await deliver(notices, committed.job, tools)
  if (outcome === 'PARTIAL' || outcome === 'FAILED') {
    throw new Unmended(outcome, job, why.join('; '), error)
  }
  return { job, outcome, why, isRepeat: false }
}

/** The job that waits for a decision on the same plan already. */
async function waitingFor(
  resource: string,
  plan: PlanRecord,
  { store, now }: Tools,
): Promise<string | null> {
  const { queued } = await store.past(resource)
  const job = queued === null ? null : await store.job(queued)
  if (job?.state !== 'queued' || job.offer?.plan.hash !== plan.hash) return null
  return Date.parse(job.offer.expires) > now().getTime() ? job.id : null
}

/** Nobody is told twice a day of the same thing that waits, nor of what needed nothing. */
async function isNews(run: Ended, ending: Ending, { store, now }: Tools): Promise<boolean> {
  const { outcome, why, plan, firm } = ending
  if (outcome === 'ALREADY_OK' || outcome === 'REFUSED') return false
  if (outcome !== 'QUEUED') return true
  if (run.action === null) return false
  const topic = ending.once ?? (plan && !firm ? null : `${run.finding?.ResourceId} ${why.join()}`)
  if (topic === null) return true
  const at = now().getTime()
  return store.lock(`told ${digest(topic)}`, run.job, at, at + 24 * 3_600_000)
}

function noticesOf(
  job: string,
  outcome: Outcome,
  at: string,
  channels: readonly string[],
): readonly Notice[] {
  return channels.map(channel => ({ id: `${job}-${outcome}-${channel}`, channel, job, at }))
}
