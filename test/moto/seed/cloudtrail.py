from s3 import grants

ACCOUNT = (
    'cloudtrail_multi_region_enabled',
    'cloudtrail_multi_region_enabled_logging_management_events',
    'cloudtrail_s3_dataevents_read_enabled',
    'cloudtrail_s3_dataevents_write_enabled',
)
BUCKET = (
    'cloudtrail_logs_s3_bucket_access_logging_enabled',
    'cloudtrail_logs_s3_bucket_is_not_publicly_accessible',
)


def fill(estate):
    trail = estate.client('cloudtrail')
    log_bucket(estate, 'moto-trail-open', is_open=True)
    trail.create_trail(Name='careless', S3BucketName='moto-trail-open', IsMultiRegionTrail=False)
    trail.start_logging(Name='careless')
    estate.bad(
        estate.arn('cloudtrail', 'trail/careless'),
        'cloudtrail_kms_encryption_enabled',
        'cloudtrail_log_file_validation_enabled',
        'cloudtrail_cloudwatch_logging_enabled',
        'cloudtrail_insights_exist',
        'cloudtrail_bucket_requires_mfa_delete',
        *BUCKET,
    )
    estate.bad(estate.root, *ACCOUNT)
    # What AWS makes of a trail without selectors: every management event, Bedrock's too.
    estate.good(estate.root, 'cloudtrail_bedrock_logging_enabled')
    log_bucket(estate, 'moto-trail-half')
    trail.create_trail(
        Name='half', S3BucketName='moto-trail-half', EnableLogFileValidation=True
    )
    # One selector that leaves out reads.
    trail.put_event_selectors(
        TrailName='half',
        EventSelectors=[{'ReadWriteType': 'WriteOnly', 'IncludeManagementEvents': True}],
    )
    estate.good(estate.arn('cloudtrail', 'trail/half'), 'cloudtrail_log_file_validation_enabled')
    estate.bad(estate.arn('cloudtrail', 'trail/half'), 'cloudtrail_kms_encryption_enabled')


def careful(estate):
    trail = estate.client('cloudtrail')
    log_bucket(estate, 'moto-trail-kept', is_kept=True)
    key = estate.client('kms').create_key()['KeyMetadata']['Arn']
    trail.create_trail(
        Name='careful',
        S3BucketName='moto-trail-kept',
        IsMultiRegionTrail=True,
        EnableLogFileValidation=True,
        KmsKeyId=key,
        CloudWatchLogsLogGroupArn=estate.arn('logs', 'log-group:trail:*'),
        CloudWatchLogsRoleArn=f'arn:aws:iam::{estate.account}:role/trail',
    )
    trail.start_logging(Name='careful')
    trail.put_event_selectors(
        TrailName='careful',
        EventSelectors=[
            {
                'ReadWriteType': 'All',
                'IncludeManagementEvents': True,
                'DataResources': [{'Type': 'AWS::S3::Object', 'Values': ['arn:aws:s3']}],
            }
        ],
    )
    trail.put_insight_selectors(
        TrailName='careful', InsightSelectors=[{'InsightType': 'ApiCallRateInsight'}]
    )
    estate.good(
        estate.arn('cloudtrail', 'trail/careful'),
        'cloudtrail_kms_encryption_enabled',
        'cloudtrail_log_file_validation_enabled',
        'cloudtrail_insights_exist',
        'cloudtrail_cloudwatch_logging_enabled',
        *BUCKET,
    )
    estate.good(estate.root, *ACCOUNT, 'cloudtrail_bedrock_logging_enabled')
    estate.lacks('moto drops MFADelete', 'cloudtrail_bucket_requires_mfa_delete')


def log_bucket(estate, name, is_open=False, is_kept=False):
    s3 = estate.client('s3')
    s3.create_bucket(Bucket=name)
    if is_open:
        s3.put_bucket_acl(Bucket=name, ACL='public-read')
    if is_kept:
        s3.create_bucket(Bucket=f'{name}-access')
        deliverers = 'http://acs.amazonaws.com/groups/s3/LogDelivery'
        grants(s3, f'{name}-access', (deliverers, 'WRITE'), (deliverers, 'READ_ACP'))
        s3.put_bucket_logging(
            Bucket=name,
            BucketLoggingStatus={
                'LoggingEnabled': {'TargetBucket': f'{name}-access', 'TargetPrefix': ''}
            },
        )
