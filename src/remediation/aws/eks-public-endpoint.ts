import { isInternet } from '../../check-kit/cidr.ts'
import { action, type Target, Unset } from '../action.ts'
import { type Cloud, call, given, ifThere } from './cloud.ts'

interface State {
  readonly isPublic: boolean
  readonly isPrivate: boolean
  readonly cidrs: readonly string[]
}

/** Whoever is not in the networks that stay is locked out, the nodes too where the private endpoint is off. */
export const eksPublicEndpoint = action<State>({
  id: 'eks_public_endpoint',
  title: 'Let only named networks reach the cluster’s public endpoint',
  mends: ['eks_cluster_not_publicly_accessible'],
  blast: 'B3',
  mode: 'approve',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:eks:[\w-]+:\d{12}:cluster\/(?<name>[\w-]+)$/,
  permissions: {
    read: ['eks:DescribeCluster'],
    write: ['eks:UpdateClusterConfig'],
    undo: ['eks:UpdateClusterConfig'],
  },
  patience: 10,
  async read(cloud, target) {
    const cluster = await readCluster(cloud, target)
    if (!cluster) return null
    const config = given(cluster.resourcesVpcConfig, 'resourcesVpcConfig')
    return {
      isPublic: given(config.endpointPublicAccess, 'endpointPublicAccess'),
      isPrivate: config.endpointPrivateAccess === true,
      cidrs: [...(config.publicAccessCidrs ?? [])].sort(),
    }
  },
  isGood: ({ isPublic, cidrs }) => !isPublic || !cidrs.some(isInternet),
  mend: ({ isPrivate, cidrs }, { name }, { eksPublicCidrs }) => {
    const named = [
      ...cidrs.filter(cidr => !isInternet(cidr)),
      ...(eksPublicCidrs ?? '').split(/[\s,]+/).filter(cidr => cidr !== ''),
    ]
    if (named.length === 0) {
      throw new Unset('the setting options.eksPublicCidrs names no networks that keep their access')
    }
    if (!isPrivate) {
      throw new Unset('the private endpoint is off: the nodes would lose the cluster')
    }
    return [update(name, { endpointPublicAccess: true, publicAccessCidrs: [...new Set(named)] })]
  },
  undo: ({ isPublic, cidrs }, _, { name }) => [
    update(name, { endpointPublicAccess: isPublic, publicAccessCidrs: [...cidrs] }),
  ],
  tags: async (cloud, target) => (await readCluster(cloud, target))?.tags ?? {},
})

function readCluster(cloud: Cloud, { name }: Target) {
  return ifThere(['ResourceNotFoundException'], async () => {
    const { cluster } = await cloud.ask('eks', 'DescribeCluster', { name })
    return given(cluster, 'cluster')
  })
}

function update(
  name: string,
  resourcesVpcConfig: {
    readonly endpointPublicAccess: boolean
    readonly publicAccessCidrs: string[]
  },
) {
  return call('eks', 'UpdateClusterConfig', { name, resourcesVpcConfig })
}
