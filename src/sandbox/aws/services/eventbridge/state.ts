import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'

export interface EventBridgeEstate {
  /** Names beside `default`. */
  readonly buses?: readonly string[]
}

export interface EventBridgeState {
  readonly buses: ReadonlySet<string>
  /** What was put, in its order. */
  readonly events: PutEventsRequestEntry[]
}

export function eventbridgeState(estate: EventBridgeEstate): EventBridgeState {
  return { buses: new Set(['default', ...(estate.buses ?? [])]), events: [] }
}
