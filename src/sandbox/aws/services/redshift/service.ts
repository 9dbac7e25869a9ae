import * as Redshift from '@aws-sdk/client-redshift'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'

export const redshift: Service = {
  name: 'redshift',
  signing: 'redshift',
  protocol: 'query',
  xmlNamespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
  operations: [
    operation(Redshift.DescribeClusters$, (input: Redshift.DescribeClustersMessage, call) => {
      const wanted = input.ClusterIdentifier
        ? [find(call, input.ClusterIdentifier)]
        : call.state.redshift(call.region).clusters
      const { items, next } = page(call, wanted, input.Marker, input.MaxRecords)
      return { Clusters: items, Marker: next }
    }),
    operation(Redshift.ModifyCluster$, (input: Redshift.ModifyClusterMessage, call) => {
      const cluster = find(call, input.ClusterIdentifier)
      if (input.PubliclyAccessible !== undefined) {
        cluster.PubliclyAccessible = input.PubliclyAccessible
      }
      return { Cluster: cluster }
    }),
  ],
}

function find({ state, region }: Call, id: string | undefined): Redshift.Cluster {
  const found = state.redshift(region).clusters.find(one => one.ClusterIdentifier === id)
  if (!found) throw new ApiError('ClusterNotFound', 404, `Cluster ${id} not found.`)
  return found
}
