import { check, live } from '../../check.ts'
import { isPublic } from '../../check-kit/policy/public.ts'

export default [
  check('aws_kms_key', {
    id: 'kms_cmk_rotation_enabled',
    title: 'KMS keys rotate automatically',
    severity: 'high',
    why: 'The longer one key encrypts everything, the more is lost with it.',
    fix: 'Set `enable_key_rotation = true`.',
    cli: 'aws kms enable-key-rotation --key-id {arn} --region {region}',
    aliases: ['CKV_AWS_7', 'AWS-0065'],
    // KMS rotates symmetric keys only, and only those whose material it made itself.
    when: key =>
      key.customer_master_key_spec === 'SYMMETRIC_DEFAULT' &&
      key.key_usage === 'ENCRYPT_DECRYPT' &&
      key.custom_key_store_id === undefined &&
      key.is_enabled,
    pass: key => key.enable_key_rotation,
    bad: ['', 'enable_key_rotation = false'],
    good: [
      'enable_key_rotation = true',
      'customer_master_key_spec = "RSA_2048"',
      'key_usage = "SIGN_VERIFY"',
    ],
    set: { enable_key_rotation: true },
  }),

  check('aws_kms_key', {
    id: 'kms_key_not_publicly_accessible',
    title: 'KMS key policies name who may use the key',
    severity: 'critical',
    why: 'Anyone with an AWS account can decrypt with the key, or take it over.',
    fix: 'Replace the principal `*` by accounts or roles, or add a condition such as `kms:CallerAccount`.',
    aliases: ['CKV_AWS_33'],
    pass: key => !isPublic(key.policy),
    bad: [
      policy('*'),
      policy('*', '{ StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }'),
    ],
    good: [
      '',
      policy('arn:aws:iam::111122223333:root'),
      policy('*', '{ StringEquals = { "kms:CallerAccount" = "111122223333" } }'),
    ],
    fault: 'lets anyone use it through its policy',
  }),

  check('aws_kms_key', {
    id: 'kms_cmk_not_multi_region',
    title: 'KMS keys stay in one region',
    severity: 'medium',
    why: 'A multi-region key has the same material in every region, so the least guarded replica decides how safe it is.',
    fix: 'Leave out `multi_region`; a key that exists cannot be changed, so make a new one.',
    pass: key => !key.multi_region,
    bad: ['multi_region = true'],
    good: ['', 'multi_region = false'],
    set: { multi_region: false },
  }),

  check('aws_kms_key', {
    id: 'kms_cmk_are_used',
    title: 'KMS keys are enabled',
    severity: 'low',
    why: 'What a disabled key encrypted cannot be read, and a key that nobody needs still costs money.',
    fix: 'Enable the key, or schedule it for deletion once nothing is encrypted with it.',
    cli: 'aws kms enable-key --key-id {arn} --region {region}',
    aliases: ['CKV_AWS_227'],
    pass: key => key.is_enabled,
    bad: ['is_enabled = false'],
    good: ['', 'is_enabled = true'],
    set: { is_enabled: true },
    live: live('aws_kms_key', {
      pass: key => key.is_enabled || key.key_state === 'PendingDeletion',
      bad: [{ is_enabled: false, key_state: 'Disabled' }],
      good: [
        { is_enabled: true, key_state: 'Enabled' },
        { is_enabled: false, key_state: 'PendingDeletion' },
      ],
      cli: 'aws kms enable-key --key-id {arn} --region {region}',
    }),
  }),
]

function policy(principal: string, condition = '{}'): string {
  return `policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "${principal}" }
      Action    = "kms:*"
      Resource  = "*"
      Condition = ${condition}
    }]
  })`
}
