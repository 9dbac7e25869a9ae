import type { Action } from './action.ts'
import { type Applied, apply } from './apply.ts'
import type { Cloud } from './aws/cloud.ts'
import { reasonOf } from './aws/open-cloud.ts'
import { type Ending, end } from './end.ts'
import { limitsOf } from './guards/caps.ts'
import { environmentOf } from './guards/environment.ts'
import { ask, type Case, type Ruling } from './guards/guard.ts'
import { guards } from './guards/guards.ts'
import { type Json, same } from './json.ts'
import { comparable, planOf } from './plan.ts'
import type { PlanRecord } from './record/entry.ts'
import type { Limit } from './record/store.ts'
import { keyOf, type Result, type Run, resultOf } from './run.ts'
import type { Tools } from './tools.ts'

/** Looks at the resource as it is now, and does what is due: nothing, or a place in the queue, or the change. */
export async function mend(run: Run, tools: Tools): Promise<Result> {
  // There is no role for what a person is to do.
  if (run.action.mode === 'guide') return end(run, guided(run.action), tools)
  const opened = await attempt(() => tools.cloud(run.target, run.action, 'mend'))
  if (!opened.ok) return end(run, failed(run, opened.error), tools)
  const cloud = opened.value
  try {
    const looked = await attempt(() => decide(run, cloud, tools))
    const due = looked.ok ? looked.value : failed(run, looked.error)
    return 'outcome' in due ? await end(run, due, tools) : await change(run, due, cloud, tools)
  } finally {
    cloud.close()
  }
}

/** A change that nothing holds back. */
export interface Due {
  readonly state: Json
  readonly plan: PlanRecord
  readonly environment: string
  readonly limits: readonly Limit[]
}

/** What is due for the resource as it is now; asks, and changes nothing. */
export async function decide(run: Run, cloud: Cloud, tools: Tools): Promise<Due | Ending> {
  const { action, target, finding, known, approval } = run
  const state = await action.read(cloud, target, finding, tools.now())
  const isBegun = known?.before != null
  if (state === null) return { outcome: 'ALREADY_OK', why: ['the resource is gone'] }
  if (action.isGood(state, target)) return good(run, state)
  const plan = planOf(action, target, state, tools.settings)
  if (typeof plan === 'string') return { outcome: 'QUEUED', why: [plan] }

  const on = await caseOf(run, state, cloud, tools)
  const rulings = await ask(guards, on)
  const environment = environmentOf(target.account, await on.tags().catch(() => null), on.settings)
  const refused = rulings.flatMap(ruling => ('refused' in ruling ? [ruling.refused] : []))
  if (refused.length > 0) return { outcome: 'REFUSED', why: refused, environment }
  if (approval && !isBegun && approval.hash !== plan.hash) {
    const why = [`the plan is another one than ${approval.by} approved: the resource has changed`]
    return { outcome: 'QUEUED', why, environment, plan }
  }
  const holds = rulings.filter(isHold).filter(hold => hold.firm || !(approval || isBegun))
  if (holds.length > 0) {
    const why = holds.map(hold => hold.held)
    return { outcome: 'QUEUED', why, environment, plan, firm: holds.some(hold => hold.firm) }
  }
  const limits = approval || isBegun ? [] : await limitsOf(on)
  return { state, plan, environment, limits }
}

/** A person's work: the message says how. */
export function guided({ id, title }: Action): Ending {
  return { outcome: 'QUEUED', why: [`${id}: ${title}`] }
}

/** Good as it is, or by an earlier attempt that died before it could say so. */
function good({ action, target, known }: Run, state: Json): Ending {
  const remains = action.remains?.(state, target) ?? null
  if (known?.before) {
    const why = ['an attempt that broke off had made the change']
    return remains === null
      ? { outcome: 'FIXED', why, after: state }
      : { outcome: 'QUEUED', why: [...why, remains], after: state }
  }
  return remains === null
    ? { outcome: 'ALREADY_OK', why: ['the resource is as it is to be'] }
    : { outcome: 'QUEUED', why: [remains] }
}

async function change(run: Run, due: Due, cloud: Cloud, tools: Tools): Promise<Result> {
  const { job, event, finding, action, target, approval } = run
  const { state, plan, environment, limits } = due
  const begun = await attempt(() =>
    tools.store.commit(
      {
        kind: 'started',
        ...{ job, event, finding, target, environment, plan },
        at: tools.now().toISOString(),
        action: action.id,
        by: approval?.by ?? 'the settings',
        before: state,
      },
      { resource: keyOf(action, target), limits },
    ),
  )
  // A state that is too large to keep is one that could not be brought back.
  if (!begun.ok) {
    const why = [`the record did not take the state before: ${reasonOf(begun.error)}`]
    return end(run, { outcome: 'FAILED', why, error: begun.error }, tools)
  }
  const committed = begun.value
  if (!committed.ok) {
    if (committed.full === null) return resultOf(committed.job ?? unheard(job))
    const why = [`the cap of ${committed.full.most} changes is reached (${committed.full.name})`]
    return end(run, { outcome: 'QUEUED', why, environment, plan, once: committed.full.name }, tools)
  }
  const applied = await apply(plan.calls, {
    ...{ action, target, finding, cloud },
    isDone: now => action.isGood(now, target),
    now: tools.now(),
    pauseMs: tools.pauseMs,
  })
  const before = committed.job.before?.state ?? state
  return end(run, { ...judge(run, applied, before), environment, plan: undefined }, tools)
}

function judge({ action, target, job }: Run, applied: Applied, before: Json): Ending {
  const { ran, after, isRead, error } = applied
  const facts = { ran, after, error }
  const why = applied.why === null ? [] : [applied.why]
  if (isRead && after !== null && action.isGood(after, target)) {
    const remains = action.remains?.(after, target) ?? null
    return remains === null
      ? { ...facts, outcome: 'FIXED', why: [...why, action.title] }
      : { ...facts, outcome: 'QUEUED', why: [...why, action.title, remains] }
  }
  if (isRead && after === null)
    return { ...facts, outcome: 'ALREADY_OK', why: ['the resource is gone'] }
  const isChanged = isRead
    ? !same(comparable(action, before), comparable(action, after))
    : ran.length > 0
  if (why.length === 0) why.push('AWS took the calls, but the state is not as it is to be')
  return isChanged
    ? {
        ...facts,
        outcome: 'PARTIAL',
        why: [...why, `batten remediate undo ${job} takes back what was done`],
      }
    : { ...facts, outcome: 'FAILED', why }
}

function failed({ known }: Run, error: unknown): Ending {
  return { outcome: known?.before ? 'PARTIAL' : 'FAILED', why: [reasonOf(error)], error }
}

async function caseOf(run: Run, state: Json, cloud: Cloud, tools: Tools): Promise<Case> {
  const { action, target, finding } = run
  const past = await tools.store.past(keyOf(action, target))
  let tags: ReturnType<Case['tags']> | undefined
  return {
    ...{ finding, action, target, state, past, cloud },
    settings: tools.settings,
    now: tools.now(),
    freeze: tools.freeze,
    counts: tools.counts,
    tags: () => (tags ??= action.tags ? action.tags(cloud, target) : Promise.resolve(null)),
  }
}

function isHold(ruling: Ruling): ruling is Extract<Ruling, { readonly held: string }> {
  return 'held' in ruling
}

function unheard(job: string): never {
  throw new Error(`the record did not take the start of the new job ${job}`)
}

type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown }

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error }
  }
}
