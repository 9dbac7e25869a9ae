import * as Eks from '@aws-sdk/client-eks'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { ClusterEstate } from './state.ts'

export const eks: Service = {
  name: 'eks',
  signing: 'eks',
  protocol: 'rest-json',
  xmlNamespace: '',
  operations: [
    operation(Eks.ListClusters$, (input: Eks.ListClustersRequest, call) => {
      const names = call.state.eks(call.region).clusters.map(({ name }) => name)
      const { items, next } = page(call, names, input.nextToken, input.maxResults)
      return { clusters: items, nextToken: next }
    }),
    operation(Eks.DescribeCluster$, (input: Eks.DescribeClusterRequest, call) => ({
      cluster: find(call, input.name),
    })),
    operation(Eks.UpdateClusterConfig$, (input: Eks.UpdateClusterConfigRequest, call) => {
      const cluster = find(call, input.name)
      cluster.resourcesVpcConfig = { ...cluster.resourcesVpcConfig, ...input.resourcesVpcConfig }
      return { update: { id: 'update-1', status: 'InProgress', type: 'EndpointAccessUpdate' } }
    }),
  ],
}

function find({ state, region }: Call, name: string | undefined): ClusterEstate {
  const found = state.eks(region).clusters.find(one => one.name === name)
  if (!found)
    throw new ApiError('ResourceNotFoundException', 404, `No cluster found for name: ${name}.`)
  return found
}
