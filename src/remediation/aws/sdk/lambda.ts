import {
  AddPermissionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
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
    ListFunctions: ListFunctionsCommand,
    ListTags: ListTagsCommand,
    RemovePermission: RemovePermissionCommand,
  },
}
