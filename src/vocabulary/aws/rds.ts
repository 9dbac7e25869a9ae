import { Absent, type Attributes, type Plain } from '../../resource.ts'
import type { ServiceVocabulary, Settle } from '../statement.ts'

/** A copy is encrypted as its source is, and a port that nobody names is the engine's. */
const database: Settle = (attributes, isDeclared) => {
  const changes: { [name: string]: Plain } = {}
  if (!isDeclared('storage_encrypted')) {
    const source = sources.find(name => isDeclared(name) && attributes[name] !== undefined)
    if (source !== undefined)
      changes.storage_encrypted = new Absent('unresolved', `${source} decides storage_encrypted`)
    else if (attributes.engine_mode === 'serverless') changes.storage_encrypted = true
    else if (attributes.engine_mode instanceof Absent)
      changes.storage_encrypted = attributes.engine_mode
  }
  if (!isDeclared('port')) {
    const port = portOf(attributes)
    if (port !== undefined) changes.port = port
  }
  return Object.keys(changes).length > 0 ? changes : null
}

const sources = [
  'snapshot_identifier',
  'restore_to_point_in_time',
  'replicate_source_db',
  'replication_source_identifier',
  'global_cluster_identifier',
] as const

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: `Port`. */
const ports: readonly (readonly [engine: RegExp, port: number])[] = [
  [/postgres/, 5432],
  [/^(mysql|mariadb|aurora)/, 3306],
  [/^oracle-/, 1521],
  [/^sqlserver-/, 1433],
  [/^db2-/, 50_000],
]

function portOf({ engine }: Attributes): number | undefined {
  return typeof engine === 'string' ? ports.find(([name]) => name.test(engine))?.[1] : undefined
}

/** Not set, AWS takes its default version, a current one, and charges for extended support once that has aged. */
const engine = {
  engine_lifecycle_support: 'open-source-rds-extended-support',
  engine_version: null,
} as const

export const rds: ServiceVocabulary = {
  types: {
    aws_db_instance: {
      settle: database,
      name: ['identifier', 'db_name'],
      secrets: ['password', 'password_wo'],
      // Live alone.
      adds: { engine_version_offered: 'b:c' },
      absent: {
        auto_minor_version_upgrade: true,
        // The provider asks for 0, not for the API's default of 1.
        backup_retention_period: 0,
        backup_target: 'region',
        ca_cert_identifier: 'rds-ca-rsa2048-g1',
        database_insights_mode: 'standard',
        db_subnet_group_name: null,
        delete_automated_backups: true,
        ...engine,
        identifier_prefix: null,
        kms_key_id: null,
        master_user_secret_kms_key_id: null,
        monitoring_interval: 0,
        monitoring_role_arn: null,
        multi_az: false,
        network_type: 'IPV4',
        performance_insights_kms_key_id: null,
        performance_insights_retention_period: 0,
        snapshot_identifier: null,
      },
    },
    aws_rds_cluster: {
      settle: database,
      name: ['cluster_identifier', 'database_name'],
      secrets: ['master_password', 'master_password_wo'],
      absent: {
        apply_immediately: false,
        backup_retention_period: 1,
        backtrack_window: 0,
        cluster_identifier_prefix: null,
        database_insights_mode: 'standard',
        db_subnet_group_name: null,
        delete_automated_backups: true,
        ...engine,
        engine_mode: 'provisioned',
        iam_roles: [],
        kms_key_id: null,
        master_user_secret_kms_key_id: null,
        monitoring_interval: 0,
        monitoring_role_arn: null,
        network_type: 'IPV4',
        performance_insights_kms_key_id: null,
        'scaling_configuration.auto_pause': true,
        storage_encrypted: false,
        storage_type: null,
      },
    },
    aws_rds_cluster_instance: {
      name: ['identifier'],
      absent: {
        apply_immediately: false,
        auto_minor_version_upgrade: true,
        ca_cert_identifier: 'rds-ca-rsa2048-g1',
        identifier_prefix: null,
        monitoring_interval: 0,
        monitoring_role_arn: null,
        performance_insights_enabled: false,
        performance_insights_kms_key_id: null,
        promotion_tier: 0,
        publicly_accessible: false,
      },
    },
    aws_db_parameter_group: {
      absent: { name_prefix: null, 'parameter.apply_method': 'immediate' },
    },
    aws_rds_cluster_parameter_group: {
      absent: { name_prefix: null, 'parameter.apply_method': 'immediate' },
    },
    aws_db_option_group: { absent: { name_prefix: null } },
    aws_db_event_subscription: { absent: { enabled: true, name_prefix: null } },
    aws_db_subnet_group: { absent: { name_prefix: null } },
    aws_db_snapshot: { name: ['db_snapshot_identifier'] },
    aws_db_snapshot_copy: { name: ['target_db_snapshot_identifier'] },
    aws_db_cluster_snapshot: {
      name: ['db_cluster_snapshot_identifier'],
      // Live, what `storage_encrypted` says, by the name that it has in the snapshot of an instance.
      adds: { encrypted: 'b:c' },
    },
    aws_rds_cluster_snapshot_copy: { name: ['target_db_cluster_snapshot_identifier'] },
    aws_db_proxy: {
      absent: { idle_client_timeout: 1800, default_auth_scheme: 'NONE' },
    },
    aws_rds_global_cluster: {
      name: ['global_cluster_identifier'],
      absent: {
        database_name: null,
        source_db_cluster_identifier: null,
        storage_encrypted: false,
      },
    },
    aws_rds_cluster_activity_stream: { name: ['resource_arn'] },
    aws_db_instance_automated_backups_replication: {
      name: ['source_db_instance_arn'],
      absent: { kms_key_id: null, retention_period: 7 },
    },
    aws_rds_certificate: { name: ['certificate_identifier'] },
  },
}
