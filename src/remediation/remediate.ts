import { choose } from './choose.ts'
import { type Swept, sweep } from './deliver.ts'
import { end } from './end.ts'
import { BadEvent, type Request, readEvent } from './event.ts'
import { exclusively } from './exclusively.ts'
import { asJson, digest } from './json.ts'
import { mend } from './mend.ts'
import { isSettled } from './record/job.ts'
import { keyOf, type Result, resultOf } from './run.ts'
import type { Settings } from './settings.ts'
import type { Tools } from './tools.ts'

/**
 * One event, from what arrives to its recorded outcome: parse, guard, plan, apply, read back, record, tell. Throws where the
 * event belongs in the dead-letter queue: it is no event of ours, or it ended PARTIAL or FAILED.
 */
export async function remediate(event: unknown, tools: Tools): Promise<Result | Swept> {
  const request = await understood(event, tools)
  if (request.kind === 'sweep') return sweep(tools)
  if (request.kind === 'approved') {
    try {
      return await runApproved(request.job, tools)
    } catch (error) {
      throw error instanceof BadEvent ? await unread(event, error, tools) : error
    }
  }
  const choice = choose(request, tools.registry, tools.settings)
  const isChosen = 'action' in choice
  const { finding } = request
  const action = isChosen ? choice.action : null
  const target = isChosen ? choice.target : null
  const resource = isChosen
    ? keyOf(choice.action, choice.target)
    : `${finding.CheckID} ${finding.ResourceId}`
  const job = jobId(request.id ?? tools.random(), finding.Fingerprint, action?.id ?? null)
  return exclusively(resource, tools, async () => {
    const known = await tools.store.job(job)
    if (known && isSettled(known)) return resultOf(known)
    const run = { job, event: request.id, finding }
    if (!isChosen) {
      const { outcome, why } = choice
      return end({ ...run, action, target }, { outcome, why: [why] }, tools)
    }
    return mend({ ...run, ...choice, known, approval: null }, tools)
  })
}

/** The record says what was approved, by whom: the event only says that it is time. */
async function runApproved(id: string, tools: Tools): Promise<Result> {
  const { store, registry, settings, now } = tools
  const asked = await store.job(id)
  if (!asked?.finding || !asked.target || asked.action === null) {
    throw new BadEvent(`no job ${id} waits for a decision`)
  }
  const action = registry.find(asked.action)
  if (!action) throw new BadEvent(`there is no action ${asked.action}`)
  return exclusively(keyOf(action, asked.target), tools, async () => {
    const known = await store.job(id)
    if (!known?.finding || !known.target || !known.decision) {
      throw new BadEvent(`the job ${id} was not approved`)
    }
    if (isSettled(known) && known.state !== 'approved') return resultOf(known)
    const { event, finding, target, decision } = known
    const run = { job: id, event, finding, action, target }
    const age = now().getTime() - Date.parse(decision.at)
    const reason = known.state === 'approved' ? whyVoid(decision, age, settings) : null
    if (reason !== null) return end(run, { outcome: 'QUEUED', why: [reason] }, tools)
    return mend({ ...run, known, approval: decision }, tools)
  })
}

/** Whoever wrote the decision into the record: what counts is whom the settings name when it is to run. */
function whyVoid(
  { by }: { readonly by: string },
  age: number,
  { approvers, approvalMinutes }: Settings,
): string | null {
  if (approvers.length > 0 && !approvers.includes(by)) return `${by} is not among the approvers`
  return age > approvalMinutes * 60_000 ? `the approval by ${by} is too old` : null
}

/** What cannot be read ends too: FAILED, in the record and in the dead-letter queue. */
async function understood(event: unknown, tools: Tools): Promise<Request> {
  try {
    return readEvent(event)
  } catch (error) {
    throw error instanceof BadEvent ? await unread(event, error, tools) : error
  }
}

async function unread(event: unknown, error: BadEvent, tools: Tools): Promise<unknown> {
  const { id } = { id: undefined, ...(typeof event === 'object' ? event : {}) }
  const job = jobId(typeof id === 'string' ? id : digest(asJson(event)), 'unread', null)
  const run = { job, event: null, finding: null, action: null, target: null }
  await end(run, { outcome: 'FAILED', why: [error.message], error }, tools)
  return error
}

/** The same event always comes to the same job: a repeat finds what the first has done. */
function jobId(event: string, fingerprint: string, action: string | null): string {
  return digest([event, fingerprint, action]).slice(0, 20)
}
