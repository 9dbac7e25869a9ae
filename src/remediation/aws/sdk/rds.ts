import {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  ListTagsForResourceCommand,
  ModifyDBClusterCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBInstanceCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new RDSClient(config),
  operations: {
    DescribeDBClusterSnapshotAttributes: DescribeDBClusterSnapshotAttributesCommand,
    DescribeDBClusterSnapshots: DescribeDBClusterSnapshotsCommand,
    DescribeDBClusters: DescribeDBClustersCommand,
    DescribeDBInstances: DescribeDBInstancesCommand,
    DescribeDBSnapshotAttributes: DescribeDBSnapshotAttributesCommand,
    DescribeDBSnapshots: DescribeDBSnapshotsCommand,
    ListTagsForResource: ListTagsForResourceCommand,
    ModifyDBCluster: ModifyDBClusterCommand,
    ModifyDBClusterSnapshotAttribute: ModifyDBClusterSnapshotAttributeCommand,
    ModifyDBInstance: ModifyDBInstanceCommand,
    ModifyDBSnapshotAttribute: ModifyDBSnapshotAttributeCommand,
  },
}
