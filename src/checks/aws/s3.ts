import { check } from '../../check.ts'
import { takesAccessLogs } from '../../check-kit/bucket.ts'
import { requiresTls } from '../../check-kit/policy/transport.ts'

export default [
  check('aws_s3_bucket', {
    id: 's3_bucket_default_encryption',
    title: 'S3 buckets encrypt new objects by default',
    severity: 'medium',
    why: 'Objects that are stored in clear are readable to whoever gets at the storage or a copy of it.',
    fix: 'Add an `aws_s3_bucket_server_side_encryption_configuration` with `sse_algorithm = "AES256"` or `"aws:kms"`.',
    cli: `aws s3api put-bucket-encryption --bucket {name} --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'`,
    aliases: ['CKV_AWS_19'],
    pass: bucket => algorithm(bucket) !== undefined && algorithm(bucket) !== '',
    bad: [
      `server_side_encryption_configuration {
        rule {
          apply_server_side_encryption_by_default {
            sse_algorithm = ""
          }
        }
      }`,
    ],
    good: ['', encrypted('AES256')],
    set: {
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm':
        'AES256',
    },
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_kms_encryption',
    title: 'S3 buckets encrypt new objects with a KMS key',
    severity: 'medium',
    why: 'With keys that S3 manages, permission to read an object is all that it takes. A KMS key adds a permission, a log of every use and a way to shut all access off.',
    fix: 'Set `sse_algorithm = "aws:kms"` with a `kms_master_key_id` in the bucket’s encryption configuration.',
    aliases: ['CKV_AWS_145', 'AWS-0132'],
    // S3 delivers no access logs into a bucket that encrypts with KMS.
    when: (bucket, context) => !takesAccessLogs(bucket, context),
    pass: bucket => ['aws:kms', 'aws:kms:dsse'].includes(algorithm(bucket)),
    bad: ['', encrypted('AES256')],
    good: [encrypted('aws:kms'), encrypted('aws:kms:dsse'), logTarget()],
    set: {
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm':
        'aws:kms',
    },
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_object_versioning',
    title: 'S3 buckets keep versions of their objects',
    severity: 'medium',
    why: 'Without versions an object that is overwritten or deleted, by mistake or by an intruder, is gone.',
    fix: 'Add an `aws_s3_bucket_versioning` with `status = "Enabled"`.',
    cli: 'aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled',
    aliases: ['CKV_AWS_21', 'AWS-0090'],
    pass: bucket => bucket.versioning.enabled,
    bad: ['', versioning('Suspended')],
    good: [versioning('Enabled'), 'versioning {\n enabled = true\n}'],
    set: { 'versioning.enabled': true },
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_no_mfa_delete',
    title: 'S3 buckets ask for MFA before versions are deleted',
    severity: 'medium',
    why: 'Stolen credentials are enough to delete every version of every object for good.',
    fix: 'Turn on MFA delete as the root user: it cannot be turned on in any other way.',
    cli: 'aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"',
    aliases: ['AWS-0170'],
    pass: bucket => bucket.versioning.mfa_delete,
    bad: ['', 'versioning {\n enabled = true\n}'],
    good: ['versioning {\n enabled = true\n mfa_delete = true\n}'],
    set: { 'versioning.enabled': true, 'versioning.mfa_delete': true },
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_object_lock',
    title: 'S3 buckets can lock their objects',
    severity: 'low',
    why: 'Without Object Lock nothing keeps backups and logs from being deleted before their time, by ransomware for one.',
    fix: 'Set `object_lock_enabled = true` and a retention in `aws_s3_bucket_object_lock_configuration`.',
    aliases: ['CKV_AWS_143'],
    pass: bucket =>
      bucket.object_lock_enabled ||
      bucket.object_lock_configuration?.object_lock_enabled === 'Enabled',
    bad: ['', 'object_lock_enabled = false'],
    good: ['object_lock_enabled = true'],
    set: { object_lock_enabled: true },
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_lifecycle_enabled',
    title: 'S3 buckets have a lifecycle rule',
    severity: 'low',
    why: 'Data that nobody needs any more stays, costs money and can still be stolen.',
    fix: 'Add an `aws_s3_bucket_lifecycle_configuration` with a rule that expires or archives objects.',
    aliases: ['CKV2_AWS_61'],
    pass: bucket => bucket.lifecycle_rule.some(rule => rule.enabled),
    bad: ['', lifecycle('Disabled')],
    good: [lifecycle('Enabled')],
    fault: 'has no lifecycle rule that is enabled',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_server_access_logging_enabled',
    title: 'S3 buckets log who accesses them',
    severity: 'medium',
    why: 'After a leak nobody can tell which objects were read, and by whom.',
    fix: 'Add an `aws_s3_bucket_logging` that names a target bucket.',
    aliases: ['CKV_AWS_18', 'AWS-0089'],
    // The logs of a bucket for logs would log one another.
    when: (bucket, context) => !takesAccessLogs(bucket, context),
    pass: bucket => bucket.logging !== undefined,
    bad: [''],
    good: [
      `resource "aws_s3_bucket" "a" {
        bucket = "a"
      }
      resource "aws_s3_bucket_logging" "a" {
        bucket        = aws_s3_bucket.a.id
        target_bucket = "logs"
        target_prefix = "a/"
      }`,
      'logging {\n target_bucket = "logs"\n}',
      logTarget(),
    ],
    fault: 'does not log access to its objects',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_event_notifications_enabled',
    title: 'S3 buckets send event notifications',
    severity: 'low',
    why: 'Nothing notices when objects are created, deleted or restored, so nothing can react to it.',
    fix: 'Add an `aws_s3_bucket_notification`, at its simplest with `eventbridge = true`.',
    aliases: ['CKV2_AWS_62'],
    pass: bucket =>
      bucket.notification !== undefined &&
      (bucket.notification.eventbridge ||
        bucket.notification.lambda_function.some(() => true) ||
        bucket.notification.queue.some(() => true) ||
        bucket.notification.topic.some(() => true)),
    bad: [''],
    good: [
      `resource "aws_s3_bucket" "a" {
        bucket = "a"
      }
      resource "aws_s3_bucket_notification" "a" {
        bucket      = aws_s3_bucket.a.id
        eventbridge = true
      }`,
    ],
    fault: 'sends no event notifications',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_secure_transport_policy',
    title: 'S3 bucket policies deny requests without TLS',
    severity: 'medium',
    why: 'Requests over plain HTTP can be read and changed on their way.',
    fix: 'Add a statement that denies `s3:*` on the bucket and its objects to everyone where `aws:SecureTransport` is false.',
    aliases: ['CKV_AWS_379'],
    pass: bucket => bucket.policy !== undefined && requiresTls(bucket.policy),
    bad: ['', policy('Allow', '"Bool" = { "aws:SecureTransport" = "true" }')],
    good: [policy('Deny', '"Bool" = { "aws:SecureTransport" = "false" }')],
    fault: 'has no policy that denies requests without TLS',
  }),

  check('aws_s3_bucket', {
    id: 's3_bucket_acl_prohibited',
    title: 'S3 buckets have ACLs switched off',
    severity: 'medium',
    why: 'ACLs give access beside the policies that people look at, object by object.',
    fix: 'Add an `aws_s3_bucket_ownership_controls` with `object_ownership = "BucketOwnerEnforced"`.',
    cli: "aws s3api put-bucket-ownership-controls --bucket {name} --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'",
    aliases: ['CKV2_AWS_65'],
    pass: bucket => bucket.ownership_controls.rule.object_ownership === 'BucketOwnerEnforced',
    bad: [ownership('ObjectWriter'), ownership('BucketOwnerPreferred')],
    good: ['', ownership('BucketOwnerEnforced')],
  }),
]

function algorithm(bucket: {
  readonly server_side_encryption_configuration: {
    readonly rule: {
      readonly apply_server_side_encryption_by_default: { readonly sse_algorithm: string }
    }
  }
}): string {
  return bucket.server_side_encryption_configuration.rule.apply_server_side_encryption_by_default
    .sse_algorithm
}

function logTarget(): string {
  return withPart(
    'policy',
    `policy = jsonencode({
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = "logging.s3.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::a/*"
      }]
    })`,
  )
}

function withPart(part: string, body: string): string {
  return `resource "aws_s3_bucket" "a" {
    bucket = "a"
  }
  resource "aws_s3_bucket_${part}" "a" {
    bucket = aws_s3_bucket.a.id
    ${body}
  }`
}

function encrypted(algorithm: string): string {
  return withPart(
    'server_side_encryption_configuration',
    `rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "${algorithm}"
      }
    }`,
  )
}

function versioning(status: string): string {
  return withPart('versioning', `versioning_configuration {\n status = "${status}"\n}`)
}

function lifecycle(status: string): string {
  return withPart(
    'lifecycle_configuration',
    `rule {
      id     = "old"
      status = "${status}"
      filter {}
      expiration {
        days = 365
      }
    }`,
  )
}

function ownership(kind: string): string {
  return withPart('ownership_controls', `rule {\n object_ownership = "${kind}"\n}`)
}

function policy(effect: string, condition: string): string {
  return withPart(
    'policy',
    `policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "${effect}"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::a", "arn:aws:s3:::a/*"]
        Condition = { ${condition} }
      }]
    })`,
  )
}
