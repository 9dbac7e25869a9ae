import { check } from '../../check.ts'

export default [
  check('aws_kms_key', {
    id: 'kms_cmk_not_deleted_unintentionally',
    title: 'KMS keys are not about to be deleted',
    severity: 'critical',
    why: 'With the key goes everything that is encrypted with it, and nothing brings it back.',
    fix: 'Leave the key disabled instead, and cancel its deletion.',
    cli: 'aws kms cancel-key-deletion --key-id {arn} --region {region}',
    on: 'live',
    pass: key => key.key_state !== 'PendingDeletion' && key.key_state !== 'PendingReplicaDeletion',
    bad: [{ key_state: 'PendingDeletion' }, { key_state: 'PendingReplicaDeletion' }],
    good: [{ key_state: 'Enabled' }, { key_state: 'Disabled' }],
    fault: 'is about to be deleted',
  }),
]
