import { UserError } from '../errors.ts'
import type { Action } from './action.ts'
import { apply } from './apply.ts'
import type { Cloud } from './aws/cloud.ts'
import type { Call } from './call.ts'
import { exclusively } from './exclusively.ts'
import { type Json, same } from './json.ts'
import { comparable } from './plan.ts'
import { canUndo, type Job } from './record/job.ts'
import { keyOf } from './run.ts'
import type { Tools } from './tools.ts'

export interface UndoOptions {
  readonly by: string
  /** Takes back even where somebody has changed the resource since. */
  readonly force: boolean
  readonly dryRun: boolean
}

export interface Undone {
  readonly calls: readonly Call[]
  readonly restored: boolean
  readonly why: readonly string[]
}

/** Brings back the recorded before-state, unless the resource is not as the mend left it. */
export async function undo(id: string, options: UndoOptions, tools: Tools): Promise<Undone> {
  const asked = recorded(await tools.store.job(id), id, tools)
  return exclusively(keyOf(asked.action, asked.target), tools, async () => {
    const { job, action, target, finding, before } = recorded(await tools.store.job(id), id, tools)
    const cloud = await tools.cloud(target, action, options.dryRun ? 'look' : 'undo')
    try {
      const now = await action.read(cloud, target, finding, tools.now())
      if (now === null) throw new UserError(`${target.arn} is gone: there is nothing to undo`)
      if (!options.force) refuseChanged(job, action, before, now)
      const isBefore = same(comparable(action, now), comparable(action, before))
      const calls = isBefore ? [] : action.undo(before, now, target)
      if (options.dryRun) return { calls, restored: false, why: [] }
      return await takeBack(job, { ...options, calls, before, cloud }, tools)
    } finally {
      cloud.close()
    }
  })
}

async function takeBack(
  job: Job,
  on: {
    readonly by: string
    readonly calls: readonly Call[]
    readonly before: Json
    readonly cloud: Cloud
  },
  tools: Tools,
): Promise<Undone> {
  const { action, target, finding } = recorded(job, job.id, tools)
  const { store, now, pauseMs } = tools
  const { by, calls, before, cloud } = on
  const begun = await store.commit({
    kind: 'undoing',
    job: job.id,
    at: now().toISOString(),
    by,
    calls,
  })
  if (!begun.ok) throw new UserError(`the job ${job.id} has moved on meanwhile`)
  const isRestored = (state: Json) => same(comparable(action, state), comparable(action, before))
  const done = await apply(calls, {
    ...{ action, target, finding, cloud, pauseMs },
    isDone: isRestored,
    now: now(),
  })
  const restored = done.isRead && done.after !== null && isRestored(done.after)
  const why =
    done.why !== null
      ? [done.why]
      : restored
        ? []
        : ['the state read back is another one than before']
  await store.commit(
    {
      kind: 'undone',
      ...{ job: job.id, by, restored, why },
      at: now().toISOString(),
      ran: done.ran,
      now: done.after,
    },
    { resource: keyOf(action, target) },
  )
  return { calls, restored, why }
}

function refuseChanged(job: Job, action: Action, before: Json, now: Json): void {
  const state = comparable(action, now)
  if (same(state, comparable(action, before))) return
  if (!job.after) {
    throw new UserError(
      `the job ${job.id} broke off, so that nobody knows how it left ${job.target?.arn}: look, then --force`,
    )
  }
  if (!same(state, comparable(action, job.after.state))) {
    throw new UserError(
      `${job.target?.arn} was changed since it was mended: undoing would take that back too; --force does`,
    )
  }
}

function recorded(job: Job | null, id: string, { registry }: Tools) {
  if (!job) throw new UserError(`there is no job ${id}: batten remediate list shows them`)
  if (job.state === 'undone') throw new UserError(`the job ${id} is undone already`)
  if (!job.before || !job.target || !job.finding || !(canUndo(job) || job.state === 'undoing')) {
    throw new UserError(`the job ${id} has changed nothing`)
  }
  const action = registry.find(job.action ?? '')
  if (!action) throw new UserError(`there is no action ${job.action} any more`)
  return { job, action, target: job.target, finding: job.finding, before: job.before.state }
}
