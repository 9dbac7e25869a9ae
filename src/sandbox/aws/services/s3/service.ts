import {
  GetBucketAccelerateConfiguration$,
  GetBucketAcl$,
  GetBucketCors$,
  GetBucketEncryption$,
  GetBucketLifecycleConfiguration$,
  GetBucketLocation$,
  GetBucketLogging$,
  GetBucketNotificationConfiguration$,
  GetBucketOwnershipControls$,
  GetBucketPolicy$,
  GetBucketPolicyStatus$,
  GetBucketReplication$,
  GetBucketRequestPayment$,
  GetBucketTagging$,
  GetBucketVersioning$,
  GetBucketWebsite$,
  GetObjectLockConfiguration$,
  GetPublicAccessBlock$,
  HeadBucket$,
  ListBuckets$,
  type ListBucketsOutput,
  type ListBucketsRequest,
} from '@aws-sdk/client-s3'
import { type Call, page } from '../../call.ts'
import { ApiError, declaration } from '../../wire/errors.ts'
import { type Operation, operation, RawBody, type Service } from '../../wire/service.ts'
import type { BucketEstate } from './state.ts'

export const s3: Service = {
  name: 's3',
  signing: 's3',
  protocol: 'rest-xml',
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  operations: [
    operation(ListBuckets$, listBuckets),
    read(HeadBucket$, bucket => ({ BucketRegion: home(bucket) })),
    read(GetBucketLocation$, location),
    read(GetBucketVersioning$, bucket => bucket.versioning),
    read(GetBucketAcl$, (bucket, { state }) => bucket.acl ?? ownerOnly(state.account)),
    read(GetBucketLogging$, bucket => ({ LoggingEnabled: bucket.logging })),
    read(GetBucketNotificationConfiguration$, bucket => bucket.notification),
    read(GetBucketAccelerateConfiguration$, bucket => ({ Status: bucket.accelerate })),
    read(GetBucketRequestPayment$, bucket => ({ Payer: bucket.requestPayer ?? 'BucketOwner' })),
    read(GetBucketEncryption$, bucket => ({
      ServerSideEncryptionConfiguration: bucket.encryption ?? {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
            BucketKeyEnabled: false,
          },
        ],
      },
    })),
    read(GetBucketPolicy$, bucket => ({ Policy: policyText(bucket) })),
    read(GetBucketPolicyStatus$, bucket => ({
      PolicyStatus: { IsPublic: isPublic(policyText(bucket)) },
    })),
    read(GetPublicAccessBlock$, bucket => ({
      PublicAccessBlockConfiguration:
        bucket.publicAccessBlock ?? absent('NoSuchPublicAccessBlockConfiguration'),
    })),
    read(GetBucketLifecycleConfiguration$, bucket => ({
      Rules: bucket.lifecycle ?? absent('NoSuchLifecycleConfiguration'),
    })),
    read(GetBucketOwnershipControls$, bucket => ({
      OwnershipControls: {
        Rules: [{ ObjectOwnership: bucket.ownership ?? absent('OwnershipControlsNotFoundError') }],
      },
    })),
    read(GetBucketTagging$, bucket => ({ TagSet: bucket.tags ?? absent('NoSuchTagSet') })),
    read(GetBucketWebsite$, bucket => bucket.website ?? absent('NoSuchWebsiteConfiguration')),
    read(GetBucketCors$, bucket => ({
      CORSRules: bucket.cors ?? absent('NoSuchCORSConfiguration'),
    })),
    read(GetBucketReplication$, bucket => ({
      ReplicationConfiguration:
        bucket.replication ?? absent('ReplicationConfigurationNotFoundError'),
    })),
    read(GetObjectLockConfiguration$, bucket => ({
      ObjectLockConfiguration: bucket.objectLock ?? absent('ObjectLockConfigurationNotFoundError'),
    })),
  ],
}

function read(
  schema: Operation['schema'],
  answer: (bucket: BucketEstate, call: Call) => unknown,
): Operation {
  return operation(schema, (input: { readonly Bucket?: string }, call) =>
    answer(find(call, input.Bucket), call),
  )
}

/** S3 redirects a call that is signed for another region than the bucket's. */
export function find(call: Call, name: string | undefined): BucketEstate {
  const bucket = call.state.s3.buckets.get(name ?? '')
  if (!bucket) throw new ApiError('NoSuchBucket', 404, 'The specified bucket does not exist')
  return bucket
}

function home(bucket: BucketEstate): string {
  return bucket.BucketRegion ?? 'us-east-1'
}

function listBuckets(input: ListBucketsRequest, call: Call): ListBucketsOutput {
  const wanted = [...call.state.s3.buckets.values()].filter(
    bucket =>
      (input.BucketRegion ?? home(bucket)) === home(bucket) &&
      bucket.Name.startsWith(input.Prefix ?? ''),
  )
  const { items, next } = page(call, wanted, input.ContinuationToken, input.MaxBuckets)
  return {
    Owner: owner(call.state.account),
    Buckets: items.map(bucket => ({
      Name: bucket.Name,
      CreationDate: bucket.CreationDate ?? new Date('2023-04-05T06:07:08Z'),
      BucketArn: `arn:aws:s3:::${bucket.Name}`,
      BucketRegion: home(bucket),
    })),
    ContinuationToken: next,
    Prefix: input.Prefix,
  }
}

function owner(account: string) {
  return { ID: Buffer.from(account.repeat(3)).toString('hex').slice(0, 64) }
}

function ownerOnly(account: string) {
  const Owner = owner(account)
  return {
    Owner,
    Grants: [{ Grantee: { Type: 'CanonicalUser' as const, ...Owner }, Permission: 'FULL_CONTROL' }],
  }
}

/** The region of us-east-1 is no text at all. */
function location(bucket: BucketEstate): RawBody {
  const region = home(bucket) === 'us-east-1' ? '' : home(bucket)
  return new RawBody(
    `${declaration}<LocationConstraint xmlns="${s3.xmlNamespace}">${region}</LocationConstraint>`,
  )
}

function policyText(bucket: BucketEstate): string {
  const { policy } = bucket
  if (policy === undefined) return absent('NoSuchBucketPolicy')
  return typeof policy === 'string' ? policy : JSON.stringify(policy)
}

/** Close enough to what AWS answers: an Allow for everybody without a condition. */
function isPublic(policy: string): boolean {
  const document: unknown = JSON.parse(policy)
  const statements = asArray(member(document, 'Statement'))
  return statements.some(
    one =>
      member(one, 'Effect') === 'Allow' &&
      member(one, 'Condition') === undefined &&
      asArray(member(one, 'Principal')).some(
        who => who === '*' || asArray(member(who, 'AWS')).includes('*'),
      ),
  )
}

function member(value: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(value ?? {})).get(name)
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function absent(code: string): never {
  throw new ApiError(code, 404, 'The configuration does not exist')
}
