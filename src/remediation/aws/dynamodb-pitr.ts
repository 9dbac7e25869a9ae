import { action } from '../action.ts'
import { call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

export const dynamodbPitr = action<{ readonly on: boolean }>({
  id: 'dynamodb_pitr',
  title: 'Let the table be restored to any moment of the last weeks',
  mends: ['dynamodb_tables_pitr_enabled'],
  blast: 'B0',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/(?<name>[\w.-]+)$/,
  permissions: {
    read: [
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:ListTagsOfResource',
      'dynamodb:ListTables',
    ],
    write: ['dynamodb:UpdateContinuousBackups'],
    undo: ['dynamodb:UpdateContinuousBackups'],
  },
  patience: 5,
  read: (cloud, { name }) =>
    ifThere(['TableNotFoundException', 'ResourceNotFoundException'], async () => {
      const answer = await cloud.ask('dynamodb', 'DescribeContinuousBackups', { TableName: name })
      const described = given(answer.ContinuousBackupsDescription, 'ContinuousBackupsDescription')
      const status = described.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus
      return { on: given(status, 'PointInTimeRecoveryStatus') === 'ENABLED' }
    }),
  isGood: ({ on }) => on,
  mend: (_, { name }) => [recovery(name, true)],
  undo: ({ on }, _, { name }) => [recovery(name, on)],
  tags: async (cloud, { arn }) => {
    const { Tags } = await cloud.ask('dynamodb', 'ListTagsOfResource', { ResourceArn: arn })
    return tagsOf(given(Tags, 'Tags'))
  },
  population: async cloud => {
    const all = await pages(
      ExclusiveStartTableName => cloud.ask('dynamodb', 'ListTables', { ExclusiveStartTableName }),
      page => given(page.TableNames, 'TableNames'),
      page => page.LastEvaluatedTableName,
    )
    return all.length
  },
})

function recovery(TableName: string, PointInTimeRecoveryEnabled: boolean) {
  return call('dynamodb', 'UpdateContinuousBackups', {
    TableName,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
  })
}
