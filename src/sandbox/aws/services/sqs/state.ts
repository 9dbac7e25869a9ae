import type { QueueAttributeName } from '@aws-sdk/client-sqs'

export interface SqsEstate {
  readonly queues?: readonly QueueEstate[]
}

export interface QueueEstate {
  readonly name: string
  attributes?: Partial<Record<QueueAttributeName, string>>
  readonly tags?: Readonly<Record<string, string>>
}

export interface SqsState {
  readonly queues: QueueEstate[]
}

export function sqsState(estate: SqsEstate): SqsState {
  return { queues: structuredClone([...(estate.queues ?? [])]) }
}
