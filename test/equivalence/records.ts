import { account, type Pair, policy, region } from './pair.ts'

const keyId = '11111111-2222-3333-4444-555555555555'
const key = `arn:aws:kms:${region}:${account}:key/${keyId}`
const owner = policy({
  Sid: 'Owner',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
})

export const pairs: readonly Pair[] = [
  {
    type: 'aws_kms_key',
    code: `resource "aws_kms_key" "a" {
      description         = "of the data"
      enable_key_rotation = true
      policy              = ${owner.code}
      tags                = { team = "shop" }
    }`,
    estate: {
      kms: {
        [region]: {
          keys: [
            {
              KeyId: keyId,
              Arn: key,
              Description: 'of the data',
              Enabled: true,
              KeyState: 'Enabled',
              KeyManager: 'CUSTOMER',
              KeySpec: 'SYMMETRIC_DEFAULT',
              KeyUsage: 'ENCRYPT_DECRYPT',
              Origin: 'AWS_KMS',
              MultiRegion: false,
              rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
              policy: owner.text,
              tags: [{ TagKey: 'team', TagValue: 'shop' }],
            },
          ],
        },
      },
    },
    proves: `description enable_key_rotation rotation_period_in_days is_enabled policy customer_master_key_spec key_usage
      multi_region tags tags_all`,
  },
  {
    type: 'aws_cloudtrail',
    code: `resource "aws_cloudtrail" "a" {
      name                       = "main"
      s3_bucket_name             = "trail"
      is_multi_region_trail      = true
      enable_log_file_validation = true
      kms_key_id                 = "${key}"
      event_selector {
        read_write_type = "WriteOnly"
        data_resource {
          type   = "AWS::S3::Object"
          values = ["arn:aws:s3"]
        }
      }
      insight_selector {
        insight_type = "ApiCallRateInsight"
      }
    }`,
    estate: {
      cloudtrail: {
        [region]: {
          trails: [
            {
              Name: 'main',
              S3BucketName: 'trail',
              IncludeGlobalServiceEvents: true,
              IsMultiRegionTrail: true,
              LogFileValidationEnabled: true,
              KmsKeyId: key,
              status: { IsLogging: true },
              eventSelectors: [
                {
                  ReadWriteType: 'WriteOnly',
                  IncludeManagementEvents: true,
                  DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
                },
              ],
              insightSelectors: [{ InsightType: 'ApiCallRateInsight' }],
              tags: [],
            },
          ],
        },
      },
    },
    proves: `name s3_bucket_name is_multi_region_trail enable_log_file_validation enable_logging kms_key_id event_selector
      advanced_event_selector insight_selector include_global_service_events is_organization_trail
      cloud_watch_logs_group_arn tags tags_all`,
  },
  {
    type: 'aws_db_instance',
    code: `resource "aws_db_instance" "a" {
      identifier                          = "orders"
      engine                              = "postgres"
      engine_version                      = "16.4"
      instance_class                      = "db.r6g.large"
      allocated_storage                   = 100
      storage_type                        = "gp3"
      username                            = "shop_owner"
      password                            = "not-told"
      db_name                             = "orders"
      port                                = 6432
      backup_retention_period             = 14
      multi_az                            = true
      storage_encrypted                   = true
      kms_key_id                          = "${key}"
      deletion_protection                 = true
      copy_tags_to_snapshot               = true
      iam_database_authentication_enabled = true
      enabled_cloudwatch_logs_exports     = ["upgrade", "postgresql"]
      db_subnet_group_name                = "private"
      vpc_security_group_ids              = ["sg-0a1b2c3d4e5f60718"]
      skip_final_snapshot                 = true
    }`,
    estate: {
      rds: {
        [region]: {
          DBInstances: [
            {
              DBInstanceIdentifier: 'orders',
              DBInstanceArn: `arn:aws:rds:${region}:${account}:db:orders`,
              DBInstanceStatus: 'available',
              Engine: 'postgres',
              EngineVersion: '16.4',
              DBInstanceClass: 'db.r6g.large',
              AllocatedStorage: 100,
              StorageType: 'gp3',
              MasterUsername: 'shop_owner',
              DBName: 'orders',
              Endpoint: { Port: 6432 },
              BackupRetentionPeriod: 14,
              MultiAZ: true,
              PubliclyAccessible: false,
              AutoMinorVersionUpgrade: true,
              StorageEncrypted: true,
              KmsKeyId: key,
              DeletionProtection: true,
              CopyTagsToSnapshot: true,
              IAMDatabaseAuthenticationEnabled: true,
              EnabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
              MonitoringInterval: 0,
              DBSubnetGroup: { DBSubnetGroupName: 'private', VpcId: 'vpc-0a1b2c3d4e5f60718' },
              VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
              TagList: [],
            },
          ],
        },
      },
    },
    proves: `identifier engine engine_version instance_class allocated_storage storage_type username db_name port
      backup_retention_period multi_az publicly_accessible auto_minor_version_upgrade storage_encrypted kms_key_id
      deletion_protection copy_tags_to_snapshot iam_database_authentication_enabled enabled_cloudwatch_logs_exports
      monitoring_interval db_subnet_group_name vpc_security_group_ids tags tags_all`,
  },
  {
    type: 'aws_db_event_subscription',
    code: `resource "aws_db_event_subscription" "a" {
      name             = "alarms"
      sns_topic        = "arn:aws:sns:${region}:${account}:alarms"
      source_type      = "db-instance"
      event_categories = ["failure", "maintenance"]
    }`,
    estate: {
      rds: {
        [region]: {
          EventSubscriptionsList: [
            {
              CustSubscriptionId: 'alarms',
              CustomerAwsId: account,
              EventSubscriptionArn: `arn:aws:rds:${region}:${account}:es:alarms`,
              SnsTopicArn: `arn:aws:sns:${region}:${account}:alarms`,
              Status: 'active',
              Enabled: true,
              SourceType: 'db-instance',
              EventCategoriesList: ['maintenance', 'failure'],
            },
          ],
        },
      },
    },
    proves: 'name sns_topic source_type event_categories enabled source_ids',
  },
]
