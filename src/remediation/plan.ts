import { type Action, type Target, Unset } from './action.ts'
import { asJson, digest, type Json } from './json.ts'
import type { PlanRecord } from './record/entry.ts'
import type { Settings } from './settings.ts'

/** What the action would do to the state, or why it cannot; pure, so that an approval can be held to it. */
export function planOf(
  action: Action,
  target: Target,
  state: Json,
  { options }: Settings,
): PlanRecord | string {
  try {
    const calls = action.mend(state, target, options)
    return { calls, hash: planHash(action, target, state, asJson(calls)) }
  } catch (error) {
    if (error instanceof Unset) return error.message
    throw error
  }
}

function planHash(action: Action, target: Target, state: Json, calls: Json): string {
  const { arn, account, region } = target
  return digest({ action: action.id, arn, account, region, state, calls })
}

export function comparable(action: Action, state: Json): Json {
  return action.comparable ? action.comparable(state) : state
}
