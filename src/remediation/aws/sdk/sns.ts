import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new SNSClient(config),
  operations: {
    GetTopicAttributes: GetTopicAttributesCommand,
    ListTagsForResource: ListTagsForResourceCommand,
    ListTopics: ListTopicsCommand,
    SetTopicAttributes: SetTopicAttributesCommand,
  },
}
