import type { Datapoint } from '@aws-sdk/client-cloudwatch'

export interface CloudWatchEstate {
  /** `AWS/EC2 MetadataNoToken i-1` → its points. */
  readonly metrics?: Readonly<Record<string, readonly Datapoint[]>>
}

export interface CloudWatchState {
  readonly metrics: ReadonlyMap<string, readonly Datapoint[]>
}

export function cloudwatchState(estate: CloudWatchEstate): CloudWatchState {
  return { metrics: new Map(Object.entries(estate.metrics ?? {})) }
}
