import { check } from '../../check.ts'
import { opensByAcl, opensByPolicy } from '../../check-kit/bucket.ts'
import { both, isSet } from '../../check-kit/decide.ts'
import { logsManagementEvents, logsObjectEvents, selectsType } from '../../check-kit/trail.ts'

export default [
  check('aws_cloudtrail', {
    id: 'cloudtrail_multi_region_enabled',
    title: 'CloudTrail trails log all regions',
    severity: 'high',
    why: 'An intruder works in the region where nobody looks; what happens there is not recorded.',
    fix: 'Set `is_multi_region_trail = true` and leave `enable_logging` on.',
    cli: 'aws cloudtrail update-trail --name {name} --is-multi-region-trail --region {region}',
    aliases: ['CKV_AWS_67', 'AWS-0014'],
    pass: trail => trail.is_multi_region_trail && trail.enable_logging,
    bad: ['', 'is_multi_region_trail = true\nenable_logging = false'],
    good: ['is_multi_region_trail = true'],
    set: { is_multi_region_trail: true, enable_logging: true },
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_multi_region_enabled_logging_management_events',
    title: 'Multi-region CloudTrail trails log management events, reading and writing',
    severity: 'low',
    why: 'Changes to the account’s own configuration leave no trace.',
    fix: 'Select management events with `read_write_type = "All"`, or leave out the event selectors.',
    when: trail => trail.is_multi_region_trail,
    pass: trail =>
      both(
        () => trail.enable_logging,
        () => logsManagementEvents(trail, 'read'),
        () => logsManagementEvents(trail, 'write'),
      ),
    bad: [
      'is_multi_region_trail = true\nenable_logging = false',
      'is_multi_region_trail = true\nevent_selector {\n include_management_events = false\n}',
      'is_multi_region_trail = true\nevent_selector {\n read_write_type = "WriteOnly"\n}',
      `is_multi_region_trail = true\n${advanced('eventCategory', 'Data')}`,
    ],
    good: [
      'is_multi_region_trail = true',
      'is_multi_region_trail = true\nevent_selector {\n read_write_type = "All"\n}',
      `is_multi_region_trail = true\n${advanced('eventCategory', 'Management')}`,
      'is_multi_region_trail = true\nevent_selector {\n read_write_type = "ReadOnly"\n}\nevent_selector {\n read_write_type = "WriteOnly"\n}',
    ],
    fault: 'does not log all management events',
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_log_file_validation_enabled',
    title: 'CloudTrail log files can be validated',
    severity: 'medium',
    why: 'Nobody can tell whether log files were changed or deleted after they were written.',
    fix: 'Set `enable_log_file_validation = true`.',
    cli: 'aws cloudtrail update-trail --name {name} --enable-log-file-validation --region {region}',
    aliases: ['CKV_AWS_36', 'AWS-0016'],
    pass: trail => trail.enable_log_file_validation,
    bad: ['', 'enable_log_file_validation = false'],
    good: ['enable_log_file_validation = true'],
    set: { enable_log_file_validation: true },
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_kms_encryption_enabled',
    title: 'CloudTrail logs are encrypted with a KMS key',
    severity: 'medium',
    why: 'Whoever may read the bucket reads the logs, which tell who can do what in the account.',
    fix: 'Set `kms_key_id` to the ARN of a KMS key.',
    aliases: ['CKV_AWS_35', 'AWS-0015'],
    pass: trail => isSet(() => trail.kms_key_id),
    bad: [''],
    good: ['kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a"'],
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_cloudwatch_logging_enabled',
    title: 'CloudTrail sends its events to CloudWatch Logs',
    severity: 'low',
    why: 'Files in a bucket raise no alarm: metric filters and alarms need a log group.',
    fix: 'Set `cloud_watch_logs_group_arn` and `cloud_watch_logs_role_arn`.',
    aliases: ['CKV2_AWS_10', 'AWS-0162'],
    pass: trail => isSet(() => trail.cloud_watch_logs_group_arn),
    bad: [''],
    good: ['cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*"'],
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_insights_exist',
    title: 'CloudTrail trails record insight events',
    severity: 'low',
    why: 'Bursts of calls and of errors, which is how break-ins and faults often begin, go unnoticed.',
    fix: 'Add `insight_selector` blocks for `ApiCallRateInsight` and `ApiErrorRateInsight`.',
    pass: trail => trail.insight_selector.some(() => true),
    bad: [''],
    good: ['insight_selector {\n insight_type = "ApiCallRateInsight"\n}'],
    fault: 'records no insight events',
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_s3_dataevents_read_enabled',
    title: 'CloudTrail logs reading of all S3 objects',
    severity: 'low',
    why: 'After a leak nobody can tell which objects were taken.',
    fix: 'Add a data event selector for all S3 objects that includes reading.',
    pass: trail => logsObjectEvents(trail, 'read'),
    bad: ['', objects('WriteOnly', 'arn:aws:s3'), objects('All', 'arn:aws:s3:::a/')],
    good: [
      objects('All', 'arn:aws:s3'),
      objects('ReadOnly', 'arn:aws:s3:::'),
      advanced('resources.type', 'AWS::S3::Object'),
    ],
    fault: 'does not log reading of all S3 objects',
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_s3_dataevents_write_enabled',
    title: 'CloudTrail logs writing and deleting of all S3 objects',
    severity: 'low',
    why: 'When objects are changed or gone, nobody can tell who did it.',
    fix: 'Add a data event selector for all S3 objects that includes writing.',
    pass: trail => logsObjectEvents(trail, 'write'),
    bad: ['', objects('ReadOnly', 'arn:aws:s3'), objects('All', 'arn:aws:s3:::a/')],
    good: [
      objects('All', 'arn:aws:s3'),
      objects('WriteOnly', 'arn:aws:s3:::'),
      advanced('resources.type', 'AWS::S3::Object'),
    ],
    fault: 'does not log writing of all S3 objects',
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_bedrock_logging_enabled',
    title: 'CloudTrail logs the use of Bedrock',
    severity: 'medium',
    why: 'Stolen credentials are often used to run models at the owner’s cost, and nothing shows it.',
    fix: 'Log management events, or add a data event selector for an `AWS::Bedrock::` type.',
    pass: trail =>
      logsManagementEvents(trail, 'read') ||
      trail.advanced_event_selector.some(selector => selectsType(selector, /^AWS::Bedrock::/)),
    bad: [
      'event_selector {\n include_management_events = false\n}',
      advanced('resources.type', 'AWS::S3::Object'),
    ],
    good: ['', advanced('resources.type', 'AWS::Bedrock::Model')],
    fault: 'does not log the use of Bedrock',
  }),

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

function objects(kind: string, arn: string): string {
  return `event_selector {
    read_write_type = "${kind}"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["${arn}"]
    }
  }`
}

function advanced(field: string, value: string): string {
  return `advanced_event_selector {
    field_selector {
      field  = "${field}"
      equals = ["${value}"]
    }
  }`
}
