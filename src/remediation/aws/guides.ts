import { type Action, action } from '../action.ts'

/** What no call mends without harm: a person's work, with the way to do it. */
interface Guide {
  readonly id: string
  readonly title: string
  readonly mends: readonly string[]
}

export const guides: readonly Action[] = [
  guide({
    id: 'iam_admin_wildcard',
    title:
      'Find out what the policy’s holders really do (IAM’s last accessed data), write a policy of that, attach it beside the old one, then detach the old one',
    mends: [
      'iam_customer_attached_policy_no_administrative_privileges',
      'iam_inline_policy_no_administrative_privileges',
      'iam_aws_attached_policy_no_administrative_privileges',
    ],
  }),
  guide({
    id: 'iam_root_access_key',
    title:
      'Sign in as root, replace what uses the key by a role, deactivate the key, wait a week, then delete it',
    mends: ['iam_no_root_access_key'],
  }),
  guide({
    id: 'iam_console_without_mfa',
    title: 'Ask the user to register a device; where nobody answers, take the password away',
    mends: ['iam_user_mfa_enabled_console_access'],
  }),
  guide({
    id: 'log_retention',
    title:
      'Agree on how long logs are kept, then set it: shortening it deletes what is older at once',
    mends: ['cloudwatch_log_group_retention_policy_specific_days_enabled'],
  }),
  guide({
    id: 'ebs_volume_swap',
    title: 'Swap the volume for an encrypted copy, as docs/remediation.md says',
    mends: ['ec2_instance_block_devices_encrypted'],
  }),
  guide({
    id: 'rds_encrypt_storage',
    title:
      'Restore the database from an encrypted copy of a snapshot, move its clients, then delete the old one',
    mends: ['rds_instance_storage_encrypted', 'rds_cluster_storage_encrypted'],
  }),
]

function guide({ id, title, mends }: Guide): Action {
  return action<Record<string, never>>({
    ...{ id, title, mends },
    blast: 'B4',
    mode: 'guide',
    scope: 'resource',
    arn: /^(?<name>.+)$/,
    permissions: { read: [], write: [], undo: [] },
    read: async () => ({}),
    isGood: () => false,
    mend: () => [],
    undo: () => [],
  })
}
