import type { LoggingEnabled } from '@aws-sdk/client-s3'
import { requiresTls } from '../../check-kit/policy/transport.ts'
import { action, Unset } from '../action.ts'
import { asJson } from '../json.ts'
import { bucket, bucketOf, countBuckets } from './bucket.ts'
import { call, ifThere } from './cloud.ts'
import { canonical, policyValue, withStatement } from './policy.ts'

export const s3SecureTransport = action<{ readonly policy: string | null }>({
  ...bucket,
  id: 's3_secure_transport',
  title: 'Deny requests to the bucket that come without TLS',
  mends: ['s3_bucket_secure_transport_policy'],
  blast: 'B2',
  mode: 'approve',
  permissions: {
    read: ['s3:GetBucketPolicy', 's3:GetBucketTagging'],
    write: ['s3:PutBucketPolicy'],
    undo: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
  },
  read: (cloud, target) =>
    ifThere(['NoSuchBucket'], async () => {
      const answer = await cloud.find('s3', 'GetBucketPolicy', bucketOf(target), [
        'NoSuchBucketPolicy',
      ])
      return { policy: answer?.Policy ?? null }
    }),
  isGood: ({ policy }) => policy !== null && requiresTls(canonical(policy)),
  mend: ({ policy }, target) => {
    const arn = `arn:${target.partition}:s3:::${target.name}`
    const Policy = withStatement(policy, {
      Sid: 'DenyInsecureTransport',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    })
    return [call('s3', 'PutBucketPolicy', { ...bucketOf(target), Policy })]
  },
  undo: ({ policy }, _, target) => [
    policy === null
      ? call('s3', 'DeleteBucketPolicy', bucketOf(target))
      : call('s3', 'PutBucketPolicy', { ...bucketOf(target), Policy: policy }),
  ],
  comparable: ({ policy }) => policyValue(policy),
})

export const s3AccessLogging = action<{ readonly logging: LoggingEnabled | null }>({
  ...bucket,
  id: 's3_access_logging',
  title: 'Log the requests to the bucket',
  mends: ['s3_bucket_server_access_logging_enabled'],
  maybe: ['cloudtrail_logs_s3_bucket_access_logging_enabled'],
  blast: 'B0',
  mode: 'auto',
  permissions: {
    read: ['s3:GetBucketLogging', 's3:GetBucketTagging', 's3:ListAllMyBuckets'],
    write: ['s3:PutBucketLogging'],
    undo: ['s3:PutBucketLogging'],
  },
  read: (cloud, target) =>
    ifThere(['NoSuchBucket'], async () => {
      const { LoggingEnabled } = await cloud.ask('s3', 'GetBucketLogging', bucketOf(target))
      return { logging: LoggingEnabled?.TargetBucket ? LoggingEnabled : null }
    }),
  isGood: ({ logging }) => logging !== null,
  population: countBuckets,
  mend: (_, target, { logBucket }) => {
    if (!logBucket) throw new Unset('the setting options.logBucket names no bucket for the logs')
    if (logBucket === target.name) {
      throw new Unset('the bucket is the one for the logs: its own log would feed on itself')
    }
    const LoggingEnabled = { TargetBucket: logBucket, TargetPrefix: `${target.name}/` }
    const BucketLoggingStatus = { LoggingEnabled }
    return [call('s3', 'PutBucketLogging', { ...bucketOf(target), BucketLoggingStatus })]
  },
  undo: ({ logging }, _, target) => [
    call('s3', 'PutBucketLogging', {
      ...bucketOf(target),
      BucketLoggingStatus: logging ? { LoggingEnabled: logging } : {},
    }),
  ],
})

/** Versions cost storage, and a bucket that once had them can only suspend, never forget them. */
export const s3Versioning = action<{ readonly status: string | null }>({
  ...bucket,
  id: 's3_versioning',
  title: 'Keep versions of the bucket’s objects',
  mends: ['s3_bucket_object_versioning'],
  blast: 'B0',
  mode: 'approve',
  permissions: {
    read: ['s3:GetBucketVersioning', 's3:GetBucketTagging'],
    write: ['s3:PutBucketVersioning'],
    undo: ['s3:PutBucketVersioning'],
  },
  read: (cloud, target) =>
    ifThere(['NoSuchBucket'], async () => {
      const { Status } = await cloud.ask('s3', 'GetBucketVersioning', bucketOf(target))
      return { status: Status ?? null }
    }),
  isGood: ({ status }) => status === 'Enabled',
  mend: (_, target) => [put(target, 'Enabled')],
  undo: (_, __, target) => [put(target, 'Suspended')],
  comparable: ({ status }) => asJson(status === 'Enabled'),
})

function put(target: Parameters<typeof bucketOf>[0], Status: 'Enabled' | 'Suspended') {
  return call('s3', 'PutBucketVersioning', {
    ...bucketOf(target),
    VersioningConfiguration: { Status },
  })
}
