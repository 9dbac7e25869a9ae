import {
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new DynamoDBClient(config),
  operations: {
    DeleteItem: DeleteItemCommand,
    DescribeContinuousBackups: DescribeContinuousBackupsCommand,
    GetItem: GetItemCommand,
    ListTables: ListTablesCommand,
    ListTagsOfResource: ListTagsOfResourceCommand,
    PutItem: PutItemCommand,
    Query: QueryCommand,
    TransactWriteItems: TransactWriteItemsCommand,
    UpdateContinuousBackups: UpdateContinuousBackupsCommand,
  },
}
