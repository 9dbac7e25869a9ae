import * as S3 from '@aws-sdk/client-s3'
import { page } from '../../call.ts'
import { ApiError, declaration } from '../../wire/errors.ts'
import { type Operation, operation, RawBody } from '../../wire/service.ts'
import { bucketOperation, home } from './bucket.ts'
import { isPublicPolicy } from './public-policy.ts'
import type { BucketEstate } from './state.ts'

export const reads: readonly Operation[] = [
  operation(S3.ListBuckets$, (input: S3.ListBucketsRequest, call): S3.ListBucketsOutput => {
    const wanted = [...call.state.s3.buckets.values()].filter(
      bucket =>
        (input.BucketRegion ?? home(bucket)) === home(bucket) &&
        bucket.Name.startsWith(input.Prefix ?? ''),
    )
    const { items, next } = page(call, wanted, input.ContinuationToken, input.MaxBuckets)
    return {
      Owner: { ID: call.state.canonicalId },
      Buckets: items.map(bucket => ({
        Name: bucket.Name,
        CreationDate: bucket.CreationDate ?? new Date('2023-04-05T06:07:08Z'),
        BucketArn: `arn:${call.state.partition}:s3:::${bucket.Name}`,
        BucketRegion: home(bucket),
      })),
      ContinuationToken: next,
      Prefix: input.Prefix,
    }
  }),
  bucketOperation(S3.HeadBucket$, bucket => ({ BucketRegion: home(bucket) })),
  bucketOperation(S3.GetBucketLocation$, location, { anyRegion: true }),
  bucketOperation(S3.GetBucketVersioning$, bucket => bucket.versioning),
  bucketOperation(
    S3.GetBucketAcl$,
    (bucket, { state }) => bucket.acl ?? ownerOnly(state.canonicalId),
  ),
  bucketOperation(S3.GetBucketLogging$, bucket => ({ LoggingEnabled: bucket.logging })),
  bucketOperation(S3.GetBucketNotificationConfiguration$, bucket => bucket.notification),
  bucketOperation(S3.GetBucketAccelerateConfiguration$, bucket => ({ Status: bucket.accelerate })),
  bucketOperation(S3.GetBucketRequestPayment$, bucket => ({
    Payer: bucket.requestPayer ?? 'BucketOwner',
  })),
  bucketOperation(S3.GetBucketEncryption$, bucket => ({
    ServerSideEncryptionConfiguration: bucket.encryption ?? sseS3,
  })),
  bucketOperation(S3.GetBucketPolicy$, bucket => ({ Policy: policyText(bucket) })),
  bucketOperation(S3.GetBucketPolicyStatus$, bucket => ({
    PolicyStatus: { IsPublic: isPublicPolicy(policyText(bucket)) },
  })),
  bucketOperation(S3.GetPublicAccessBlock$, bucket => ({
    PublicAccessBlockConfiguration:
      bucket.publicAccessBlock ?? absent('NoSuchPublicAccessBlockConfiguration'),
  })),
  bucketOperation(S3.GetBucketLifecycleConfiguration$, bucket => ({
    Rules: bucket.lifecycle ?? absent('NoSuchLifecycleConfiguration'),
  })),
  bucketOperation(S3.GetBucketOwnershipControls$, bucket => ({
    OwnershipControls: {
      Rules: [{ ObjectOwnership: bucket.ownership ?? absent('OwnershipControlsNotFoundError') }],
    },
  })),
  bucketOperation(S3.GetBucketTagging$, bucket => ({
    TagSet: bucket.tags ?? absent('NoSuchTagSet'),
  })),
  bucketOperation(
    S3.GetBucketWebsite$,
    bucket => bucket.website ?? absent('NoSuchWebsiteConfiguration'),
  ),
  bucketOperation(S3.GetBucketCors$, bucket => ({
    CORSRules: bucket.cors ?? absent('NoSuchCORSConfiguration'),
  })),
  bucketOperation(S3.GetBucketReplication$, bucket => ({
    ReplicationConfiguration: bucket.replication ?? absent('ReplicationConfigurationNotFoundError'),
  })),
  bucketOperation(S3.GetObjectLockConfiguration$, bucket => ({
    ObjectLockConfiguration: bucket.objectLock ?? absent('ObjectLockConfigurationNotFoundError'),
  })),
  bucketOperation(S3.ListObjectsV2$, ({ Name }) => ({ Name, KeyCount: 0, IsTruncated: false })),
]

const sseS3: S3.ServerSideEncryptionConfiguration = {
  Rules: [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ],
}

export function ownerOnly(ID: string): S3.GetBucketAclOutput {
  return {
    Owner: { ID },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID }, Permission: 'FULL_CONTROL' }],
  }
}

/** The name of us-east-1 is no text at all. */
function location(bucket: BucketEstate): RawBody {
  const region = home(bucket) === 'us-east-1' ? '' : home(bucket)
  return new RawBody(
    `${declaration}<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
  )
}

function policyText({ policy }: BucketEstate): string {
  if (policy === undefined) return absent('NoSuchBucketPolicy')
  return typeof policy === 'string' ? policy : JSON.stringify(policy)
}

function absent(code: string): never {
  throw new ApiError(code, 404, 'The configuration does not exist')
}
