import type { Attributes } from '../../resource.ts'
import type { Field, Fold, Take } from '../fold.ts'
import type { ServiceVocabulary } from '../statement.ts'
import { blocked, openedBucket } from './s3-opened.ts'

const publicAccessBlock = {
  $: 'block:list1:o',
  block_public_acls: 'b:o',
  block_public_policy: 'b:o',
  ignore_public_acls: 'b:o',
  restrict_public_buckets: 'b:o',
}

export const s3: ServiceVocabulary = {
  types: {
    aws_s3_bucket: {
      name: ['bucket'],
      global: true,
      policies: ['policy'],
      settle: openedBucket,
      adds: {
        public_access_block: publicAccessBlock,
        ownership_controls: {
          $: 'block:list1:o',
          rule: { $: 'block:list1:r', object_ownership: 's:r' },
        },
        notification: {
          $: 'block:list1:o',
          eventbridge: 'b:o',
          lambda_function: {
            $: 'block:list:o',
            events: '<s:r',
            filter_prefix: 's:o',
            filter_suffix: 's:o',
            lambda_function_arn: 's:o',
          },
          queue: {
            $: 'block:list:o',
            events: '<s:r',
            filter_prefix: 's:o',
            filter_suffix: 's:o',
            queue_arn: 's:r',
          },
          topic: {
            $: 'block:list:o',
            events: '<s:r',
            filter_prefix: 's:o',
            filter_suffix: 's:o',
            topic_arn: 's:r',
          },
        },
      },
      absent: {
        acl: 'private',
        acceleration_status: null,
        object_lock_enabled: false,
        policy: null,
        request_payer: 'BucketOwner',
        versioning: {},
        // Every new object has been encrypted since January 2023, and every new bucket has had its public access
        // blocked and its ACLs off since April 2023, however it is created:
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
        server_side_encryption_configuration: {
          rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
        },
        'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default': {
          sse_algorithm: 'AES256',
        },
        public_access_block: blocked,
        ownership_controls: { rule: { object_ownership: 'BucketOwnerEnforced' } },
      },
    },
    aws_s3_bucket_accelerate_configuration: { name: ['bucket'] },
    aws_s3_bucket_acl: { name: ['bucket'] },
    aws_s3_bucket_cors_configuration: { name: ['bucket'] },
    aws_s3_bucket_intelligent_tiering_configuration: {},
    aws_s3_bucket_inventory: { absent: { enabled: true } },
    aws_s3_bucket_lifecycle_configuration: {
      name: ['bucket'],
      once: [
        'rule.abort_incomplete_multipart_upload',
        'rule.expiration',
        'rule.filter',
        'rule.filter.and',
        'rule.filter.tag',
        'rule.noncurrent_version_expiration',
      ],
      absent: {
        'rule.prefix': null,
        'rule.expiration.days': null,
        'rule.expiration.expired_object_delete_marker': false,
        'rule.filter.object_size_greater_than': null,
        'rule.filter.object_size_less_than': null,
        'rule.filter.prefix': null,
        'rule.filter.and.object_size_greater_than': null,
        'rule.filter.and.object_size_less_than': null,
        'rule.filter.and.prefix': null,
        'rule.transition.days': null,
      },
    },
    aws_s3_bucket_logging: { name: ['bucket'] },
    aws_s3_bucket_metric: {},
    aws_s3_bucket_notification: { name: ['bucket'] },
    aws_s3_bucket_object: {
      name: ['key'],
      secrets: ['content', 'content_base64'],
      absent: { bucket_key_enabled: false, kms_key_id: null, storage_class: 'STANDARD' },
    },
    aws_s3_bucket_object_lock_configuration: { name: ['bucket'] },
    aws_s3_bucket_ownership_controls: { name: ['bucket'] },
    aws_s3_bucket_policy: { name: ['bucket'], policies: ['policy'] },
    aws_s3_bucket_public_access_block: { name: ['bucket'] },
    aws_s3_bucket_replication_configuration: { name: ['bucket'], secrets: ['token'] },
    aws_s3_bucket_request_payment_configuration: { name: ['bucket'] },
    aws_s3_bucket_server_side_encryption_configuration: {
      name: ['bucket'],
      absent: {
        'rule.blocked_encryption_types': [],
        'rule.bucket_key_enabled': false,
        'rule.apply_server_side_encryption_by_default.kms_master_key_id': null,
      },
    },
    aws_s3_bucket_versioning: {
      name: ['bucket'],
      secrets: ['mfa'],
      absent: { 'versioning_configuration.mfa_delete': 'Disabled' },
    },
    aws_s3_bucket_website_configuration: { name: ['bucket'], absent: { routing_rules: null } },
    aws_s3_object: {
      name: ['key'],
      secrets: ['content', 'content_base64'],
      absent: {
        acl: 'private',
        bucket_key_enabled: false,
        kms_key_id: null,
        storage_class: 'STANDARD',
      },
    },
    aws_s3_access_point: {
      policies: ['policy'],
      absent: {
        policy: null,
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html: all on unless turned off.
        public_access_block_configuration: blocked,
        ...under('public_access_block_configuration', blocked),
      },
    },
    aws_s3_directory_bucket: { name: ['bucket'], adds: { policy: 'p:o' } },
    aws_s3control_access_point_policy: { name: ['access_point_arn'], policies: ['policy'] },
    aws_s3_account_public_access_block: { name: ['account_id'] },
    aws_s3control_multi_region_access_point: {
      name: ['details.name'],
      adds: { policy: 'p:o' },
      absent: {
        'details.public_access_block': blocked,
        ...under('details.public_access_block', blocked),
      },
    },
    aws_s3control_multi_region_access_point_policy: {
      name: ['details.name'],
      policies: ['details.policy'],
    },
  },

  folds: [
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
        enabled: is('versioning_configuration.status', 'Enabled'),
        mfa_delete: is('versioning_configuration.mfa_delete', 'Enabled'),
      },
    }),
    bucket('server_side_encryption_configuration', 'server_side_encryption_configuration', {
      fields: { rule: 'rule.0' },
    }),
    bucket('logging', 'logging', {
      fields: { target_bucket: 'target_bucket', target_prefix: 'target_prefix' },
    }),
    {
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
    },
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
    // Directory buckets share these pieces; what of them no check reads is folded nowhere.
    ...['policy', 'server_side_encryption_configuration', 'lifecycle_configuration'].map(
      (piece): Fold => ({
        ...bucket(piece, piece, piece),
        parent: 'aws_s3_directory_bucket',
      }),
    ),
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
  ],
}

function bucket(child: string, into: string, take: Take): Fold {
  return { child: `aws_s3_bucket_${child}`, parent: 'aws_s3_bucket', link: 'bucket', into, take }
}

function is(from: string, word: string): Field {
  return { from, as: value => value === word }
}

function same(...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map(name => [name, name]))
}

function under(block: string, values: Attributes): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${block}.${name}`, value === true]),
  )
}
