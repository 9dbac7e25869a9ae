import type { ServiceVocabulary } from '../statement.ts'

export const backup: ServiceVocabulary = {
  types: {
    aws_backup_plan: {
      absent: {
        'rule.completion_window': 180,
        'rule.start_window': 60,
      },
    },
    aws_backup_selection: { absent: { not_resources: [] }, texts: ['resources', 'not_resources'] },
    aws_backup_vault: { adds: { policy: 'p:o' } },
    aws_backup_vault_policy: { name: ['backup_vault_name'], policies: ['policy'] },
    aws_backup_vault_lock_configuration: { name: ['backup_vault_name'] },
  },
  folds: [
    {
      child: 'aws_backup_vault_policy',
      parent: 'aws_backup_vault',
      link: 'backup_vault_name',
      into: 'policy',
      take: 'policy',
    },
  ],
}
