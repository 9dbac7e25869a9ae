import { action } from '../action.ts'
import { bucket, bucketOf, countBuckets, webUses } from './bucket.ts'
import { call, ifThere } from './cloud.ts'
import { type Block, blockOf, closed } from './public-access-block.ts'

interface State {
  /** Null: the bucket has no block of its own. */
  readonly block: Block | null
}

export const s3BucketPublicAccess = action<State>({
  ...bucket,
  id: 's3_bucket_public_access',
  title: 'Block all public access to the bucket',
  mends: [
    's3_bucket_public_access',
    's3_bucket_level_public_access_block',
    's3_bucket_block_public_acls',
    's3_bucket_block_public_policy',
    's3_bucket_ignore_public_acls',
    's3_bucket_restrict_public_buckets',
    's3_bucket_policy_public_write_access',
  ],
  maybe: ['cloudtrail_logs_s3_bucket_is_not_publicly_accessible'],
  blast: 'B2',
  mode: 'auto',
  permissions: {
    read: [
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketTagging',
      's3:GetBucketWebsite',
      's3:ListAllMyBuckets',
      'cloudfront:ListDistributions',
    ],
    write: ['s3:PutBucketPublicAccessBlock'],
    undo: ['s3:PutBucketPublicAccessBlock'],
  },
  read: (cloud, target) =>
    ifThere(['NoSuchBucket'], async () => {
      const answer = await cloud.find('s3', 'GetPublicAccessBlock', bucketOf(target), [
        'NoSuchPublicAccessBlockConfiguration',
      ])
      return { block: answer && blockOf(answer.PublicAccessBlockConfiguration) }
    }),
  isGood: ({ block }) => block !== null && Object.values(block).every(Boolean),
  holds: webUses,
  population: countBuckets,
  mend: (_, target) => [
    call('s3', 'PutPublicAccessBlock', {
      ...bucketOf(target),
      PublicAccessBlockConfiguration: closed,
    }),
  ],
  undo: ({ block }, _, target) => [
    block
      ? call('s3', 'PutPublicAccessBlock', {
          ...bucketOf(target),
          PublicAccessBlockConfiguration: block,
        })
      : call('s3', 'DeletePublicAccessBlock', bucketOf(target)),
  ],
})
