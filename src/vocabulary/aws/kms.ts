import { Absent } from '../../resource.ts'
import type { ServiceVocabulary } from '../statement.ts'

const ownAccount = new Absent('unresolved', 'the number of the account is known only there', {
  parts: ['arn:aws:iam::', null, ':root'],
})

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html: leaves access to IAM policies. */
const defaultPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: ownAccount },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
}

export const kms: ServiceVocabulary = {
  types: {
    aws_kms_key: {
      name: ['tags.Name', 'key_id'],
      // Enabled, Disabled, PendingDeletion …: live alone.
      adds: { key_state: 's:c' },
      policies: ['policy'],
      absent: {
        customer_master_key_spec: 'SYMMETRIC_DEFAULT',
        deletion_window_in_days: 30,
        description: null,
        is_enabled: true,
        key_usage: 'ENCRYPT_DECRYPT',
        multi_region: false,
        policy: defaultPolicy,
        rotation_period_in_days: 365,
      },
    },
    aws_kms_key_policy: { name: ['key_id'], policies: ['policy'] },
    aws_kms_alias: { absent: { name_prefix: null } },
    aws_kms_replica_key: {
      name: ['tags.Name', 'key_id'],
      policies: ['policy'],
      absent: { deletion_window_in_days: 30, enabled: true, policy: defaultPolicy },
    },
    aws_kms_external_key: {
      name: ['tags.Name'],
      policies: ['policy'],
      secrets: ['key_material_base64'],
      absent: {
        deletion_window_in_days: 30,
        key_spec: 'SYMMETRIC_DEFAULT',
        key_usage: 'ENCRYPT_DECRYPT',
        multi_region: false,
        policy: defaultPolicy,
      },
    },
    aws_kms_replica_external_key: {
      name: ['tags.Name'],
      policies: ['policy'],
      secrets: ['key_material_base64'],
      absent: { deletion_window_in_days: 30, policy: defaultPolicy },
    },
    aws_kms_grant: { absent: { constraints: [] } },
  },
  folds: ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key'].map(parent => ({
    child: 'aws_kms_key_policy',
    parent,
    link: 'key_id',
    by: ['id', 'arn'],
    into: 'policy',
    take: 'policy',
  })),
}
