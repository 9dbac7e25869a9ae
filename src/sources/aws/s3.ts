import {
  type Bucket,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Service } from '../../clouds/aws/session.ts'
import { reader } from './read.ts'
import { detail, type Place, type Row, row } from './row.ts'

const service: Service = {
  name: 's3',
  concurrency: 50,
  client: config =>
    // One host name for all buckets, so that their requests share connections.
    new S3Client({ ...config, forcePathStyle: true, followRegionRedirects: true }),
}
const s3 = reader(service, { ask: 'ContinuationToken', answer: 'ContinuationToken' })

// Only a list that is asked in pages tells the regions.
const buckets = s3.pages(ListBucketsCommand, 'Buckets', () => ({ MaxBuckets: 1000 }), {
  permission: 's3:ListAllMyBuckets',
})
const named = ({ Name }: Bucket) => ({ Bucket: Name })
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
        versioning: answer => [
          { enabled: answer?.Status === 'Enabled', mfa_delete: answer?.MFADelete === 'Enabled' },
        ],
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
