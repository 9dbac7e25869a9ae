import { action, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere } from './cloud.ts'
import { tagsOf } from './tags.ts'

export const redshiftPublic = action<{ readonly isPublic: boolean }>({
  id: 'redshift_public',
  title: 'Give the Redshift cluster no public address',
  mends: ['redshift_cluster_public_access'],
  blast: 'B2',
  mode: 'approve',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:redshift:[\w-]+:\d{12}:cluster:(?<name>[\w-]+)$/,
  permissions: {
    read: ['redshift:DescribeClusters'],
    write: ['redshift:ModifyCluster'],
    undo: ['redshift:ModifyCluster'],
  },
  patience: 10,
  async read(cloud, target) {
    const cluster = await readCluster(cloud, target)
    return cluster && { isPublic: cluster.PubliclyAccessible === true }
  },
  isGood: ({ isPublic }) => !isPublic,
  mend: (_, { name }) => [modify(name, false)],
  undo: ({ isPublic }, _, { name }) => [modify(name, isPublic)],
  tags: async (cloud, target) => tagsOf((await readCluster(cloud, target))?.Tags),
})

function modify(ClusterIdentifier: string, PubliclyAccessible: boolean) {
  return call('redshift', 'ModifyCluster', { ClusterIdentifier, PubliclyAccessible })
}

function readCluster(cloud: Cloud, { name }: Target) {
  return ifThere(['ClusterNotFound', 'ClusterNotFoundFault'], async () => {
    const { Clusters } = await cloud.ask('redshift', 'DescribeClusters', {
      ClusterIdentifier: name,
    })
    return given(given(Clusters, 'Clusters')[0], `cluster ${name}`)
  })
}
