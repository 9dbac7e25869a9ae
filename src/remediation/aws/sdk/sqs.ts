import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  operations: {
    GetQueueAttributes: GetQueueAttributesCommand,
    ListQueueTags: ListQueueTagsCommand,
    ListQueues: ListQueuesCommand,
    SetQueueAttributes: SetQueueAttributesCommand,
  },
}
