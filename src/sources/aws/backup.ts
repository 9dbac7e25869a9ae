import {
  BackupClient,
  type BackupSelection,
  type ConditionParameter,
  GetBackupSelectionCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
} from '@aws-sdk/client-backup'
import type { Service } from '../../clouds/aws/session.ts'
import { arnOf } from './arn.ts'
import { reader } from './read.ts'
import { type Listing, type Row, row } from './row.ts'

const service: Service = { name: 'backup', client: config => new BackupClient(config) }
const backup = reader(service, { ask: 'NextToken', answer: 'NextToken' })

const plans = backup.pages(ListBackupPlansCommand, 'BackupPlansList', () => ({ MaxResults: 1000 }))
const ofPlan = backup.pages(
  ListBackupSelectionsCommand,
  'BackupSelectionsList',
  (BackupPlanId: string | undefined) => ({ BackupPlanId, MaxResults: 1000 }),
)
const selection = backup.one(
  GetBackupSelectionCommand,
  (of: { BackupPlanId?: string | undefined; SelectionId?: string | undefined }) => ({
    BackupPlanId: of.BackupPlanId,
    SelectionId: of.SelectionId,
  }),
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_backup_selection',
    service: 'backup',
    scope: 'region',
    list: selections(),
    id: ({ planId, selectionId }, at) =>
      arnOf(at, 'backup', `backup-plan:${planId}/selection/${selectionId}`),
    set: {
      id: 'selectionId',
      condition: ({ selected }) => conditionsOf(selected),
      iam_role_arn: ({ selected }) => selected.IamRoleArn,
      name: ({ selected }) => selected.SelectionName,
      not_resources: ({ selected }) => selected.NotResources ?? [],
      plan_id: 'planId',
      resources: ({ selected }) => selected.Resources ?? [],
      selection_tag: ({ selected }) =>
        (selected.ListOfTags ?? []).map(({ ConditionKey, ConditionType, ConditionValue }) => ({
          key: ConditionKey,
          type: ConditionType,
          value: ConditionValue,
        })),
    },
  }),
]

interface Selected {
  readonly planId: string | undefined
  readonly selectionId: string | undefined
  readonly selected: BackupSelection
}

/** What a plan takes in stands in its selections, and what those say in answers of their own. */
function selections(): Listing<undefined, Selected> {
  return {
    permissions: [...plans.permissions, ...ofPlan.permissions, ...selection.permissions],
    async *pages(at) {
      for await (const page of plans.pages(at, undefined))
        for (const { BackupPlanId: planId } of page)
          for await (const part of ofPlan.pages(at, planId)) {
            yield await Promise.all(
              part.map(async ({ SelectionId: selectionId }) => {
                const answer = await selection.run(at, {
                  BackupPlanId: planId,
                  SelectionId: selectionId,
                })
                const selected = answer?.BackupSelection
                return { planId, selectionId, selected: selected ?? missing }
              }),
            )
          }
    },
  }
}

const missing: BackupSelection = { SelectionName: undefined, IamRoleArn: undefined }

function conditionsOf({ Conditions: conditions }: BackupSelection): readonly object[] {
  if (conditions === undefined) return []
  const tests = (list: readonly ConditionParameter[] = []) =>
    list.map(({ ConditionKey: key, ConditionValue: value }) => ({ key, value }))
  return [
    {
      string_equals: tests(conditions.StringEquals),
      string_like: tests(conditions.StringLike),
      string_not_equals: tests(conditions.StringNotEquals),
      string_not_like: tests(conditions.StringNotLike),
    },
  ]
}
