import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new CloudFrontClient({ ...config, region: 'us-east-1' }),
  operations: { ListDistributions: ListDistributionsCommand },
}
