import {
  DescribeClusterCommand,
  EKSClient,
  ListClustersCommand,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new EKSClient(config),
  operations: {
    DescribeCluster: DescribeClusterCommand,
    ListClusters: ListClustersCommand,
    UpdateClusterConfig: UpdateClusterConfigCommand,
  },
}
