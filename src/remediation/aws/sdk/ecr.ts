import {
  DeleteRepositoryPolicyCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new ECRClient(config),
  operations: {
    DeleteRepositoryPolicy: DeleteRepositoryPolicyCommand,
    DescribeRepositories: DescribeRepositoriesCommand,
    GetRepositoryPolicy: GetRepositoryPolicyCommand,
    ListTagsForResource: ListTagsForResourceCommand,
    PutImageScanningConfiguration: PutImageScanningConfigurationCommand,
    SetRepositoryPolicy: SetRepositoryPolicyCommand,
  },
}
