import type { Estate } from '../estate.ts'
import { account, frankfurt, id, virginia } from './make.ts'

/** What production keeps is backed up, by tag; nothing else is. */
export const backup: NonNullable<Estate['backup']> = {
  [virginia]: [plan(virginia)],
  [frankfurt]: [plan(frankfurt)],
}

function plan(region: string) {
  const BackupPlanId = id('plan', region, 'daily')
  return {
    BackupPlanId,
    BackupPlanName: 'daily',
    BackupPlanArn: `arn:aws:backup:${region}:${account}:backup-plan:${BackupPlanId}`,
    VersionId: 'v1',
    CreationDate: new Date('2023-05-02T09:00:00Z'),
    selections: [
      {
        SelectionId: id('selection', region, 'production'),
        SelectionName: 'production',
        IamRoleArn: `arn:aws:iam::${account}:role/service-role/AWSBackupDefaultServiceRole`,
        Resources: [],
        ListOfTags: [
          {
            ConditionType: 'STRINGEQUALS' as const,
            ConditionKey: 'environment',
            ConditionValue: 'production',
          },
        ],
      },
    ],
  }
}
