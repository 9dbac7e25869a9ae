import type { Tag } from '@aws-sdk/client-sns'

export interface SnsEstate {
  readonly topics?: readonly TopicEstate[]
}

export interface TopicEstate {
  readonly name: string
  attributes?: Record<string, string>
  readonly tags?: readonly Tag[]
}

export interface SnsState {
  readonly topics: TopicEstate[]
}

export function snsState(estate: SnsEstate): SnsState {
  return { topics: structuredClone([...(estate.topics ?? [])]) }
}
