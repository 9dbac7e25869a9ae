import {
  type Bucket,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Implausible } from '../../clouds/aws/failure.ts'
import type { Service } from '../../clouds/aws/session.ts'
import { reader } from './read.ts'
import { detail, type Place, type Row, row } from './row.ts'
import { aclOf } from './s3-acl.ts'
import { lifecycleOf, notificationOf, publicAccessBlockOf, replicationOf } from './s3-shapes.ts'
import { tagsOf } from './tags.ts'

const service: Service = {
  name: 's3',
  concurrency: 100,
  client: config =>
    // One host name for all buckets, so that their requests share connections.
    new S3Client({
      ...config,
      forcePathStyle: true,
      followRegionRedirects: true,
      // Settings have no checksums; looking for them costs time.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
}
const s3 = reader(service, { ask: 'ContinuationToken', answer: 'ContinuationToken' })

// Only a list that is asked in pages tells the regions.
const buckets = s3.pages(ListBucketsCommand, 'Buckets', () => ({ MaxBuckets: 1000 }), {
  permission: 's3:ListAllMyBuckets',
})
const named = ({ Name = '' }: Bucket) => {
  // The client puts the name into a path as it is: `a?b` would be answered for `a`.
  if (!/^(?!\.{1,2}$)[\w.-]{1,255}$/.test(Name)) throw new Implausible('no bucket has such a name')
  return { Bucket: Name }
}
const location = s3.one(GetBucketLocationCommand, named)

export const rows: readonly Row[] = [
  row({
    type: 'aws_s3_bucket',
    service: 's3',
    scope: 'account',
    list: buckets,
    id: (bucket, at) => `arn:${at.partition}:s3:::${bucket.Name}`,
    region: async (bucket, at) => bucket.BucketRegion ?? locate(bucket, at),
    set: {
      bucket: 'Name',
      id: 'Name',
      arn: (bucket, _, at) => `arn:${at.partition}:s3:::${bucket.Name}`,
    },
    details: [
      detail(s3.one(GetBucketVersioningCommand, named), {
        versioning: answer => ({
          enabled: answer?.Status === 'Enabled',
          mfa_delete: answer?.MFADelete === 'Enabled',
        }),
      }),
      detail(
        s3.one(GetPublicAccessBlockCommand, named, {
          permission: 's3:GetBucketPublicAccessBlock',
          absent: ['NoSuchPublicAccessBlockConfiguration'],
        }),
        {
          public_access_block: answer =>
            publicAccessBlockOf(answer?.PublicAccessBlockConfiguration),
        },
      ),
      detail(s3.one(GetBucketPolicyCommand, named, { absent: ['NoSuchBucketPolicy'] }), {
        policy: answer => answer?.Policy,
      }),
      detail(s3.one(GetBucketAclCommand, named), {
        acl: answer => aclOf(answer).acl,
        grant: answer => aclOf(answer).grant,
      }),
      detail(
        s3.one(GetBucketOwnershipControlsCommand, named, {
          absent: ['OwnershipControlsNotFoundError'],
        }),
        {
          // Without the setting, ACLs hold as they did before there was one.
          ownership_controls: answer => ({
            rule: {
              object_ownership:
                answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter',
            },
          }),
        },
      ),
      detail(
        s3.one(GetBucketEncryptionCommand, named, {
          permission: 's3:GetEncryptionConfiguration',
          absent: ['ServerSideEncryptionConfigurationNotFoundError'],
        }),
        {
          server_side_encryption_configuration: answer => {
            const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? []
            const chosen = rule?.ApplyServerSideEncryptionByDefault
            if (chosen === undefined) return null
            return {
              rule: {
                blocked_encryption_types: rule?.BlockedEncryptionTypes?.EncryptionType ?? [],
                bucket_key_enabled: rule?.BucketKeyEnabled ?? false,
                apply_server_side_encryption_by_default: {
                  sse_algorithm: chosen.SSEAlgorithm,
                  kms_master_key_id: chosen.KMSMasterKeyID,
                },
              },
            }
          },
        },
      ),
      detail(s3.one(GetBucketLoggingCommand, named), {
        logging: answer =>
          answer?.LoggingEnabled && {
            target_bucket: answer.LoggingEnabled.TargetBucket,
            target_prefix: answer.LoggingEnabled.TargetPrefix,
          },
      }),
      detail(
        s3.one(GetBucketLifecycleConfigurationCommand, named, {
          permission: 's3:GetLifecycleConfiguration',
          absent: ['NoSuchLifecycleConfiguration'],
        }),
        { lifecycle_rule: answer => (answer?.Rules ?? []).map(lifecycleOf) },
      ),
      detail(
        s3.one(GetBucketReplicationCommand, named, {
          permission: 's3:GetReplicationConfiguration',
          absent: ['ReplicationConfigurationNotFoundError'],
        }),
        { replication_configuration: answer => replicationOf(answer?.ReplicationConfiguration) },
      ),
      detail(
        s3.one(GetObjectLockConfigurationCommand, named, {
          permission: 's3:GetBucketObjectLockConfiguration',
          absent: ['ObjectLockConfigurationNotFoundError'],
        }),
        {
          object_lock_enabled: answer =>
            answer?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
          object_lock_configuration: answer => {
            const kept = answer?.ObjectLockConfiguration?.Rule?.DefaultRetention
            if (answer?.ObjectLockConfiguration?.ObjectLockEnabled !== 'Enabled') return null
            const { Days: days, Mode: mode, Years: years } = kept ?? {}
            return {
              object_lock_enabled: 'Enabled',
              rule: kept && { default_retention: { days, mode, years } },
            }
          },
        },
      ),
      detail(
        s3.one(GetBucketNotificationConfigurationCommand, named, {
          permission: 's3:GetBucketNotification',
        }),
        { notification: notificationOf },
      ),
      detail(
        s3.one(GetBucketCorsCommand, named, {
          permission: 's3:GetBucketCORS',
          absent: ['NoSuchCORSConfiguration'],
        }),
        {
          cors_rule: answer =>
            (answer?.CORSRules ?? []).map(rule => ({
              allowed_headers: rule.AllowedHeaders,
              allowed_methods: rule.AllowedMethods,
              allowed_origins: rule.AllowedOrigins,
              expose_headers: rule.ExposeHeaders,
              max_age_seconds: rule.MaxAgeSeconds,
            })),
        },
      ),
      detail(s3.one(GetBucketWebsiteCommand, named, { absent: ['NoSuchWebsiteConfiguration'] }), {
        website: answer =>
          answer && {
            index_document: answer.IndexDocument?.Suffix,
            error_document: answer.ErrorDocument?.Key,
            redirect_all_requests_to: answer.RedirectAllRequestsTo?.HostName,
          },
      }),
      detail(
        s3.one(GetBucketAccelerateConfigurationCommand, named, {
          permission: 's3:GetAccelerateConfiguration',
          // Where buckets cannot be accelerated at all.
          absent: ['MethodNotAllowed', 'InvalidRequest'],
        }),
        { acceleration_status: answer => answer?.Status },
      ),
      detail(s3.one(GetBucketRequestPaymentCommand, named), {
        request_payer: answer => answer?.Payer,
      }),
      detail(s3.one(GetBucketTaggingCommand, named, { absent: ['NoSuchTagSet'] }), {
        tags: answer => tagsOf(answer?.TagSet),
      }),
    ],
  }),
]

/** A bucket of which that may not be known is asked at home, and S3 says where to ask. */
async function locate(bucket: Bucket, at: Place): Promise<string | null> {
  try {
    return legacyRegion((await location.run(at, bucket))?.LocationConstraint)
  } catch {
    return null
  }
}

/** The first regions had other names, or none. */
function legacyRegion(constraint: string | undefined): string {
  if (constraint === undefined || constraint === '') return 'us-east-1'
  return constraint === 'EU' ? 'eu-west-1' : constraint
}
