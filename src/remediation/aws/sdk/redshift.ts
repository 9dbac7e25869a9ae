import {
  DescribeClustersCommand,
  ModifyClusterCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new RedshiftClient(config),
  operations: {
    DescribeClusters: DescribeClustersCommand,
    ModifyCluster: ModifyClusterCommand,
  },
}
