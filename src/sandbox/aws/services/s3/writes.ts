import * as S3 from '@aws-sdk/client-s3'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { bucketOperation } from './bucket.ts'
import { isPublicPolicy } from './public-policy.ts'
import { ownerOnly } from './reads.ts'
import type { BucketEstate } from './state.ts'

export const writes: readonly Operation[] = [
  operation(S3.CreateBucket$, (input: S3.CreateBucketRequest, { state, region }) => {
    const Name = input.Bucket ?? ''
    if (state.s3.buckets.has(Name)) {
      throw new ApiError('BucketAlreadyOwnedByYou', 409, 'You already own the bucket.')
    }
    state.s3.buckets.set(Name, {
      Name,
      BucketRegion: input.CreateBucketConfiguration?.LocationConstraint ?? region,
      ownership: 'BucketOwnerEnforced',
      publicAccessBlock: allBlocked,
    })
    return { Location: `/${Name}` }
  }),
  bucketOperation(S3.DeleteBucket$, (bucket, { state }) => {
    state.s3.buckets.delete(bucket.Name)
  }),
  put(S3.PutPublicAccessBlock$, (bucket, input: S3.PutPublicAccessBlockRequest) => {
    bucket.publicAccessBlock = { ...noneBlocked, ...input.PublicAccessBlockConfiguration }
  }),
  put(S3.DeletePublicAccessBlock$, bucket => {
    delete bucket.publicAccessBlock
  }),
  bucketOperation(S3.PutBucketPolicy$, (bucket, { state }, input: S3.PutBucketPolicyRequest) => {
    const policy = input.Policy ?? ''
    const blocks =
      bucket.publicAccessBlock?.BlockPublicPolicy ||
      state.s3.accountPublicAccessBlock?.BlockPublicPolicy
    if (blocks && isPublicPolicy(policy)) {
      throw new ApiError(
        'AccessDenied',
        403,
        'Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
      )
    }
    refuseMalformed(policy)
    bucket.policy = policy
  }),
  put(S3.DeleteBucketPolicy$, bucket => {
    delete bucket.policy
  }),
  bucketOperation(S3.PutBucketAcl$, (bucket, { state }, input: S3.PutBucketAclRequest) => {
    if (bucket.ownership === 'BucketOwnerEnforced') {
      throw new ApiError('AccessControlListNotSupported', 400, 'The bucket does not allow ACLs')
    }
    const owner = ownerOnly(state.canonicalId)
    bucket.acl = input.ACL
      ? { ...owner, Grants: [...(owner.Grants ?? []), ...cannedGrants(input.ACL)] }
      : { ...owner, ...input.AccessControlPolicy }
  }),
  put(S3.PutBucketOwnershipControls$, (bucket, input: S3.PutBucketOwnershipControlsRequest) => {
    const rule = input.OwnershipControls?.Rules?.[0]
    if (rule?.ObjectOwnership) bucket.ownership = rule.ObjectOwnership
  }),
  put(S3.DeleteBucketOwnershipControls$, bucket => {
    delete bucket.ownership
  }),
  put(S3.PutBucketVersioning$, (bucket, input: S3.PutBucketVersioningRequest) => {
    const { Status, MFADelete } = input.VersioningConfiguration ?? {}
    bucket.versioning = {
      ...bucket.versioning,
      ...(Status && { Status }),
      ...(MFADelete && { MFADelete }),
    }
  }),
  put(S3.PutBucketEncryption$, (bucket, input: S3.PutBucketEncryptionRequest) => {
    if (input.ServerSideEncryptionConfiguration) {
      bucket.encryption = input.ServerSideEncryptionConfiguration
    }
  }),
  put(S3.DeleteBucketEncryption$, bucket => {
    delete bucket.encryption
  }),
  put(S3.PutBucketLogging$, (bucket, input: S3.PutBucketLoggingRequest) => {
    const logging = input.BucketLoggingStatus?.LoggingEnabled
    if (logging) bucket.logging = logging
    else delete bucket.logging
  }),
  put(
    S3.PutBucketLifecycleConfiguration$,
    (bucket, input: S3.PutBucketLifecycleConfigurationRequest) => {
      bucket.lifecycle = input.LifecycleConfiguration?.Rules ?? []
    },
  ),
  put(S3.DeleteBucketLifecycle$, bucket => {
    delete bucket.lifecycle
  }),
  put(S3.PutBucketTagging$, (bucket, input: S3.PutBucketTaggingRequest) => {
    bucket.tags = input.Tagging?.TagSet ?? []
  }),
  put(S3.DeleteBucketTagging$, bucket => {
    delete bucket.tags
  }),
  put(S3.PutBucketWebsite$, (bucket, input: S3.PutBucketWebsiteRequest) => {
    bucket.website = input.WebsiteConfiguration ?? {}
  }),
  put(S3.DeleteBucketWebsite$, bucket => {
    delete bucket.website
  }),
]

function put<Input extends { readonly Bucket?: string | undefined }>(
  schema: Operation['schema'],
  change: (bucket: BucketEstate, input: Input) => void,
): Operation {
  return bucketOperation(schema, (bucket, _call, input: Input) => change(bucket, input))
}

const noneBlocked = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
}
/** What S3 gives every new bucket. */
const allBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

function refuseMalformed(policy: string): void {
  try {
    JSON.parse(policy)
  } catch {
    throw new ApiError('MalformedPolicy', 400, 'This policy contains invalid Json')
  }
}

function cannedGrants(acl: string): S3.Grant[] {
  const grants = (group: string, ...permissions: S3.Permission[]): S3.Grant[] =>
    permissions.map(Permission => ({
      Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${group}` },
      Permission,
    }))
  switch (acl) {
    case 'public-read':
      return grants('global/AllUsers', 'READ')
    case 'public-read-write':
      return grants('global/AllUsers', 'READ', 'WRITE')
    case 'authenticated-read':
      return grants('global/AuthenticatedUsers', 'READ')
    case 'log-delivery-write':
      return grants('s3/LogDelivery', 'WRITE', 'READ_ACP')
    default:
      return []
  }
}
