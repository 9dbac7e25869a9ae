import {
  type DBInstance,
  DescribeDBClustersCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
} from '@aws-sdk/client-rds'
import { isRelational, rds } from './rds-client.ts'
import { keyed, mapped, shared } from './read.ts'
import { detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const everyInstance = shared(
  rds.pages(DescribeDBInstancesCommand, 'DBInstances', () => ({ MaxRecords: 100 })),
)
const instances = mapped(everyInstance, page =>
  page.filter(each => isRelational(each) && each.DBClusterIdentifier === undefined),
)
/** The instances of a cluster are a type of their own. */
const members = mapped(everyInstance, page =>
  page.filter(each => isRelational(each) && each.DBClusterIdentifier !== undefined),
)
const clusters = mapped(
  rds.pages(DescribeDBClustersCommand, 'DBClusters', () => ({ MaxRecords: 100 })),
  page => page.filter(isRelational),
)

/** The version among those that AWS still offers; it leaves the others out. */
const offered = keyed(
  rds.one(DescribeDBEngineVersionsCommand, ({ Engine, EngineVersion }: DBInstance) => ({
    Engine,
    EngineVersion,
  })),
  ({ Engine, EngineVersion }) => `${Engine} ${EngineVersion}`,
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_db_instance',
    service: 'rds',
    scope: 'region',
    list: instances,
    id: ({ DBInstanceArn }) => String(DBInstanceArn),
    set: {
      id: 'DBInstanceIdentifier',
      address: ({ Endpoint }) => Endpoint?.Address,
      allocated_storage: 'AllocatedStorage',
      arn: 'DBInstanceArn',
      auto_minor_version_upgrade: ({ AutoMinorVersionUpgrade }) => AutoMinorVersionUpgrade ?? false,
      availability_zone: 'AvailabilityZone',
      backup_retention_period: ({ BackupRetentionPeriod }) => BackupRetentionPeriod ?? 0,
      backup_target: 'BackupTarget',
      backup_window: 'PreferredBackupWindow',
      ca_cert_identifier: 'CACertificateIdentifier',
      character_set_name: 'CharacterSetName',
      copy_tags_to_snapshot: ({ CopyTagsToSnapshot }) => CopyTagsToSnapshot ?? false,
      customer_owned_ip_enabled: ({ CustomerOwnedIpEnabled }) => CustomerOwnedIpEnabled ?? false,
      database_insights_mode: 'DatabaseInsightsMode',
      db_name: 'DBName',
      db_subnet_group_name: ({ DBSubnetGroup }) => DBSubnetGroup?.DBSubnetGroupName,
      dedicated_log_volume: ({ DedicatedLogVolume }) => DedicatedLogVolume ?? false,
      deletion_protection: ({ DeletionProtection }) => DeletionProtection ?? false,
      domain: ({ DomainMemberships = [] }) => DomainMemberships[0]?.Domain,
      domain_iam_role_name: ({ DomainMemberships = [] }) => DomainMemberships[0]?.IAMRoleName,
      enabled_cloudwatch_logs_exports: ({ EnabledCloudwatchLogsExports = [] }) =>
        EnabledCloudwatchLogsExports,
      endpoint: ({ Endpoint }) => Endpoint?.Address && `${Endpoint.Address}:${Endpoint.Port}`,
      engine: 'Engine',
      engine_lifecycle_support: 'EngineLifecycleSupport',
      engine_version: 'EngineVersion',
      engine_version_actual: 'EngineVersion',
      iam_database_authentication_enabled: ({ IAMDatabaseAuthenticationEnabled }) =>
        IAMDatabaseAuthenticationEnabled ?? false,
      identifier: 'DBInstanceIdentifier',
      instance_class: 'DBInstanceClass',
      iops: 'Iops',
      kms_key_id: 'KmsKeyId',
      license_model: 'LicenseModel',
      maintenance_window: 'PreferredMaintenanceWindow',
      manage_master_user_password: ({ MasterUserSecret }) => MasterUserSecret !== undefined,
      max_allocated_storage: 'MaxAllocatedStorage',
      monitoring_interval: ({ MonitoringInterval }) => MonitoringInterval ?? 0,
      monitoring_role_arn: 'MonitoringRoleArn',
      multi_az: ({ MultiAZ }) => MultiAZ ?? false,
      network_type: 'NetworkType',
      option_group_name: ({ OptionGroupMemberships = [] }) =>
        OptionGroupMemberships[0]?.OptionGroupName,
      parameter_group_name: ({ DBParameterGroups = [] }) =>
        DBParameterGroups[0]?.DBParameterGroupName,
      performance_insights_enabled: ({ PerformanceInsightsEnabled }) =>
        PerformanceInsightsEnabled ?? false,
      performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
      performance_insights_retention_period: ({ PerformanceInsightsRetentionPeriod }) =>
        PerformanceInsightsRetentionPeriod ?? 0,
      port: ({ Endpoint, DbInstancePort }) => Endpoint?.Port ?? (DbInstancePort || null),
      publicly_accessible: ({ PubliclyAccessible }) => PubliclyAccessible ?? false,
      replica_mode: 'ReplicaMode',
      replicas: ({ ReadReplicaDBInstanceIdentifiers = [] }) => ReadReplicaDBInstanceIdentifiers,
      replicate_source_db: 'ReadReplicaSourceDBInstanceIdentifier',
      resource_id: 'DbiResourceId',
      status: 'DBInstanceStatus',
      storage_encrypted: ({ StorageEncrypted }) => StorageEncrypted ?? false,
      storage_throughput: 'StorageThroughput',
      storage_type: 'StorageType',
      tags: ({ TagList }) => tagsOf(TagList),
      timezone: 'Timezone',
      username: 'MasterUsername',
      vpc_security_group_ids: ({ VpcSecurityGroups = [] }) =>
        VpcSecurityGroups.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
    },
    details: [
      detail(offered, {
        engine_version_offered: answer =>
          (answer?.DBEngineVersions ?? []).some(({ Status }) => Status !== 'deprecated'),
      }),
    ],
  }),
  row({
    type: 'aws_rds_cluster_instance',
    service: 'rds',
    scope: 'region',
    list: members,
    id: ({ DBInstanceArn }) => String(DBInstanceArn),
    set: {
      id: 'DBInstanceIdentifier',
      arn: 'DBInstanceArn',
      auto_minor_version_upgrade: ({ AutoMinorVersionUpgrade }) => AutoMinorVersionUpgrade ?? false,
      availability_zone: 'AvailabilityZone',
      ca_cert_identifier: 'CACertificateIdentifier',
      cluster_identifier: 'DBClusterIdentifier',
      copy_tags_to_snapshot: ({ CopyTagsToSnapshot }) => CopyTagsToSnapshot ?? false,
      db_parameter_group_name: ({ DBParameterGroups = [] }) =>
        DBParameterGroups[0]?.DBParameterGroupName,
      db_subnet_group_name: ({ DBSubnetGroup }) => DBSubnetGroup?.DBSubnetGroupName,
      dbi_resource_id: 'DbiResourceId',
      endpoint: ({ Endpoint }) => Endpoint?.Address,
      engine: 'Engine',
      engine_version: 'EngineVersion',
      engine_version_actual: 'EngineVersion',
      identifier: 'DBInstanceIdentifier',
      instance_class: 'DBInstanceClass',
      kms_key_id: 'KmsKeyId',
      monitoring_interval: ({ MonitoringInterval }) => MonitoringInterval ?? 0,
      monitoring_role_arn: 'MonitoringRoleArn',
      network_type: 'NetworkType',
      performance_insights_enabled: ({ PerformanceInsightsEnabled }) =>
        PerformanceInsightsEnabled ?? false,
      performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
      performance_insights_retention_period: ({ PerformanceInsightsRetentionPeriod }) =>
        PerformanceInsightsRetentionPeriod ?? 0,
      port: ({ Endpoint }) => Endpoint?.Port,
      preferred_backup_window: 'PreferredBackupWindow',
      preferred_maintenance_window: 'PreferredMaintenanceWindow',
      promotion_tier: ({ PromotionTier }) => PromotionTier ?? 0,
      publicly_accessible: ({ PubliclyAccessible }) => PubliclyAccessible ?? false,
      storage_encrypted: ({ StorageEncrypted }) => StorageEncrypted ?? false,
      tags: ({ TagList }) => tagsOf(TagList),
    },
  }),
  row({
    type: 'aws_rds_cluster',
    service: 'rds',
    scope: 'region',
    list: clusters,
    id: ({ DBClusterArn }) => String(DBClusterArn),
    set: {
      id: 'DBClusterIdentifier',
      allocated_storage: 'AllocatedStorage',
      arn: 'DBClusterArn',
      availability_zones: ({ AvailabilityZones = [] }) => AvailabilityZones,
      backtrack_window: ({ BacktrackWindow }) => BacktrackWindow ?? 0,
      backup_retention_period: ({ BackupRetentionPeriod }) => BackupRetentionPeriod ?? 0,
      cluster_identifier: 'DBClusterIdentifier',
      cluster_members: ({ DBClusterMembers = [] }) =>
        DBClusterMembers.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
      cluster_resource_id: 'DbClusterResourceId',
      copy_tags_to_snapshot: ({ CopyTagsToSnapshot }) => CopyTagsToSnapshot ?? false,
      database_insights_mode: 'DatabaseInsightsMode',
      database_name: 'DatabaseName',
      db_cluster_instance_class: 'DBClusterInstanceClass',
      db_cluster_parameter_group_name: 'DBClusterParameterGroup',
      db_subnet_group_name: 'DBSubnetGroup',
      deletion_protection: ({ DeletionProtection }) => DeletionProtection ?? false,
      domain: ({ DomainMemberships = [] }) => DomainMemberships[0]?.Domain,
      enable_http_endpoint: ({ HttpEndpointEnabled }) => HttpEndpointEnabled ?? false,
      enabled_cloudwatch_logs_exports: ({ EnabledCloudwatchLogsExports = [] }) =>
        EnabledCloudwatchLogsExports,
      endpoint: 'Endpoint',
      engine: 'Engine',
      engine_lifecycle_support: 'EngineLifecycleSupport',
      engine_mode: 'EngineMode',
      engine_version: 'EngineVersion',
      engine_version_actual: 'EngineVersion',
      hosted_zone_id: 'HostedZoneId',
      iam_database_authentication_enabled: ({ IAMDatabaseAuthenticationEnabled }) =>
        IAMDatabaseAuthenticationEnabled ?? false,
      iam_roles: ({ AssociatedRoles = [] }) => AssociatedRoles.map(({ RoleArn }) => RoleArn),
      iops: 'Iops',
      kms_key_id: 'KmsKeyId',
      manage_master_user_password: ({ MasterUserSecret }) => MasterUserSecret !== undefined,
      master_username: 'MasterUsername',
      monitoring_interval: ({ MonitoringInterval }) => MonitoringInterval ?? 0,
      monitoring_role_arn: 'MonitoringRoleArn',
      network_type: 'NetworkType',
      performance_insights_enabled: ({ PerformanceInsightsEnabled }) =>
        PerformanceInsightsEnabled ?? false,
      performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
      port: 'Port',
      preferred_backup_window: 'PreferredBackupWindow',
      preferred_maintenance_window: 'PreferredMaintenanceWindow',
      reader_endpoint: 'ReaderEndpoint',
      replication_source_identifier: 'ReplicationSourceIdentifier',
      scaling_configuration: ({ ScalingConfigurationInfo: scaling }) =>
        scaling && {
          auto_pause: scaling.AutoPause ?? false,
          max_capacity: scaling.MaxCapacity,
          min_capacity: scaling.MinCapacity,
          seconds_before_timeout: scaling.SecondsBeforeTimeout,
          seconds_until_auto_pause: scaling.SecondsUntilAutoPause,
          timeout_action: scaling.TimeoutAction,
        },
      serverlessv2_scaling_configuration: ({ ServerlessV2ScalingConfiguration: scaling }) =>
        scaling && {
          max_capacity: scaling.MaxCapacity,
          min_capacity: scaling.MinCapacity,
          seconds_until_auto_pause: scaling.SecondsUntilAutoPause,
        },
      storage_encrypted: ({ StorageEncrypted }) => StorageEncrypted ?? false,
      storage_type: 'StorageType',
      tags: ({ TagList }) => tagsOf(TagList),
      vpc_security_group_ids: ({ VpcSecurityGroups = [] }) =>
        VpcSecurityGroups.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
    },
  }),
]
