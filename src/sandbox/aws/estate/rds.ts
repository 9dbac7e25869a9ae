import type { Estate } from '../estate.ts'
import { daysBefore, frankfurt, tags, virginia } from './make.ts'
import {
  certificates,
  cluster,
  engineVersions,
  members,
  mysql,
  parameterGroups,
  postgres,
  reader,
  snapshot,
  subscription,
  writer,
} from './rds-parts.ts'

export function rds(now: Date): NonNullable<Estate['rds']> {
  return {
    [virginia]: {
      DBInstances: [
        postgres(virginia, 'orders', 'production'),
        postgres(virginia, 'customers', 'production'),
        postgres(virginia, 'payments', 'production'),
        // Reachable from anywhere, in clear, without a backup.
        postgres(virginia, 'reporting', 'production', {
          PubliclyAccessible: true,
          StorageEncrypted: false,
          KmsKeyId: undefined,
          BackupRetentionPeriod: 0,
          DeletionProtection: false,
          MultiAZ: false,
          MasterUsername: 'postgres',
          Endpoint: { Port: 5432 },
          IAMDatabaseAuthenticationEnabled: false,
          EnabledCloudwatchLogsExports: [],
          MonitoringInterval: 0,
          CopyTagsToSnapshot: false,
          AutoMinorVersionUpgrade: false,
          DBParameterGroups: [{ DBParameterGroupName: 'postgres13-relaxed' }],
          EngineVersion: '13.15',
          EngineLifecycleSupport: 'open-source-rds-extended-support',
        }),
        mysql(virginia, 'catalogue', 'production'),
        mysql(virginia, 'legacy-cms', 'production', {
          EngineVersion: '5.6.51',
          CACertificateIdentifier: 'rds-ca-2019',
          MasterUsername: 'admin',
          BackupRetentionPeriod: 1,
          Endpoint: { Port: 3306 },
        }),
        postgres(virginia, 'staging-orders', 'staging', {
          MultiAZ: false,
          DeletionProtection: false,
        }),
        mysql(virginia, 'staging-catalogue', 'staging', {
          StorageEncrypted: false,
          KmsKeyId: undefined,
          MultiAZ: false,
        }),
        ...members(virginia, 'sessions', 'aurora-mysql', 2, true),
        ...members(virginia, 'analytics', 'aurora-postgresql', 1, false),
      ],
      DBClusters: [
        cluster(virginia, 'sessions', 'aurora-mysql', 'production', {
          DBClusterMembers: [writer('sessions-1'), reader('sessions-2')],
        }),
        cluster(virginia, 'analytics', 'aurora-postgresql', 'development', {
          StorageEncrypted: false,
          KmsKeyId: undefined,
          DeletionProtection: false,
          BackupRetentionPeriod: 1,
          CopyTagsToSnapshot: false,
          IAMDatabaseAuthenticationEnabled: false,
          EnabledCloudwatchLogsExports: [],
          MasterUsername: 'postgres',
          Port: 5432,
          DBClusterMembers: [writer('analytics-1')],
        }),
        cluster(virginia, 'search-events', 'aurora-mysql', 'staging', {
          BacktrackWindow: 0,
          Port: 3306,
          KmsKeyId: undefined,
          DBClusterMembers: [],
        }),
      ],
      DBSnapshots: [
        snapshot(virginia, 'orders', 'orders-before-migration', now, 30),
        snapshot(virginia, 'customers', 'customers-before-migration', now, 30),
        // A copy for a partner that everybody can restore.
        snapshot(virginia, 'reporting', 'reporting-handover', now, 200, {
          Encrypted: false,
          restore: ['all'],
        }),
        snapshot(virginia, 'legacy-cms', 'legacy-cms-2023', now, 500, { Encrypted: false }),
      ],
      DBClusterSnapshots: [
        {
          DBClusterSnapshotIdentifier: 'sessions-weekly',
          DBClusterIdentifier: 'sessions',
          Engine: 'aurora-mysql',
          SnapshotType: 'manual',
          Status: 'available',
          StorageEncrypted: true,
          SnapshotCreateTime: daysBefore(now, 6),
          TagList: tags('sessions-weekly', 'production'),
        },
        {
          DBClusterSnapshotIdentifier: 'analytics-shared',
          DBClusterIdentifier: 'analytics',
          Engine: 'aurora-postgresql',
          SnapshotType: 'manual',
          Status: 'available',
          StorageEncrypted: false,
          SnapshotCreateTime: daysBefore(now, 90),
          TagList: tags('analytics-shared', 'development'),
          restore: ['all'],
        },
      ],
      ...parameterGroups,
      EventSubscriptionsList: [
        subscription('database-failures', 'db-instance', ['failure']),
        subscription('cluster-events', 'db-cluster', ['failure']),
        subscription('parameter-changes', 'db-parameter-group', ['configuration change']),
        subscription('security-group-changes', 'db-security-group', ['failure']),
      ],
      Certificates: certificates(now),
      DBEngineVersions: engineVersions,
    },
    [frankfurt]: {
      DBInstances: [
        postgres(frankfurt, 'eu-orders', 'production'),
        postgres(frankfurt, 'eu-customers', 'production'),
        postgres(frankfurt, 'eu-gdpr', 'production', { DeletionProtection: false }),
        postgres(frankfurt, 'eu-dev', 'development', {
          PubliclyAccessible: true,
          MultiAZ: false,
          BackupRetentionPeriod: 1,
          DeletionProtection: false,
        }),
      ],
      DBSnapshots: [snapshot(frankfurt, 'eu-orders', 'eu-orders-monthly', now, 12)],
      ...parameterGroups,
      EventSubscriptionsList: [
        subscription('eu-database-events', 'db-instance', [
          'failure',
          'maintenance',
          'configuration change',
        ]),
      ],
      Certificates: certificates(now),
      DBEngineVersions: engineVersions,
    },
  }
}
