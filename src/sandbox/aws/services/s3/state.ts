import type {
  Bucket,
  CORSRule,
  GetBucketAclOutput,
  GetBucketVersioningOutput,
  LifecycleRule,
  LoggingEnabled,
  NotificationConfiguration,
  ObjectLockConfiguration,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionConfiguration,
  Tag,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3'
import type { AccessPointEstate, MultiRegionEstate } from '../s3control/state.ts'

export interface S3Estate {
  readonly buckets?: readonly BucketEstate[]
  /** The whole account's block; left out: none was ever set. */
  readonly accountPublicAccessBlock?: PublicAccessBlockConfiguration
  readonly accessPoints?: readonly AccessPointEstate[]
  readonly multiRegionAccessPoints?: readonly MultiRegionEstate[]
}

/** A bucket and the answers of its Get operations; what is left out was never set. */
export interface BucketEstate extends Bucket {
  Name: string
  acl?: GetBucketAclOutput
  cors?: CORSRule[]
  /** Left out: SSE-S3, which every bucket has. */
  encryption?: ServerSideEncryptionConfiguration
  lifecycle?: LifecycleRule[]
  logging?: LoggingEnabled
  notification?: NotificationConfiguration
  objectLock?: ObjectLockConfiguration
  ownership?: ObjectOwnership
  /** A document, or its text. */
  policy?: string | object
  publicAccessBlock?: PublicAccessBlockConfiguration
  replication?: ReplicationConfiguration
  requestPayer?: 'BucketOwner' | 'Requester'
  tags?: Tag[]
  accelerate?: 'Enabled' | 'Suspended'
  versioning?: GetBucketVersioningOutput
  website?: WebsiteConfiguration
}

export interface S3State {
  readonly buckets: Map<string, BucketEstate>
  accountPublicAccessBlock: PublicAccessBlockConfiguration | undefined
  readonly accessPoints: AccessPointEstate[]
  readonly multiRegionAccessPoints: MultiRegionEstate[]
}

export function s3State(estate: S3Estate): S3State {
  const { buckets = [], accessPoints = [], multiRegionAccessPoints = [] } = structuredClone(estate)
  const sorted = [...buckets].sort((a, b) => (a.Name < b.Name ? -1 : 1))
  return {
    buckets: new Map(sorted.map(bucket => [bucket.Name, bucket])),
    accountPublicAccessBlock: structuredClone(estate.accountPublicAccessBlock),
    accessPoints: [...accessPoints],
    multiRegionAccessPoints: [...multiRegionAccessPoints],
  }
}
