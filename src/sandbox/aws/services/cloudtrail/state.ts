import type {
  AdvancedEventSelector,
  EventSelector,
  GetTrailStatusResponse,
  InsightSelector,
  Tag,
  Trail,
} from '@aws-sdk/client-cloudtrail'

export interface CloudTrailEstate {
  readonly trails?: readonly TrailEstate[]
}

/** A trail of this region, and what only another call tells of it. */
export interface TrailEstate extends Trail {
  Name: string
  /** Left out: it logs. */
  status?: GetTrailStatusResponse
  /** Left out: management events, read and write. */
  eventSelectors?: EventSelector[]
  advancedEventSelectors?: AdvancedEventSelector[]
  insightSelectors?: InsightSelector[]
  tags?: Tag[]
}

export interface CloudTrailState {
  readonly trails: TrailEstate[]
}

export function cloudtrailState(estate: CloudTrailEstate): CloudTrailState {
  return { trails: structuredClone([...(estate.trails ?? [])]) }
}
