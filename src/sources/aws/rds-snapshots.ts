import {
  type DBClusterSnapshot,
  type DBSnapshot,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
} from '@aws-sdk/client-rds'
import { isRelational, rds } from './rds-client.ts'
import { mapped } from './read.ts'
import { detail, later, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const page = () => ({ MaxRecords: 100 })
const snapshots = rds.pages(DescribeDBSnapshotsCommand, 'DBSnapshots', page)
const clusterSnapshots = mapped(
  rds.pages(DescribeDBClusterSnapshotsCommand, 'DBClusterSnapshots', page),
  all => all.filter(isRelational),
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_db_snapshot',
    service: 'rds',
    scope: 'region',
    list: snapshots,
    id: ({ DBSnapshotArn }) => String(DBSnapshotArn),
    set: {
      id: 'DBSnapshotIdentifier',
      allocated_storage: 'AllocatedStorage',
      availability_zone: 'AvailabilityZone',
      db_instance_identifier: 'DBInstanceIdentifier',
      db_snapshot_arn: 'DBSnapshotArn',
      db_snapshot_identifier: 'DBSnapshotIdentifier',
      encrypted: ({ Encrypted }) => Encrypted ?? false,
      engine: 'Engine',
      engine_version: 'EngineVersion',
      iops: 'Iops',
      kms_key_id: 'KmsKeyId',
      license_model: 'LicenseModel',
      option_group_name: 'OptionGroupName',
      port: 'Port',
      shared_accounts: ofManual,
      snapshot_type: 'SnapshotType',
      source_db_snapshot_identifier: 'SourceDBSnapshotIdentifier',
      source_region: 'SourceRegion',
      status: 'Status',
      storage_type: 'StorageType',
      tags: ({ TagList }) => tagsOf(TagList),
      vpc_id: 'VpcId',
    },
    details: [
      detail(
        rds.one(DescribeDBSnapshotAttributesCommand, ({ DBSnapshotIdentifier }: DBSnapshot) => ({
          DBSnapshotIdentifier,
        })),
        {
          shared_accounts: answer =>
            restorers(answer?.DBSnapshotAttributesResult?.DBSnapshotAttributes),
        },
      ),
    ],
  }),
  row({
    type: 'aws_db_cluster_snapshot',
    service: 'rds',
    scope: 'region',
    list: clusterSnapshots,
    id: ({ DBClusterSnapshotArn }) => String(DBClusterSnapshotArn),
    set: {
      id: 'DBClusterSnapshotIdentifier',
      allocated_storage: 'AllocatedStorage',
      availability_zones: ({ AvailabilityZones = [] }) => AvailabilityZones,
      db_cluster_identifier: 'DBClusterIdentifier',
      db_cluster_snapshot_arn: 'DBClusterSnapshotArn',
      db_cluster_snapshot_identifier: 'DBClusterSnapshotIdentifier',
      engine: 'Engine',
      engine_version: 'EngineVersion',
      kms_key_id: 'KmsKeyId',
      license_model: 'LicenseModel',
      port: 'Port',
      shared_accounts: ofManual,
      snapshot_type: 'SnapshotType',
      source_db_cluster_snapshot_arn: 'SourceDBClusterSnapshotArn',
      status: 'Status',
      storage_encrypted: ({ StorageEncrypted }) => StorageEncrypted ?? false,
      encrypted: ({ StorageEncrypted }) => StorageEncrypted ?? false,
      tags: ({ TagList }) => tagsOf(TagList),
      vpc_id: 'VpcId',
    },
    details: [
      detail(
        rds.one(
          DescribeDBClusterSnapshotAttributesCommand,
          ({ DBClusterSnapshotIdentifier }: DBClusterSnapshot) => ({
            DBClusterSnapshotIdentifier,
          }),
        ),
        {
          shared_accounts: answer =>
            restorers(answer?.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes),
        },
      ),
    ],
  }),
]

/** A snapshot that RDS made by itself cannot be shared. */
function ofManual({ SnapshotType }: { readonly SnapshotType?: string | undefined }) {
  return SnapshotType === 'automated' ? [] : later
}

interface Attribute {
  readonly AttributeName?: string | undefined
  readonly AttributeValues?: readonly string[] | undefined
}

function restorers(attributes: readonly Attribute[] = []): readonly string[] {
  return attributes.find(({ AttributeName }) => AttributeName === 'restore')?.AttributeValues ?? []
}
