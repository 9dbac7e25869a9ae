import type { Tags, Target } from '../action.ts'
import { type Cloud, given, pages } from './cloud.ts'

/** What every action on a bucket says of it. */
export const bucket = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:s3:::(?<name>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/,
  tags: bucketTags,
} as const

/** Names the bucket, and lets S3 refuse where it is another account's: its ARN does not say whose it is. */
export function bucketOf({ name, account }: Target) {
  return { Bucket: name, ExpectedBucketOwner: account }
}

async function bucketTags(cloud: Cloud, target: Target): Promise<Tags> {
  const answer = await cloud.find('s3', 'GetBucketTagging', bucketOf(target), ['NoSuchTagSet'])
  return Object.fromEntries((answer?.TagSet ?? []).map(tag => [tag.Key ?? '', tag.Value ?? '']))
}

export async function countBuckets(cloud: Cloud): Promise<number> {
  const all = await pages(
    token =>
      cloud.ask('s3', 'ListBuckets', token === undefined ? {} : { ContinuationToken: token }),
    page => given(page.Buckets, 'Buckets'),
    page => page.ContinuationToken,
  )
  return all.length
}

/** Why closing the bucket would take something off the web that is meant to be there. */
export async function webUses(cloud: Cloud, target: Target): Promise<readonly string[]> {
  const website = await cloud.find('s3', 'GetBucketWebsite', bucketOf(target), [
    'NoSuchWebsiteConfiguration',
  ])
  const distributions = await pages(
    Marker => cloud.ask('cloudfront', 'ListDistributions', { Marker }),
    page => given(page.DistributionList, 'DistributionList').Items,
    page => page.DistributionList?.NextMarker,
  )
  const serves = (domain: string | undefined) =>
    domain?.startsWith(`${target.name}.s3`) && domain.includes('.amazonaws.com')
  const cdn = distributions.find(one =>
    one.Origins?.Items?.some(origin => serves(origin.DomainName)),
  )
  return [
    ...(website ? ['the bucket serves a website'] : []),
    ...(cdn ? [`the bucket is an origin of the CloudFront distribution ${cdn.Id}`] : []),
  ]
}
