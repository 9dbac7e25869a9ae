import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new EventBridgeClient(config),
  operations: {
    PutEvents: PutEventsCommand,
  },
}
