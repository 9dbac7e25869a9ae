import type { Field, Fold, Take } from '../fold.ts'

const encryption = bucket(
  'server_side_encryption_configuration',
  'server_side_encryption_configuration',
  { fields: { rule: 'rule.0' } },
)
const lifecycle: Fold = {
  ...bucket('lifecycle_configuration', 'lifecycle_rule', {
    each: 'rule',
    fields: {
      id: 'id',
      enabled: is('status', 'Enabled'),
      prefix: 'prefix',
      abort_incomplete_multipart_upload_days:
        'abort_incomplete_multipart_upload.days_after_initiation',
      expiration: 'expiration',
      'noncurrent_version_expiration.days': 'noncurrent_version_expiration.noncurrent_days',
      noncurrent_version_transition: 'noncurrent_version_transition',
      transition: 'transition',
    },
  }),
  many: true,
}

export const folds: readonly Fold[] = [
  bucket('policy', 'policy', 'policy'),
  bucket('acl', 'acl', 'acl'),
  {
    ...bucket('acl', 'grant', {
      each: 'access_control_policy.grant',
      fields: {
        id: 'grantee.id',
        permissions: { from: 'permission', list: true },
        type: 'grantee.type',
        uri: 'grantee.uri',
      },
    }),
    many: true,
  },
  bucket('versioning', 'versioning', {
    fields: {
      enabled: is('versioning_configuration.status', 'Enabled', 'Suspended'),
      mfa_delete: is('versioning_configuration.mfa_delete', 'Enabled'),
    },
  }),
  encryption,
  bucket('logging', 'logging', {
    fields: { target_bucket: 'target_bucket', target_prefix: 'target_prefix' },
  }),
  lifecycle,
  {
    ...bucket('cors_configuration', 'cors_rule', {
      each: 'cors_rule',
      fields: same(
        'allowed_headers',
        'allowed_methods',
        'allowed_origins',
        'expose_headers',
        'max_age_seconds',
      ),
    }),
    many: true,
  },
  bucket('website_configuration', 'website', {
    fields: {
      index_document: 'index_document.suffix',
      error_document: 'error_document.key',
      redirect_all_requests_to: 'redirect_all_requests_to.host_name',
      routing_rules: 'routing_rules',
    },
  }),
  bucket('replication_configuration', 'replication_configuration', {
    fields: { role: 'role', rules: 'rule' },
  }),
  bucket('object_lock_configuration', 'object_lock_configuration', {
    fields: { object_lock_enabled: { is: 'Enabled' }, rule: 'rule' },
  }),
  bucket('object_lock_configuration', 'object_lock_enabled', { is: true }),
  bucket('accelerate_configuration', 'acceleration_status', 'status'),
  bucket('request_payment_configuration', 'request_payer', 'payer'),
  bucket('public_access_block', 'public_access_block', {
    fields: same(
      'block_public_acls',
      'block_public_policy',
      'ignore_public_acls',
      'restrict_public_buckets',
    ),
  }),
  bucket('ownership_controls', 'ownership_controls', { fields: same('rule') }),
  bucket('notification', 'notification', {
    fields: same('eventbridge', 'lambda_function', 'queue', 'topic'),
  }),
  // Directory buckets share these pieces.
  { ...bucket('policy', 'policy', 'policy'), parent: 'aws_s3_directory_bucket' },
  { ...encryption, parent: 'aws_s3_directory_bucket' },
  { ...lifecycle, parent: 'aws_s3_directory_bucket' },
  {
    child: 'aws_s3control_access_point_policy',
    parent: 'aws_s3_access_point',
    link: 'access_point_arn',
    by: ['arn'],
    into: 'policy',
    take: 'policy',
  },
  {
    child: 'aws_s3control_multi_region_access_point_policy',
    parent: 'aws_s3control_multi_region_access_point',
    link: 'details.name',
    into: 'policy',
    take: 'details.policy',
  },
]

function bucket(child: string, into: string, take: Take): Fold {
  return { child: `aws_s3_bucket_${child}`, parent: 'aws_s3_bucket', link: 'bucket', into, take }
}

function is(from: string, word: string, other = 'Disabled'): Field {
  return { from, as: value => value === word, back: value => (value === true ? word : other) }
}

function same(...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map(name => [name, name]))
}
