import { DescribeClusterCommand, EKSClient, UpdateClusterConfigCommand } from '@aws-sdk/client-eks'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new EKSClient(config),
  operations: {
    DescribeCluster: DescribeClusterCommand,
    UpdateClusterConfig: UpdateClusterConfigCommand,
  },
}
