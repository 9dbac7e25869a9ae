import type { Grant, Owner } from '@aws-sdk/client-s3'
import { action } from '../action.ts'
import { bucket, bucketOf, countBuckets, webUses } from './bucket.ts'
import { call, given, ifThere } from './cloud.ts'

interface State {
  readonly owner: Owner
  readonly grants: readonly Grant[]
}

/** Takes the grants to everybody off the ACL, and leaves those to named accounts. */
export const s3BucketPublicAcl = action<State>({
  ...bucket,
  id: 's3_bucket_public_acl',
  title: 'Take the grants to everybody off the bucket’s ACL',
  mends: ['s3_bucket_public_list_acl', 's3_bucket_public_write_acl'],
  blast: 'B2',
  mode: 'auto',
  permissions: {
    read: [
      's3:GetBucketAcl',
      's3:GetBucketTagging',
      's3:GetBucketWebsite',
      's3:ListAllMyBuckets',
      'cloudfront:ListDistributions',
    ],
    write: ['s3:PutBucketAcl'],
    undo: ['s3:PutBucketAcl'],
  },
  read: (cloud, target) =>
    ifThere(['NoSuchBucket'], async () => {
      const { Owner, Grants } = await cloud.ask('s3', 'GetBucketAcl', bucketOf(target))
      return { owner: given(Owner, 'Owner'), grants: given(Grants, 'Grants') }
    }),
  isGood: ({ grants }) => !grants.some(isToEverybody),
  holds: webUses,
  population: countBuckets,
  mend: ({ owner, grants }, target) => [
    put(
      target,
      owner,
      grants.filter(grant => !isToEverybody(grant)),
    ),
  ],
  undo: ({ owner, grants }, _, target) => [put(target, owner, grants)],
})

function put(target: Parameters<typeof bucketOf>[0], owner: Owner, grants: readonly Grant[]) {
  return call('s3', 'PutBucketAcl', {
    ...bucketOf(target),
    AccessControlPolicy: { Owner: owner, Grants: [...grants] },
  })
}

function isToEverybody({ Grantee }: Grant): boolean {
  return /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/.test(Grantee?.URI ?? '')
}
