import type { Grant, Permission } from '@aws-sdk/client-s3'
import type { BucketEstate } from '../services/s3/state.ts'
import { account, document, type Environment, keyArn, tags, virginia } from './make.ts'

interface Odd extends Partial<Omit<BucketEstate, 'Name'>> {
  readonly region?: string
  /** What a sound bucket has and this one lacks; `kms`: the customer's own key. */
  readonly without?: readonly (keyof BucketEstate | 'kms')[]
}

/** A sound bucket, but for what is odd about it. */
export function bucket(
  Name: string,
  environment: Environment,
  { region = virginia, without = [], ...odd }: Odd = {},
): BucketEstate {
  const logs = region === virginia ? 'brightcart-prod-access-logs' : 'brightcart-eu-access-logs'
  const sound: BucketEstate = {
    Name,
    BucketRegion: region,
    CreationDate: new Date('2022-06-14T08:30:00Z'),
    encryption: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: without.includes('kms')
            ? { SSEAlgorithm: 'AES256' }
            : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn(region, 'shop-data') },
          BucketKeyEnabled: true,
        },
      ],
    },
    lifecycle: [
      {
        ID: 'expire-old-versions',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ],
    logging: { TargetBucket: logs, TargetPrefix: `${Name}/` },
    ownership: 'BucketOwnerEnforced',
    policy: document(tlsOnly(Name)),
    publicAccessBlock: blocked(true),
    tags: tags(Name, environment),
    versioning: { Status: 'Enabled' },
  }
  const kept = Object.entries({ ...sound, ...odd }).filter(
    ([key]) => !without.some(one => one === key) || Object.hasOwn(odd, key),
  )
  return { ...Object.fromEntries(kept), Name }
}

export function blocked(all: boolean) {
  return {
    BlockPublicAcls: all,
    IgnorePublicAcls: all,
    BlockPublicPolicy: all,
    RestrictPublicBuckets: all,
  }
}

export function tlsOnly(name: string): object {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
}

export function trailWrites(name: string): object {
  return {
    Sid: 'CloudTrailWrites',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${name}/AWSLogs/${account}/*`,
    Condition: {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
    },
  }
}

export function acl(...grants: readonly Grant[]) {
  const owner = { ID: '7f3b9c1d5e2a4f6b8c0d1e3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f1a3b' }
  return {
    Owner: owner,
    Grants: [
      {
        Grantee: { Type: 'CanonicalUser' as const, ...owner },
        Permission: 'FULL_CONTROL' as const,
      },
      ...grants,
    ],
  }
}

export function everybody(Permission: Permission): Grant {
  return group('global/AllUsers', Permission)
}

export function anyAwsUser(Permission: Permission): Grant {
  return group('global/AuthenticatedUsers', Permission)
}

export function logDelivery(Permission: Permission): Grant {
  return group('s3/LogDelivery', Permission)
}

function group(name: string, Permission: Permission): Grant {
  return {
    Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${name}` },
    Permission,
  }
}

export function replication(to: string) {
  return {
    Role: `arn:aws:iam::${account}:role/s3-replication`,
    Rules: [
      {
        ID: 'to-europe',
        Status: 'Enabled' as const,
        Priority: 1,
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Disabled' as const },
        Destination: { Bucket: `arn:aws:s3:::${to}` },
      },
    ],
  }
}

export function point(Name: string, Bucket: string, isBlocked: boolean) {
  return {
    Name,
    Bucket,
    NetworkOrigin: 'Internet' as const,
    PublicAccessBlockConfiguration: blocked(isBlocked),
    CreationDate: new Date('2023-09-12T10:00:00Z'),
  }
}
