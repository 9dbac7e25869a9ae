import { check } from '../../check.ts'
import {
  type Bucket,
  isFullyBlocked,
  opensByAcl,
  opensByPolicy,
  type PublicAccessBlock,
} from '../../check-kit/bucket.ts'
import { both } from '../../check-kit/decide.ts'
import { homeOf, trustsOutsiders } from '../../check-kit/policy/outsider.ts'
import { strangersMay } from '../../check-kit/policy/public.ts'

export default [
  check('aws_s3_account_public_access_block', {
    id: 's3_account_level_public_access_blocks',
    title: 'The account blocks public access to its buckets',
    severity: 'high',
    why: 'One bucket with a careless policy or ACL is open to the world. The account’s block holds for all of them, future ones included.',
    fix: 'Set all four settings of `aws_s3_account_public_access_block` to true.',
    cli: 'aws s3control put-public-access-block --account-id {account} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    pass: isFullyBlocked,
    bad: ['', 'block_public_acls = true\nblock_public_policy = true\nignore_public_acls = true'],
    good: [
      'block_public_acls = true\nblock_public_policy = true\nignore_public_acls = true\nrestrict_public_buckets = true',
    ],
    set: {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_level_public_access_block',
    title: 'S3 buckets block public access',
    severity: 'high',
    why: 'Without the block one ACL or one policy is enough to publish the bucket.',
    fix: 'Set all four settings of `aws_s3_bucket_public_access_block` to true.',
    cli: 'aws s3api put-public-access-block --bucket {name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    aliases: ['CKV2_AWS_6'],
    pass: ({ public_access_block }) =>
      both(
        () => public_access_block.ignore_public_acls,
        () => public_access_block.restrict_public_buckets,
      ),
    bad: [
      bucket({ block: '' }),
      bucket({ block: 'block_public_acls = true\nblock_public_policy = true' }),
      bucket({ block: 'ignore_public_acls = true' }),
    ],
    good: ['', bucket({ block: 'ignore_public_acls = true\nrestrict_public_buckets = true' })],
    set: {
      'public_access_block.block_public_acls': true,
      'public_access_block.block_public_policy': true,
      'public_access_block.ignore_public_acls': true,
      'public_access_block.restrict_public_buckets': true,
    },
  }),

  setting('block_public_acls', {
    title: 'S3 buckets reject new public ACLs',
    why: 'Whoever may set an ACL can publish the bucket or an object in it.',
    aliases: ['CKV_AWS_53', 'AWS-0086'],
  }),
  setting('block_public_policy', {
    title: 'S3 buckets reject public policies',
    why: 'Whoever may set the policy can publish the bucket.',
    aliases: ['CKV_AWS_54', 'AWS-0087'],
  }),
  setting('ignore_public_acls', {
    title: 'S3 buckets ignore public ACLs',
    why: 'An ACL that was set in the past, on the bucket or on one object, still publishes it.',
    aliases: ['CKV_AWS_55', 'AWS-0091'],
  }),
  setting('restrict_public_buckets', {
    title: 'S3 buckets with a public policy serve their own account only',
    why: 'A public policy that was set in the past still lets everybody in.',
    aliases: ['CKV_AWS_56', 'AWS-0093'],
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_public_access',
    title: 'S3 buckets are not open to the public',
    severity: 'critical',
    why: 'Anyone on the internet, or anyone with an AWS account, can read or change what is stored here.',
    fix: 'Take the public grant out of the ACL or the policy, and block public access.',
    cli: 'aws s3api put-public-access-block --bucket {name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    aliases: ['CKV_AWS_70'],
    pass: bucket =>
      both(
        () => !opensByPolicy(bucket),
        () => !opensByAcl(bucket, everyPermission),
      ),
    bad: [
      bucket({ block: '', policy: allow('*', 's3:GetObject') }),
      bucket({ block: '', acl: 'public-read' }),
      bucket({ block: 'restrict_public_buckets = true', acl: 'authenticated-read' }),
    ],
    good: [
      '',
      bucket({ block: '', acl: 'private' }),
      bucket({ block: 'ignore_public_acls = true', acl: 'public-read' }),
      bucket({ block: 'restrict_public_buckets = true', policy: allow('*', 's3:GetObject') }),
      bucket({ block: '', policy: allow('arn:aws:iam::111122223333:root', 's3:GetObject') }),
      bucket({
        block: '',
        policy: allow(
          '*',
          's3:GetObject',
          '{ StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }',
        ),
      }),
    ],
    fault: bucket =>
      opensByPolicy(bucket)
        ? 'is open to the public through its policy'
        : 'is open to the public through its ACL',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_policy_public_write_access',
    title: 'S3 bucket policies let no stranger write',
    severity: 'critical',
    why: 'Anyone can replace, delete or plant objects, malware and fake pages among them.',
    fix: 'Name the principals that may write, or restrict the statement by a condition on account, organisation or network.',
    pass: bucket => !opensToWriting(bucket),
    bad: [
      bucket({ block: '', policy: allow('*', 's3:PutObject') }),
      bucket({ block: '', policy: allow('*', 's3:*') }),
      bucket({ block: '', policy: allow('*', 's3:Delete*') }),
    ],
    good: [
      '',
      bucket({ block: '', policy: allow('*', 's3:GetObject') }),
      bucket({ block: 'restrict_public_buckets = true', policy: allow('*', 's3:PutObject') }),
      bucket({ block: '', policy: allow('arn:aws:iam::111122223333:role/app', 's3:PutObject') }),
    ],
    fault: 'lets anyone write through its policy',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_public_list_acl',
    title: 'S3 bucket ACLs let no stranger read',
    severity: 'critical',
    why: 'Anyone on the internet, or anyone with an AWS account, can list the bucket and learn what is in it.',
    fix: 'Use the ACL `private`, or switch ACLs off with `object_ownership = "BucketOwnerEnforced"`.',
    cli: 'aws s3api put-bucket-acl --bucket {name} --acl private',
    aliases: ['CKV_AWS_20', 'CKV_AWS_375', 'CKV2_AWS_43', 'AWS-0092'],
    pass: bucket => !opensByAcl(bucket, ['READ', 'READ_ACP']),
    bad: [
      bucket({ block: '', acl: 'public-read' }),
      bucket({ block: '', acl: 'public-read-write' }),
      bucket({ block: '', grant: 'FULL_CONTROL' }),
    ],
    good: [
      '',
      bucket({ block: '', acl: 'log-delivery-write' }),
      bucket({ block: '', grant: 'WRITE' }),
      bucket({ block: 'ignore_public_acls = true', acl: 'public-read' }),
    ],
    fault: 'lets anyone list it through its ACL',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_public_write_acl',
    title: 'S3 bucket ACLs let no stranger write',
    severity: 'critical',
    why: 'Anyone can store objects at your cost, replace yours, or change who has access.',
    fix: 'Use the ACL `private`, or switch ACLs off with `object_ownership = "BucketOwnerEnforced"`.',
    cli: 'aws s3api put-bucket-acl --bucket {name} --acl private',
    aliases: ['CKV_AWS_57'],
    pass: bucket => !opensByAcl(bucket, ['WRITE', 'WRITE_ACP']),
    bad: [
      bucket({ block: '', acl: 'public-read-write' }),
      bucket({ block: '', grant: 'WRITE_ACP' }),
    ],
    good: ['', bucket({ block: '', acl: 'public-read' }), bucket({ block: '', grant: 'READ' })],
    fault: 'lets anyone write through its ACL',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_cross_account_access',
    title: 'S3 bucket policies give no access to other accounts',
    severity: 'high',
    why: 'Who administers the other account decides who reads and changes what is stored here.',
    fix: 'Take the other account out of the policy, or name it in the option `trusted_accounts`.',
    options: { trusted_accounts: [] },
    pass: (bucket, context) =>
      bucket.policy === undefined || !trustsOutsiders(bucket.policy, homeOf(context)),
    bad: [bucket({ block: '', policy: allow('*', 's3:GetObject') })],
    good: [
      '',
      bucket({
        block: '',
        policy: allow('arn:aws:iam::111122223333:root', 's3:*').replace('Allow', 'Deny'),
      }),
    ],
    fault: 'gives another account access through its policy',
  }),
]

const everyPermission = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP'] as const

const writing = [
  's3:PutObject',
  's3:PutObjectAcl',
  's3:PutObjectTagging',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:RestoreObject',
  's3:PutBucketPolicy',
  's3:PutBucketAcl',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
]

function opensToWriting(bucket: Bucket): boolean {
  return both(
    () => !bucket.public_access_block.restrict_public_buckets,
    () => bucket.policy !== undefined && strangersMay(bucket.policy, writing),
  )
}

interface Setting {
  readonly title: string
  readonly why: string
  readonly aliases: readonly string[]
}

function setting(name: keyof PublicAccessBlock, { title, why, aliases }: Setting) {
  return check('aws_s3_bucket', {
    id: `s3_bucket_${name}`,
    title,
    severity: 'medium',
    why,
    fix: `Set \`${name} = true\` in \`aws_s3_bucket_public_access_block\`.`,
    aliases,
    pass: bucket => bucket.public_access_block[name],
    bad: [bucket({ block: '' }), bucket({ block: `${name} = false` })],
    good: ['', bucket({ block: `${name} = true` })],
    set: { [`public_access_block.${name}`]: true },
  })
}

interface Parts {
  readonly block?: string
  readonly acl?: string
  readonly grant?: string
  readonly policy?: string
}

/** A bucket that takes ACLs, with the parts that are given. */
function bucket({ block, acl, grant, policy }: Parts): string {
  return [
    'resource "aws_s3_bucket" "a" {\n bucket = "a"\n}',
    part('ownership_controls', 'rule {\n object_ownership = "BucketOwnerPreferred"\n}'),
    block === undefined ? '' : part('public_access_block', block),
    acl === undefined ? '' : part('acl', `acl = "${acl}"`),
    grant === undefined ? '' : part('acl', grantToAll(grant)),
    policy === undefined ? '' : part('policy', `policy = ${policy}`),
  ].join('\n')
}

function part(name: string, body: string): string {
  return `resource "aws_s3_bucket_${name}" "a" {\n bucket = aws_s3_bucket.a.id\n ${body}\n}`
}

function grantToAll(permission: string): string {
  return `access_control_policy {
    grant {
      permission = "${permission}"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "a"
    }
  }`
}

function allow(principal: string, action: string, condition = '{}'): string {
  return `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "${principal}" }
      Action    = "${action}"
      Resource  = ["arn:aws:s3:::a", "arn:aws:s3:::a/*"]
      Condition = ${condition}
    }]
  })`
}
