import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListKeysCommand,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new KMSClient(config),
  operations: {
    CancelKeyDeletion: CancelKeyDeletionCommand,
    DescribeKey: DescribeKeyCommand,
    DisableKey: DisableKeyCommand,
    DisableKeyRotation: DisableKeyRotationCommand,
    EnableKeyRotation: EnableKeyRotationCommand,
    GetKeyRotationStatus: GetKeyRotationStatusCommand,
    ListKeys: ListKeysCommand,
    ListResourceTags: ListResourceTagsCommand,
    ScheduleKeyDeletion: ScheduleKeyDeletionCommand,
  },
}
