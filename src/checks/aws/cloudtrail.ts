import { check, live } from '../../check.ts'
import { both, either, isSet } from '../../check-kit/decide.ts'
import {
  logsManagementEvents,
  logsObjectEvents,
  selectsType,
  type Trail,
} from '../../check-kit/trail.ts'

const writesAlone = [{ read_write_type: 'WriteOnly', include_management_events: true }]

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
    live: live('aws_account', {
      fix: 'Create a trail for all regions and start its logging.',
      pass: (_, { all }) =>
        all('aws_cloudtrail').some(trail =>
          both(
            () => trail.is_multi_region_trail,
            () => trail.enable_logging,
          ),
        ),
      bad: [
        trails(),
        trails({ is_multi_region_trail: true, enable_logging: false }),
        trails({ is_multi_region_trail: false, enable_logging: true }),
      ],
      good: [
        trails(
          { is_multi_region_trail: false, enable_logging: true },
          { is_multi_region_trail: true, enable_logging: true },
        ),
      ],
      fault: 'has no trail that logs all regions',
    }),
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
    live: live('aws_account', {
      fix: 'Create a trail for all regions that logs management events, reading and writing.',
      pass: (_, { all }) =>
        all('aws_cloudtrail').some(trail =>
          both(
            () => trail.is_multi_region_trail,
            () => trail.enable_logging,
            () => logsManagementEvents(trail, 'read'),
            () => logsManagementEvents(trail, 'write'),
          ),
        ),
      bad: [
        trails(),
        trails({ is_multi_region_trail: true, enable_logging: true, event_selector: writesAlone }),
        trails({ is_multi_region_trail: false, enable_logging: true }),
      ],
      good: [trails({ is_multi_region_trail: true, enable_logging: true })],
      fault: 'has no trail that logs all management events of all regions',
    }),
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
    live: live('aws_account', {
      pass: (_, { all }) =>
        all('aws_cloudtrail').some(trail =>
          both(
            () => trail.enable_logging,
            () => logsObjectEvents(trail, 'read'),
          ),
        ),
      bad: [
        trails(),
        trails({ enable_logging: true, event_selector: [] }),
        trails({ enable_logging: true, event_selector: objectEvents('WriteOnly') }),
        trails({ enable_logging: false, event_selector: objectEvents('All') }),
      ],
      good: [
        trails(
          { enable_logging: true },
          { enable_logging: true, event_selector: objectEvents('ReadOnly') },
        ),
      ],
      fault: 'has no trail that logs reading of all S3 objects',
    }),
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
    live: live('aws_account', {
      pass: (_, { all }) =>
        all('aws_cloudtrail').some(trail =>
          both(
            () => trail.enable_logging,
            () => logsObjectEvents(trail, 'write'),
          ),
        ),
      bad: [
        trails(),
        trails({ enable_logging: true, event_selector: objectEvents('ReadOnly') }),
        trails({ enable_logging: false, event_selector: objectEvents('All') }),
      ],
      good: [trails({ enable_logging: true, event_selector: objectEvents('All') })],
      fault: 'has no trail that logs writing of all S3 objects',
    }),
  }),

  check('aws_cloudtrail', {
    id: 'cloudtrail_bedrock_logging_enabled',
    title: 'CloudTrail logs the use of Bedrock',
    severity: 'medium',
    why: 'Stolen credentials are often used to run models at the owner’s cost, and nothing shows it.',
    fix: 'Log management events, or add a data event selector for an `AWS::Bedrock::` type.',
    pass: logsBedrock,
    bad: [
      'event_selector {\n include_management_events = false\n}',
      advanced('resources.type', 'AWS::S3::Object'),
    ],
    good: ['', advanced('resources.type', 'AWS::Bedrock::Model')],
    fault: 'does not log the use of Bedrock',
    live: live('aws_account', {
      pass: (_, { all }) =>
        all('aws_cloudtrail').some(trail =>
          both(
            () => trail.enable_logging,
            () => logsBedrock(trail),
          ),
        ),
      bad: [
        trails(),
        trails({ enable_logging: false }),
        trails({ enable_logging: true, event_selector: writesAlone }),
      ],
      good: [
        trails({ enable_logging: true, event_selector: writesAlone }, { enable_logging: true }),
      ],
      fault: 'has no trail that logs the use of Bedrock',
    }),
  }),
]

function logsBedrock(trail: Trail): boolean {
  return either(
    () => logsManagementEvents(trail, 'read'),
    () => trail.advanced_event_selector.some(selector => selectsType(selector, /^AWS::Bedrock::/)),
  )
}

function trails(...all: readonly Readonly<Record<string, unknown>>[]) {
  return {
    aws_account: { id: '111122223333' },
    aws_cloudtrail: all.map(trail => ({
      name: 'a',
      event_selector: null,
      advanced_event_selector: null,
      // finished: an example
      ...trail,
    })),
  }
}

function objectEvents(kind: string) {
  return [
    {
      read_write_type: kind,
      include_management_events: true,
      data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
    },
  ]
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
