import type { AttributeValue, Tag } from '@aws-sdk/client-dynamodb'

export interface DynamoDbEstate {
  readonly tables?: readonly TableEstate[]
}

export interface TableEstate {
  readonly TableName: string
  /** The names of the partition key and of the sort key, if there is one; left out: `pk` and `sk`. */
  readonly keys?: readonly [string] | readonly [string, string]
  PointInTimeRecovery?: boolean
  readonly Tags?: readonly Tag[]
}

export type Item = Record<string, AttributeValue>

export interface Table extends TableEstate {
  readonly keys: readonly [string] | readonly [string, string]
  /** By the values of the keys. */
  readonly items: Map<string, Item>
}

export interface DynamoDbState {
  readonly tables: Map<string, Table>
}

export function dynamodbState(estate: DynamoDbEstate): DynamoDbState {
  return {
    tables: new Map(
      structuredClone([...(estate.tables ?? [])]).map(table => [
        table.TableName,
        { keys: ['pk', 'sk'], ...table, items: new Map() },
      ]),
    ),
  }
}
