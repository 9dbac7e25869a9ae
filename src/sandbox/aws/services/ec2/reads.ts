import * as Ec2 from '@aws-sdk/client-ec2'
import { type Call, page } from '../../call.ts'
import { asArray, asStrings, member } from '../../plain.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { describe, describeItems } from './describe.ts'
import { select } from './filter.ts'
import { permissionsByGroup } from './permissions.ts'
import type { Ec2Lists } from './state.ts'

const owned = (_item: object, { state }: Call) => ({ OwnerId: state.account })

export const reads: readonly Operation[] = [
  describe(Ec2.DescribeAddresses$, 'Addresses'),
  describe(Ec2.DescribeClientVpnEndpoints$, 'ClientVpnEndpoints'),
  describe(Ec2.DescribeFlowLogs$, 'FlowLogs'),
  describe(Ec2.DescribeIamInstanceProfileAssociations$, 'IamInstanceProfileAssociations'),
  describe(Ec2.DescribeImages$, 'Images', (image, { state }) => ({
    OwnerId: state.account,
    State: 'available',
    Public: image.LaunchPermissions?.some(each => each.Group === 'all') ?? false,
  })),
  describe(Ec2.DescribeInternetGateways$, 'InternetGateways', owned),
  describe(Ec2.DescribeKeyPairs$, 'KeyPairs'),
  describe(Ec2.DescribeLaunchTemplates$, 'LaunchTemplates'),
  operation(Ec2.DescribeLaunchTemplateVersions$, launchTemplateVersions),
  describe(Ec2.DescribeManagedPrefixLists$, 'PrefixLists'),
  describe(Ec2.DescribeNatGateways$, 'NatGateways'),
  describe(Ec2.DescribeNetworkAcls$, 'NetworkAcls', owned),
  describe(Ec2.DescribeNetworkInterfaces$, 'NetworkInterfaces', owned),
  describe(Ec2.DescribeRouteTables$, 'RouteTables', owned),
  describeItems(
    Ec2.DescribeSecurityGroupRules$,
    'SecurityGroupRules',
    'SecurityGroupRuleId',
    ({ state, region }) => state.ec2(region).SecurityGroupRules,
  ),
  describeItems(Ec2.DescribeSecurityGroups$, 'SecurityGroups', 'GroupId', securityGroups),
  describeItems(Ec2.DescribeSnapshots$, 'Snapshots', 'SnapshotId', snapshots),
  describe(Ec2.DescribeSubnets$, 'Subnets', ({ SubnetId }, { state, region }) => ({
    OwnerId: state.account,
    State: 'available',
    SubnetArn: `arn:${state.partition}:ec2:${region}:${state.account}:subnet/${SubnetId}`,
  })),
  describe(Ec2.DescribeTransitGateways$, 'TransitGateways', owned),
  describe(Ec2.DescribeVolumes$, 'Volumes'),
  describe(Ec2.DescribeVpcEndpointServiceConfigurations$, 'ServiceConfigurations'),
  describe(Ec2.DescribeVpcEndpoints$, 'VpcEndpoints', owned),
  describe(Ec2.DescribeVpcPeeringConnections$, 'VpcPeeringConnections'),
  describe(Ec2.DescribeVpcs$, 'Vpcs', (_item, { state }) => ({
    OwnerId: state.account,
    State: 'available',
    InstanceTenancy: 'default',
  })),
  describe(Ec2.DescribeVpnConnections$, 'VpnConnections'),
  operation(Ec2.DescribeInstances$, instances),
  operation(Ec2.DescribeRegions$, regions),
  operation(Ec2.DescribeAvailabilityZones$, zones),
]

function securityGroups({ state, region }: Call): readonly object[] {
  const { SecurityGroups, SecurityGroupRules } = state.ec2(region)
  const permissions = permissionsByGroup(SecurityGroupRules)
  return SecurityGroups.map(group => ({
    OwnerId: state.account,
    SecurityGroupArn: `arn:${state.partition}:ec2:${region}:${state.account}:security-group/${group.GroupId}`,
    Description: group.GroupName,
    ...group,
    IpPermissions: permissions(group.GroupId, false),
    IpPermissionsEgress: permissions(group.GroupId, true),
  }))
}

/** Those of the account; with `all` as who may restore them, the public ones. */
function snapshots({ state, region }: Call, input: object): readonly object[] {
  const isWanted = asStrings(member(input, 'RestorableByUserIds')).includes('all')
    ? (each: Ec2Lists['Snapshots'][number]) =>
        each.CreateVolumePermissions?.some(({ Group }) => Group === 'all') ?? false
    : () => true
  return state
    .ec2(region)
    .Snapshots.filter(isWanted)
    .map(each => ({ OwnerId: state.account, State: 'completed', ...each }))
}

/** One reservation an instance, as when they were started one by one. */
function instances(input: Ec2.DescribeInstancesRequest, call: Call): Ec2.DescribeInstancesResult {
  const { Instances } = call.state.ec2(call.region)
  const wanted = select(Instances, 'InstanceId', input.InstanceIds ?? [], input.Filters ?? [])
  const { items, next } = page(call, wanted, input.NextToken, input.MaxResults)
  return {
    Reservations: items.map(instance => ({
      ReservationId: instance.InstanceId?.replace(/^i-/, 'r-'),
      OwnerId: call.state.account,
      Groups: [],
      Instances: [instance],
    })),
    NextToken: next,
  }
}

function regions(input: Ec2.DescribeRegionsRequest, { state }: Call): Ec2.DescribeRegionsResult {
  const open = state.regions.filter(
    region => input.AllRegions || region.OptInStatus !== 'not-opted-in',
  )
  const wanted = select(open, 'RegionName', input.RegionNames ?? [], input.Filters ?? [])
  return {
    Regions: wanted.map(region => ({
      ...region,
      Endpoint: `ec2.${region.RegionName}.amazonaws.com`,
    })),
  }
}

function zones(
  _input: Ec2.DescribeAvailabilityZonesRequest,
  { region }: Call,
): Ec2.DescribeAvailabilityZonesResult {
  return {
    AvailabilityZones: ['a', 'b', 'c'].map(letter => ({
      ZoneName: `${region}${letter}`,
      RegionName: region,
      State: 'available',
      ZoneType: 'availability-zone',
    })),
  }
}

function launchTemplateVersions(
  input: Ec2.DescribeLaunchTemplateVersionsRequest,
  call: Call,
): Ec2.DescribeLaunchTemplateVersionsResult {
  const { LaunchTemplates, LaunchTemplateVersions } = call.state.ec2(call.region)
  const wanted = LaunchTemplateVersions.filter(version => {
    const template = LaunchTemplates.find(one => one.LaunchTemplateId === version.LaunchTemplateId)
    const byTemplate =
      (input.LaunchTemplateId ?? version.LaunchTemplateId) === version.LaunchTemplateId &&
      (input.LaunchTemplateName ?? template?.LaunchTemplateName) === template?.LaunchTemplateName
    const names = [
      String(version.VersionNumber),
      ...(version.VersionNumber === template?.DefaultVersionNumber ? ['$Default'] : []),
      ...(version.VersionNumber === template?.LatestVersionNumber ? ['$Latest'] : []),
    ]
    const asked = asArray(input.Versions)
    return byTemplate && (asked.length === 0 || names.some(name => asked.includes(name)))
  })
  const { items, next } = page(call, wanted, input.NextToken, input.MaxResults)
  return { LaunchTemplateVersions: items, NextToken: next }
}
