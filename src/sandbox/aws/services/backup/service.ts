import * as Backup from '@aws-sdk/client-backup'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { BackupPlanEstate } from './state.ts'

export const backup: Service = {
  name: 'backup',
  signing: 'backup',
  protocol: 'rest-json',
  xmlNamespace: '',
  operations: [
    operation(
      Backup.ListBackupPlans$,
      (input: Backup.ListBackupPlansInput, call): Backup.ListBackupPlansOutput => {
        const plans = call.state.backup(call.region)
        const { items, next } = page(call, plans, input.NextToken, input.MaxResults)
        return {
          BackupPlansList: items.map(({ selections: _, ...plan }) => plan),
          NextToken: next,
        }
      },
    ),
    operation(
      Backup.ListBackupSelections$,
      (input: Backup.ListBackupSelectionsInput, call): Backup.ListBackupSelectionsOutput => {
        const { BackupPlanId, selections } = find(call, input.BackupPlanId)
        const { items, next } = page(call, selections, input.NextToken, input.MaxResults)
        return {
          BackupSelectionsList: items.map(({ SelectionId, SelectionName, IamRoleArn }) => ({
            SelectionId,
            SelectionName,
            IamRoleArn,
            BackupPlanId,
          })),
          NextToken: next,
        }
      },
    ),
    operation(
      Backup.GetBackupSelection$,
      (input: Backup.GetBackupSelectionInput, call): Backup.GetBackupSelectionOutput => {
        const { BackupPlanId, selections } = find(call, input.BackupPlanId)
        const found = selections.find(one => one.SelectionId === input.SelectionId)
        if (!found) throw absent()
        const { SelectionId, ...BackupSelection } = found
        return { BackupPlanId, SelectionId, BackupSelection }
      },
    ),
  ],
}

function find(call: Call, id: string | undefined): BackupPlanEstate {
  const found = call.state.backup(call.region).find(plan => plan.BackupPlanId === id)
  if (!found) throw absent()
  return found
}

function absent(): ApiError {
  return new ApiError('ResourceNotFoundException', 400, 'Cannot find the Backup plan or selection')
}
