import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new CloudWatchClient(config),
  operations: { GetMetricStatistics: GetMetricStatisticsCommand },
}
