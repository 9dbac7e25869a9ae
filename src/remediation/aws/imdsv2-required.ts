import { action, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

interface State {
  readonly tokens: string
  readonly endpoint: string
}

const days = 14

/** Programs that still ask without a token lose their credentials: only where none has for two weeks. */
export const imdsv2Required = action<State>({
  id: 'imdsv2_required',
  title: 'Answer metadata requests of the instance with session tokens only',
  mends: ['ec2_instance_imdsv2_enabled', 'ec2_confidential_workload_host_imdsv2_not_enforced'],
  blast: 'B2',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d{12}:instance\/(?<name>i-[0-9a-z]+)$/,
  permissions: {
    read: ['ec2:DescribeInstances', 'cloudwatch:GetMetricStatistics'],
    write: ['ec2:ModifyInstanceMetadataOptions'],
    undo: ['ec2:ModifyInstanceMetadataOptions'],
  },
  patience: 5,
  async read(cloud, target) {
    const instance = await readInstance(cloud, target)
    if (!instance || instance.State?.Name === 'terminated') return null
    const { HttpTokens, HttpEndpoint } = given(instance.MetadataOptions, 'MetadataOptions')
    return {
      tokens: given(HttpTokens, 'HttpTokens'),
      endpoint: given(HttpEndpoint, 'HttpEndpoint'),
    }
  },
  isGood: ({ tokens, endpoint }) => tokens === 'required' || endpoint === 'disabled',
  async holds(cloud, { name }, _, now) {
    const { Datapoints } = await cloud.ask('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'AWS/EC2',
      MetricName: 'MetadataNoToken',
      Dimensions: [{ Name: 'InstanceId', Value: name }],
      StartTime: new Date(now.getTime() - days * 86_400_000),
      EndTime: now,
      Period: 86_400,
      Statistics: ['Sum'],
    })
    const points = given(Datapoints, 'Datapoints')
    if (points.length === 0) return ['no metric says whether programs still ask without a token']
    const asked = points.reduce((sum, point) => sum + (point.Sum ?? 0), 0)
    return asked === 0 ? [] : [`programs asked ${asked} times without a token in ${days} days`]
  },
  mend: (_, { name }) => [
    call('ec2', 'ModifyInstanceMetadataOptions', { InstanceId: name, HttpTokens: 'required' }),
  ],
  undo: ({ tokens }, _, { name }) => [
    call('ec2', 'ModifyInstanceMetadataOptions', {
      InstanceId: name,
      HttpTokens: tokens === 'required' ? 'required' : 'optional',
    }),
  ],
  tags: async (cloud, target) => tagsOf((await readInstance(cloud, target))?.Tags),
  population: async cloud => {
    const all = await pages(
      NextToken => cloud.ask('ec2', 'DescribeInstances', { NextToken, MaxResults: 1000 }),
      page => given(page.Reservations, 'Reservations').flatMap(each => each.Instances ?? []),
      page => page.NextToken,
    )
    return all.length
  },
})

function readInstance(cloud: Cloud, { name }: Target) {
  return ifThere(['InvalidInstanceID.NotFound'], async () => {
    const { Reservations } = await cloud.ask('ec2', 'DescribeInstances', { InstanceIds: [name] })
    return given(given(Reservations, 'Reservations')[0]?.Instances?.[0], `instance ${name}`)
  })
}
