import * as Dynamo from '@aws-sdk/client-dynamodb'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import { holds, invalid, update, type Values } from './expression.ts'
import type { Item, Table } from './state.ts'
import { transact } from './transact.ts'

export const dynamodb: Service = {
  name: 'dynamodb',
  signing: 'dynamodb',
  protocol: 'json-1.0',
  xmlNamespace: '',
  operations: [
    operation(Dynamo.ListTables$, (input: Dynamo.ListTablesInput, call) => {
      const names = [...call.state.dynamodb(call.region).tables.keys()].sort()
      const { items, next } = page(call, names, input.ExclusiveStartTableName, input.Limit)
      return { TableNames: items, LastEvaluatedTableName: next }
    }),
    ofTable(Dynamo.GetItem$, (table, input: Dynamo.GetItemInput) => {
      const item = table.items.get(keyOf(table, input.Key ?? {}))
      return item ? { Item: item } : {}
    }),
    ofTable(Dynamo.PutItem$, (table, input: Dynamo.PutItemInput) => {
      const item = input.Item ?? {}
      refuseUnless(input.ConditionExpression, table.items.get(keyOf(table, item)), valuesOf(input))
      table.items.set(keyOf(table, item), item)
      return {}
    }),
    ofTable(Dynamo.UpdateItem$, (table, input: Dynamo.UpdateItemInput) => {
      const key = keyOf(table, input.Key ?? {})
      const before = table.items.get(key)
      refuseUnless(input.ConditionExpression, before, valuesOf(input))
      table.items.set(
        key,
        update(input.UpdateExpression ?? '', before ?? { ...input.Key }, valuesOf(input)),
      )
      return {}
    }),
    ofTable(Dynamo.DeleteItem$, (table, input: Dynamo.DeleteItemInput) => {
      const key = keyOf(table, input.Key ?? {})
      refuseUnless(input.ConditionExpression, table.items.get(key), valuesOf(input))
      table.items.delete(key)
      return {}
    }),
    ofTable(Dynamo.Query$, query),
    operation(Dynamo.TransactWriteItems$, transact),
    ofTable(Dynamo.DescribeContinuousBackups$, table => ({
      ContinuousBackupsDescription: backups(table),
    })),
    ofTable(
      Dynamo.UpdateContinuousBackups$,
      (table, input: Dynamo.UpdateContinuousBackupsInput) => {
        table.PointInTimeRecovery =
          input.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true
        return { ContinuousBackupsDescription: backups(table) }
      },
    ),
    operation(Dynamo.ListTagsOfResource$, (input: Dynamo.ListTagsOfResourceInput, call) => ({
      Tags: tableOf(call, input.ResourceArn?.split('/').at(-1)).Tags ?? [],
    })),
  ],
}

function ofTable<Input extends { readonly TableName?: string | undefined }>(
  schema: Operation['schema'],
  answer: (table: Table, input: Input, call: Call) => unknown,
): Operation {
  return operation(schema, (input: Input, call) =>
    answer(tableOf(call, input.TableName), input, call),
  )
}

export function tableOf({ state, region }: Call, name: string | undefined): Table {
  const table = state.dynamodb(region).tables.get(name ?? '')
  if (table) return table
  throw new ApiError('ResourceNotFoundException', 400, 'Requested resource not found')
}

export function keyOf({ keys }: Table, item: Item): string {
  const parts = keys.map(name => item[name]?.S ?? item[name]?.N)
  if (parts.includes(undefined)) throw invalid('The provided key element does not match the schema')
  return JSON.stringify(parts)
}

export function valuesOf(input: {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined
  readonly ExpressionAttributeValues?: Record<string, Dynamo.AttributeValue> | undefined
}): Values {
  return { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues }
}

function refuseUnless(condition: string | undefined, item: Item | undefined, given: Values): void {
  if (holds(condition, item, given)) return
  throw new ApiError('ConditionalCheckFailedException', 400, 'The conditional request failed')
}

/** By the partition key, in the order of the sort key. */
function query(table: Table, input: Dynamo.QueryInput, call: Call): Dynamo.QueryOutput {
  const [, sort = ''] = table.keys
  const given = valuesOf(input)
  const items = [...table.items.values()]
    .filter(item => holds(input.KeyConditionExpression, item, given))
    .sort((a, b) => ((a[sort]?.S ?? '') < (b[sort]?.S ?? '') ? -1 : 1))
  if (input.ScanIndexForward === false) items.reverse()
  const start = input.ExclusiveStartKey ? keyOf(table, input.ExclusiveStartKey) : null
  const from = start === null ? 0 : items.findIndex(item => keyOf(table, item) === start) + 1
  const most = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, call.pageSize ?? 1000)
  const found = items.slice(from, from + most)
  const last = from + found.length < items.length ? found.at(-1) : undefined
  return {
    Items: found,
    Count: found.length,
    ...(last && {
      LastEvaluatedKey: Object.fromEntries(
        table.keys.flatMap(name => (last[name] ? [[name, last[name]] as const] : [])),
      ),
    }),
  }
}

function backups(table: Table): Dynamo.ContinuousBackupsDescription {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: table.PointInTimeRecovery ? 'ENABLED' : 'DISABLED',
    },
  }
}
