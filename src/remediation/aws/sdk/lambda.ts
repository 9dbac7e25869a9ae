import {
  AddPermissionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new LambdaClient(config),
  operations: {
    AddPermission: AddPermissionCommand,
    GetPolicy: GetPolicyCommand,
    Invoke: InvokeCommand,
    ListTags: ListTagsCommand,
    RemovePermission: RemovePermissionCommand,
  },
}
