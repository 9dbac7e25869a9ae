import {
  DescribeDocumentPermissionCommand,
  GetParameterCommand,
  ListDocumentsCommand,
  ListTagsForResourceCommand,
  ModifyDocumentPermissionCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new SSMClient(config),
  operations: {
    DescribeDocumentPermission: DescribeDocumentPermissionCommand,
    GetParameter: GetParameterCommand,
    ListDocuments: ListDocumentsCommand,
    ListTagsForResource: ListTagsForResourceCommand,
    ModifyDocumentPermission: ModifyDocumentPermissionCommand,
  },
}
