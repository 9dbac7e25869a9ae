import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new SNSClient(config),
  operations: {
    GetTopicAttributes: GetTopicAttributesCommand,
    ListTagsForResource: ListTagsForResourceCommand,
    SetTopicAttributes: SetTopicAttributesCommand,
  },
}
