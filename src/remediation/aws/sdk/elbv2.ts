import {
  DescribeListenersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new ElasticLoadBalancingV2Client(config),
  operations: {
    DescribeListeners: DescribeListenersCommand,
    DescribeTags: DescribeTagsCommand,
    ModifyListener: ModifyListenerCommand,
  },
}
