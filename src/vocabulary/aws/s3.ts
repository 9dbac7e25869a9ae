import type { Attributes } from '../../resource.ts'
import type { ServiceVocabulary } from '../statement.ts'
import { folds } from './s3-folds.ts'
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
    aws_s3_directory_bucket: {
      name: ['bucket'],
      adds: {
        policy: 'p:o',
        server_side_encryption_configuration: {
          $: 'block:list1:o',
          rule: {
            $: 'block:list1:r',
            bucket_key_enabled: 'b:o',
            apply_server_side_encryption_by_default: {
              $: 'block:list1:r',
              kms_master_key_id: 's:o',
              sse_algorithm: 's:r',
            },
          },
        },
        lifecycle_rule: {
          $: 'block:list:o',
          id: 's:o',
          enabled: 'b:r',
          prefix: 's:o',
          abort_incomplete_multipart_upload_days: 'n:o',
          expiration: { $: 'block:list1:o', date: 's:o', days: 'n:o' },
          noncurrent_version_expiration: { $: 'block:list1:o', days: 'n:o' },
          noncurrent_version_transition: {
            $: 'block:set:o',
            days: 'n:o',
            storage_class: 's:r',
          },
          transition: { $: 'block:set:o', date: 's:o', days: 'n:o', storage_class: 's:r' },
        },
      },
      absent: {
        data_redundancy: 'SingleAvailabilityZone',
        force_destroy: false,
        'location.type': 'AvailabilityZone',
        type: 'Directory',
        server_side_encryption_configuration: {
          rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
        },
      },
    },
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

  folds,
}

function under(block: string, values: Attributes): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${block}.${name}`, value === true]),
  )
}
