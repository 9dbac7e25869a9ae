import { setTimeout as pause } from 'node:timers/promises'
import type { Action, Target } from './action.ts'
import type { Cloud } from './aws/cloud.ts'
import { reasonOf } from './aws/open-cloud.ts'
import type { Brief } from './brief.ts'
import type { Call, Ran } from './call.ts'
import type { Json } from './json.ts'

/** What came of a list of calls. */
export interface Applied {
  readonly ran: readonly Ran[]
  /** The state read back; null: it could not be read, or the resource is gone. */
  readonly after: Json
  readonly isRead: boolean
  /** Why the list was not run to its end, or the state not read back. */
  readonly error: unknown
  readonly why: string | null
}

/** Runs the calls in order up to the first that fails, and reads the state back in any case. */
export async function apply(
  calls: readonly Call[],
  on: {
    readonly action: Action
    readonly target: Target
    readonly finding: Brief
    readonly cloud: Cloud
    /** Whether the state is what it is to be: read again, with pauses, as long as the action's patience lasts. */
    readonly isDone: (state: Json) => boolean
    readonly now: Date
    readonly pauseMs: number
  },
): Promise<Applied> {
  const { action, target, finding, cloud } = on
  const ran: Ran[] = []
  let error: unknown = null
  try {
    for (const call of calls) ran.push({ call, ...(await cloud.run(call)) })
  } catch (failure) {
    error = failure
  }
  const failed = calls[ran.length]
  const why = error === null || !failed ? null : `${name(failed)}: ${reasonOf(error)}`
  try {
    const patience = error === null ? (action.patience ?? 1) : 1
    for (let read = 1; ; read++) {
      const after = await action.read(cloud, target, finding, on.now)
      if (read >= patience || (after !== null && on.isDone(after))) {
        return { ran, after, isRead: true, error, why }
      }
      await pause(on.pauseMs)
    }
  } catch (failure) {
    const unread = `the state could not be read back: ${reasonOf(failure)}`
    return { ran, after: null, isRead: false, error: error ?? failure, why: why ?? unread }
  }
}

/** `s3:PutPublicAccessBlock` */
function name({ service, operation }: Call): string {
  return `${service}:${operation}`
}
