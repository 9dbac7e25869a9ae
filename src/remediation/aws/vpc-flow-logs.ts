import { action, type Target, Unset } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

interface State {
  /** Ids of the active flow logs. */
  readonly logs: readonly string[]
}

export const vpcFlowLogs = action<State>({
  id: 'vpc_flow_logs',
  title: 'Log the traffic of the VPC',
  mends: ['vpc_flow_logs_enabled'],
  blast: 'B0',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d{12}:vpc\/(?<name>vpc-[0-9a-z]+)$/,
  permissions: {
    read: ['ec2:DescribeFlowLogs', 'ec2:DescribeVpcs'],
    write: ['ec2:CreateFlowLogs', 'ec2:CreateTags', 'logs:CreateLogDelivery'],
    undo: ['ec2:DeleteFlowLogs', 'logs:DeleteLogDelivery'],
  },
  resources: () => ['*'],
  async read(cloud, target) {
    if (!(await readVpc(cloud, target))) return null
    const logs = await pages(
      NextToken =>
        cloud.ask('ec2', 'DescribeFlowLogs', {
          Filter: [{ Name: 'resource-id', Values: [target.name] }],
          NextToken,
        }),
      page => given(page.FlowLogs, 'FlowLogs'),
      page => page.NextToken,
    )
    return { logs: logs.flatMap(({ FlowLogId }) => FlowLogId ?? []).sort() }
  },
  isGood: ({ logs }) => logs.length > 0,
  mend: (_, { name, partition }, { flowLogBucket }) => {
    if (!flowLogBucket) throw new Unset('the setting options.flowLogBucket names no bucket')
    return [
      call('ec2', 'CreateFlowLogs', {
        ResourceIds: [name],
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: `arn:${partition}:s3:::${flowLogBucket}`,
        TagSpecifications: [
          { ResourceType: 'vpc-flow-log', Tags: [{ Key: 'created-by', Value: 'batten' }] },
        ],
      }),
    ]
  },
  undo: (before, now) => {
    const made = now.logs.filter(id => !before.logs.includes(id))
    return made.length === 0 ? [] : [call('ec2', 'DeleteFlowLogs', { FlowLogIds: made })]
  },
  tags: async (cloud, target) => tagsOf((await readVpc(cloud, target))?.Tags),
  population: async cloud => {
    const { Vpcs } = await cloud.ask('ec2', 'DescribeVpcs', {})
    return given(Vpcs, 'Vpcs').length
  },
})

export const subnetPublicIp = action<{ readonly maps: boolean }>({
  id: 'subnet_public_ip',
  title: 'Give instances in the subnet no public address by default',
  mends: ['vpc_subnet_no_public_ip_by_default'],
  blast: 'B0',
  mode: 'approve',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d{12}:subnet\/(?<name>subnet-[0-9a-z]+)$/,
  permissions: {
    read: ['ec2:DescribeSubnets'],
    write: ['ec2:ModifySubnetAttribute'],
    undo: ['ec2:ModifySubnetAttribute'],
  },
  async read(cloud, target) {
    const subnet = await readSubnet(cloud, target)
    return subnet && { maps: subnet.MapPublicIpOnLaunch === true }
  },
  isGood: ({ maps }) => !maps,
  mend: (_, { name }) => [mapPublicIp(name, false)],
  undo: ({ maps }, _, { name }) => [mapPublicIp(name, maps)],
  tags: async (cloud, target) => tagsOf((await readSubnet(cloud, target))?.Tags),
})

function mapPublicIp(SubnetId: string, Value: boolean) {
  return call('ec2', 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value } })
}

function readVpc(cloud: Cloud, { name }: Target) {
  return ifThere(['InvalidVpcID.NotFound'], async () => {
    const { Vpcs } = await cloud.ask('ec2', 'DescribeVpcs', { VpcIds: [name] })
    return given(given(Vpcs, 'Vpcs')[0], `VPC ${name}`)
  })
}

function readSubnet(cloud: Cloud, { name }: Target) {
  return ifThere(['InvalidSubnetID.NotFound'], async () => {
    const { Subnets } = await cloud.ask('ec2', 'DescribeSubnets', { SubnetIds: [name] })
    return given(given(Subnets, 'Subnets')[0], `subnet ${name}`)
  })
}
