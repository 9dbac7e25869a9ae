import {
  CreateDetectorCommand,
  DeleteDetectorCommand,
  GetDetectorCommand,
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new GuardDutyClient(config),
  operations: {
    CreateDetector: CreateDetectorCommand,
    DeleteDetector: DeleteDetectorCommand,
    GetDetector: GetDetectorCommand,
    ListDetectors: ListDetectorsCommand,
    UpdateDetector: UpdateDetectorCommand,
  },
}
