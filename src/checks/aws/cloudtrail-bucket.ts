import { check } from '../../check.ts'
import { opensByAcl, opensByPolicy } from '../../check-kit/bucket.ts'
import { both } from '../../check-kit/decide.ts'

export default [
  check('aws_cloudtrail', {
    id: 'cloudtrail_logs_s3_bucket_access_logging_enabled',
    title: 'The bucket of a CloudTrail trail logs who accesses it',
    severity: 'medium',
    why: 'Nobody can tell who read the logs, or tried to delete them.',
    fix: 'Add an `aws_s3_bucket_logging` to the trail’s bucket.',
    aliases: ['AWS-0163'],
    when: (_, { related }) => related('aws_s3_bucket').some(() => true),
    pass: (_, { related }) =>
      related('aws_s3_bucket').every(bucket => bucket.logging !== undefined),
    bad: [trailInto('')],
    good: [trailInto('logging {\n target_bucket = "logs"\n}')],
    fault: 'writes to a bucket that does not log access',
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_logs_s3_bucket_is_not_publicly_accessible',
    title: 'The bucket of a CloudTrail trail is not open to the public',
    severity: 'critical',
    why: 'The logs tell strangers which accounts, roles and addresses there are to attack.',
    fix: 'Take the public grant out of the bucket’s ACL or policy, and block public access.',
    aliases: ['AWS-0161'],
    when: (_, { related }) => related('aws_s3_bucket').some(() => true),
    pass: (_, { related }) =>
      related('aws_s3_bucket').every(bucket =>
        both(
          () => !opensByAcl(bucket, ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP']),
          () => !opensByPolicy(bucket),
        ),
      ),
    bad: [trailInto('', publicAcl())],
    good: [trailInto('')],
    fault: 'writes to a bucket that is open to the public',
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_bucket_requires_mfa_delete',
    title: 'The bucket of a CloudTrail trail asks for MFA before versions are deleted',
    severity: 'medium',
    why: 'Stolen credentials are enough to delete the record of what they did.',
    fix: 'Turn on versioning and, as the root user, MFA delete for the trail’s bucket.',
    when: (_, { related }) => related('aws_s3_bucket').some(() => true),
    pass: (_, { related }) =>
      related('aws_s3_bucket').every(bucket => bucket.versioning.mfa_delete),
    bad: [trailInto('')],
    good: [trailInto('versioning {\n enabled = true\n mfa_delete = true\n}')],
    fault: 'writes to a bucket without MFA delete',
  }),
]

function publicAcl(): string {
  return `resource "aws_s3_bucket_public_access_block" "a" {
    bucket = aws_s3_bucket.a.id
  }
  resource "aws_s3_bucket_ownership_controls" "a" {
    bucket = aws_s3_bucket.a.id
    rule {
      object_ownership = "ObjectWriter"
    }
  }
  resource "aws_s3_bucket_acl" "a" {
    bucket = aws_s3_bucket.a.id
    acl    = "public-read"
  }`
}

function trailInto(bucket: string, parts = ''): string {
  return `resource "aws_s3_bucket" "a" {
    bucket = "a"
    ${bucket}
  }
  resource "aws_cloudtrail" "a" {
    name           = "a"
    s3_bucket_name = aws_s3_bucket.a.id
  }
  ${parts}`
}
