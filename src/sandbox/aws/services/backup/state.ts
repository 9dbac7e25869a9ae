import type { BackupPlansListMember, BackupSelection } from '@aws-sdk/client-backup'

export interface BackupPlanEstate extends BackupPlansListMember {
  BackupPlanId: string
  selections: (BackupSelection & { SelectionId: string })[]
}
