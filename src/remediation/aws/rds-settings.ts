import type {
  DBCluster,
  DBInstance,
  ModifyDBClusterMessage,
  ModifyDBInstanceMessage,
} from '@aws-sdk/client-rds'
import { type Action, action, type Blast, type Mode } from '../action.ts'
import { call } from './cloud.ts'
import { databaseCluster, databaseInstance, readCluster, readInstance } from './rds-database.ts'

/** One attribute of a database, or of a cluster, and the value that is good. */
interface Row<Value> {
  readonly id: string
  readonly title: string
  readonly mends: readonly string[]
  readonly blast: Blast
  readonly mode: Mode
  readonly good: Value
  readonly isGood?: (value: Value) => boolean
}

interface Attribute<Value> {
  readonly value: Value
}

function instanceRow<Value extends boolean | number>(
  row: Row<Value>,
  read: (instance: DBInstance) => Value,
  write: (value: Value) => Partial<ModifyDBInstanceMessage>,
): Action {
  return action<Attribute<Value>>({
    ...databaseInstance,
    ...row,
    permissions: {
      read: ['rds:DescribeDBInstances'],
      write: ['rds:ModifyDBInstance'],
      undo: ['rds:ModifyDBInstance'],
    },
    async read(cloud, target) {
      const instance = await readInstance(cloud, target)
      return instance && { value: read(instance) }
    },
    isGood: ({ value }) => row.isGood?.(value) ?? value === row.good,
    mend: (_, { name }) => [modifyInstance(name, write(row.good))],
    undo: ({ value }, _, { name }) => [modifyInstance(name, write(value))],
  })
}

function clusterRow<Value extends boolean | number>(
  row: Row<Value>,
  read: (cluster: DBCluster) => Value,
  write: (value: Value) => Partial<ModifyDBClusterMessage>,
): Action {
  return action<Attribute<Value>>({
    ...databaseCluster,
    ...row,
    permissions: {
      read: ['rds:DescribeDBClusters'],
      write: ['rds:ModifyDBCluster'],
      undo: ['rds:ModifyDBCluster'],
    },
    async read(cloud, target) {
      const cluster = await readCluster(cloud, target)
      return cluster && { value: read(cluster) }
    },
    isGood: ({ value }) => row.isGood?.(value) ?? value === row.good,
    mend: (_, { name }) => [modifyCluster(name, write(row.good))],
    undo: ({ value }, _, { name }) => [modifyCluster(name, write(value))],
  })
}

function modifyInstance(DBInstanceIdentifier: string, change: Partial<ModifyDBInstanceMessage>) {
  return call('rds', 'ModifyDBInstance', {
    DBInstanceIdentifier,
    ApplyImmediately: true,
    ...change,
  })
}

function modifyCluster(DBClusterIdentifier: string, change: Partial<ModifyDBClusterMessage>) {
  return call('rds', 'ModifyDBCluster', { DBClusterIdentifier, ApplyImmediately: true, ...change })
}

export const rdsSettings: readonly Action[] = [
  instanceRow(
    {
      id: 'rds_public',
      title: 'Give the database no public address',
      mends: ['rds_instance_no_public_access'],
      blast: 'B2',
      mode: 'approve',
      good: false,
    },
    instance => instance.PubliclyAccessible === true,
    PubliclyAccessible => ({ PubliclyAccessible }),
  ),
  instanceRow(
    {
      id: 'rds_deletion_protection',
      title: 'Protect the database from being deleted',
      mends: ['rds_instance_deletion_protection'],
      blast: 'B0',
      mode: 'auto',
      good: true,
    },
    instance => instance.DeletionProtection === true,
    DeletionProtection => ({ DeletionProtection }),
  ),
  clusterRow(
    {
      id: 'rds_cluster_deletion_protection',
      title: 'Protect the cluster from being deleted',
      mends: [
        'rds_cluster_deletion_protection',
        'documentdb_cluster_deletion_protection',
        'neptune_cluster_deletion_protection',
      ],
      blast: 'B0',
      mode: 'auto',
      good: true,
    },
    cluster => cluster.DeletionProtection === true,
    DeletionProtection => ({ DeletionProtection }),
  ),
  // From no backups to some, the database stops for a moment.
  instanceRow<number>(
    {
      id: 'rds_backup_retention',
      title: 'Keep a week of backups of the database',
      mends: ['rds_instance_backup_enabled', 'rds_backup_retention_longer_than_a_day'],
      blast: 'B3',
      mode: 'approve',
      good: 7,
      isGood: value => value > 1,
    },
    instance => instance.BackupRetentionPeriod ?? 0,
    BackupRetentionPeriod => ({ BackupRetentionPeriod }),
  ),
  instanceRow(
    {
      id: 'rds_copy_tags',
      title: 'Copy the database’s tags to its snapshots',
      mends: ['rds_instance_copy_tags_to_snapshots'],
      blast: 'B0',
      mode: 'auto',
      good: true,
    },
    instance => instance.CopyTagsToSnapshot === true,
    CopyTagsToSnapshot => ({ CopyTagsToSnapshot }),
  ),
  clusterRow(
    {
      id: 'rds_cluster_copy_tags',
      title: 'Copy the cluster’s tags to its snapshots',
      mends: ['rds_cluster_copy_tags_to_snapshots', 'neptune_cluster_copy_tags_to_snapshots'],
      blast: 'B0',
      mode: 'auto',
      good: true,
    },
    cluster => cluster.CopyTagsToSnapshot === true,
    CopyTagsToSnapshot => ({ CopyTagsToSnapshot }),
  ),
  // The next window may bring an upgrade, and a restart with it.
  instanceRow(
    {
      id: 'rds_minor_upgrades',
      title: 'Let the database take minor upgrades',
      mends: ['rds_instance_minor_version_upgrade_enabled'],
      blast: 'B2',
      mode: 'approve',
      good: true,
    },
    instance => instance.AutoMinorVersionUpgrade === true,
    AutoMinorVersionUpgrade => ({ AutoMinorVersionUpgrade }),
  ),
]
