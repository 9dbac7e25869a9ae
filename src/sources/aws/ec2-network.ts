import {
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  type FlowLog,
  type Subnet,
  type Vpc,
  type VpcAttributeName,
  type VpcPeeringConnectionVpcInfo,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import { isMain, leadsToInternet, routesOf } from './ec2-routes.ts'
import { all, grouped, mapped, shared } from './read.ts'
import { detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const size = { MaxResults: 1000 }
const vpcs = ec2.pages(DescribeVpcsCommand, 'Vpcs', () => size)
const subnets = ec2.pages(DescribeSubnetsCommand, 'Subnets', () => size)
const flowLogs = shared(ec2.pages(DescribeFlowLogsCommand, 'FlowLogs', () => size))
const routeTables = shared(
  ec2.pages(DescribeRouteTablesCommand, 'RouteTables', () => ({ MaxResults: 100 })),
)
const internetGateways = ec2.pages(DescribeInternetGatewaysCommand, 'InternetGateways', () => size)
const natGateways = mapped(
  ec2.pages(DescribeNatGatewaysCommand, 'NatGateways', () => size),
  gateways => gateways.filter(({ State }) => State !== 'deleted' && State !== 'deleting'),
)
const peerings = mapped(
  ec2.pages(DescribeVpcPeeringConnectionsCommand, 'VpcPeeringConnections', () => size),
  connections => connections.filter(({ Status }) => Status?.Code === 'active'),
)

const vpcAttribute = (Attribute: VpcAttributeName) =>
  ec2.one(DescribeVpcAttributeCommand, ({ VpcId }: Vpc) => ({ VpcId, Attribute }))

export const rows: readonly Row[] = [
  row({
    type: 'aws_vpc',
    service: 'ec2',
    scope: 'region',
    list: vpcs,
    id: ({ VpcId }, at) => arnOf(at, 'ec2', `vpc/${VpcId}`),
    set: {
      id: 'VpcId',
      arn: ({ VpcId }, _, at) => arnOf(at, 'ec2', `vpc/${VpcId}`),
      cidr_block: 'CidrBlock',
      dhcp_options_id: 'DhcpOptionsId',
      instance_tenancy: 'InstanceTenancy',
      ipv6_cidr_block: ({ Ipv6CidrBlockAssociationSet = [] }) =>
        Ipv6CidrBlockAssociationSet[0]?.Ipv6CidrBlock,
      is_default: ({ IsDefault }) => IsDefault ?? false,
      owner_id: 'OwnerId',
      tags: ({ Tags }) => tagsOf(Tags),
    },
    details: [
      detail(vpcAttribute('enableDnsSupport'), {
        enable_dns_support: answer => answer?.EnableDnsSupport?.Value ?? false,
      }),
      detail(vpcAttribute('enableDnsHostnames'), {
        enable_dns_hostnames: answer => answer?.EnableDnsHostnames?.Value ?? false,
      }),
      detail(
        grouped(flowLogs, byResource, ({ VpcId }: Vpc) => VpcId),
        { flow_log: logs => logs.map(flowLogOf) },
      ),
    ],
  }),
  row({
    type: 'aws_subnet',
    service: 'ec2',
    scope: 'region',
    list: subnets,
    id: ({ SubnetId, SubnetArn }, at) => SubnetArn ?? arnOf(at, 'ec2', `subnet/${SubnetId}`),
    set: {
      id: 'SubnetId',
      arn: ({ SubnetId, SubnetArn }, _, at) => SubnetArn ?? arnOf(at, 'ec2', `subnet/${SubnetId}`),
      assign_ipv6_address_on_creation: ({ AssignIpv6AddressOnCreation }) =>
        AssignIpv6AddressOnCreation ?? false,
      availability_zone: 'AvailabilityZone',
      availability_zone_id: 'AvailabilityZoneId',
      cidr_block: 'CidrBlock',
      enable_dns64: ({ EnableDns64 }) => EnableDns64 ?? false,
      ipv6_cidr_block: ({ Ipv6CidrBlockAssociationSet = [] }) =>
        Ipv6CidrBlockAssociationSet[0]?.Ipv6CidrBlock,
      ipv6_native: ({ Ipv6Native }) => Ipv6Native ?? false,
      is_default: ({ DefaultForAz }) => DefaultForAz ?? false,
      map_public_ip_on_launch: ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch ?? false,
      outpost_arn: 'OutpostArn',
      owner_id: 'OwnerId',
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: 'VpcId',
    },
    details: [
      detail(
        grouped(flowLogs, byResource, ({ SubnetId }: Subnet) => SubnetId),
        { flow_log: logs => logs.map(flowLogOf) },
      ),
      detail(all(routeTables), {
        routes_to_internet: (tables, subnet: Subnet) => leadsToInternet(tables, subnet),
      }),
    ],
  }),
  row({
    type: 'aws_route_table',
    service: 'ec2',
    scope: 'region',
    list: routeTables,
    id: ({ RouteTableId }, at) => arnOf(at, 'ec2', `route-table/${RouteTableId}`),
    set: {
      id: 'RouteTableId',
      arn: ({ RouteTableId }, _, at) => arnOf(at, 'ec2', `route-table/${RouteTableId}`),
      is_default: isMain,
      owner_id: 'OwnerId',
      propagating_vgws: ({ PropagatingVgws = [] }) => PropagatingVgws.map(each => each.GatewayId),
      route: routesOf,
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: 'VpcId',
    },
  }),
  row({
    type: 'aws_route_table_association',
    service: 'ec2',
    scope: 'region',
    list: mapped(routeTables, tables =>
      tables.flatMap(({ Associations = [] }) => Associations.filter(({ Main }) => Main !== true)),
    ),
    id: ({ RouteTableAssociationId }, at) => `${at.region}/${RouteTableAssociationId}`,
    set: {
      id: 'RouteTableAssociationId',
      gateway_id: 'GatewayId',
      route_table_id: 'RouteTableId',
      subnet_id: 'SubnetId',
    },
  }),
  row({
    type: 'aws_flow_log',
    service: 'ec2',
    scope: 'region',
    list: flowLogs,
    id: ({ FlowLogId }, at) => arnOf(at, 'ec2', `vpc-flow-log/${FlowLogId}`),
    set: {
      id: 'FlowLogId',
      arn: ({ FlowLogId }, _, at) => arnOf(at, 'ec2', `vpc-flow-log/${FlowLogId}`),
      deliver_cross_account_role: 'DeliverCrossAccountRole',
      eni_id: ({ ResourceId }) => named(ResourceId, 'eni-'),
      iam_role_arn: 'DeliverLogsPermissionArn',
      log_destination: log => destinationOf(log),
      log_destination_type: 'LogDestinationType',
      log_format: 'LogFormat',
      max_aggregation_interval: 'MaxAggregationInterval',
      subnet_id: ({ ResourceId }) => named(ResourceId, 'subnet-'),
      tags: ({ Tags }) => tagsOf(Tags),
      traffic_type: 'TrafficType',
      vpc_id: ({ ResourceId }) => named(ResourceId, 'vpc-'),
    },
  }),
  row({
    type: 'aws_internet_gateway',
    service: 'ec2',
    scope: 'region',
    list: internetGateways,
    id: ({ InternetGatewayId }, at) => arnOf(at, 'ec2', `internet-gateway/${InternetGatewayId}`),
    set: {
      id: 'InternetGatewayId',
      arn: ({ InternetGatewayId }, _, at) =>
        arnOf(at, 'ec2', `internet-gateway/${InternetGatewayId}`),
      owner_id: 'OwnerId',
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: ({ Attachments = [] }) => Attachments[0]?.VpcId,
    },
  }),
  row({
    type: 'aws_nat_gateway',
    service: 'ec2',
    scope: 'region',
    list: natGateways,
    id: ({ NatGatewayId }, at) => arnOf(at, 'ec2', `natgateway/${NatGatewayId}`),
    set: {
      id: 'NatGatewayId',
      allocation_id: ({ NatGatewayAddresses = [] }) => NatGatewayAddresses[0]?.AllocationId,
      association_id: ({ NatGatewayAddresses = [] }) => NatGatewayAddresses[0]?.AssociationId,
      connectivity_type: 'ConnectivityType',
      network_interface_id: ({ NatGatewayAddresses = [] }) =>
        NatGatewayAddresses[0]?.NetworkInterfaceId,
      private_ip: ({ NatGatewayAddresses = [] }) => NatGatewayAddresses[0]?.PrivateIp,
      public_ip: ({ NatGatewayAddresses = [] }) => NatGatewayAddresses[0]?.PublicIp,
      secondary_allocation_ids: ({ NatGatewayAddresses = [] }) =>
        NatGatewayAddresses.slice(1).map(({ AllocationId }) => AllocationId),
      subnet_id: 'SubnetId',
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: 'VpcId',
    },
  }),
  row({
    type: 'aws_vpc_peering_connection',
    service: 'ec2',
    scope: 'region',
    list: peerings,
    id: ({ VpcPeeringConnectionId }, at) =>
      arnOf(at, 'ec2', `vpc-peering-connection/${VpcPeeringConnectionId}`),
    set: {
      id: 'VpcPeeringConnectionId',
      cidr_blocks: ({ RequesterVpcInfo }) => blocksOf(RequesterVpcInfo),
      peer_cidr_blocks: ({ AccepterVpcInfo }) => blocksOf(AccepterVpcInfo),
      accept_status: ({ Status }) => Status?.Code,
      accepter: ({ AccepterVpcInfo }) => ({
        allow_remote_vpc_dns_resolution:
          AccepterVpcInfo?.PeeringOptions?.AllowDnsResolutionFromRemoteVpc ?? false,
      }),
      peer_owner_id: ({ AccepterVpcInfo }) => AccepterVpcInfo?.OwnerId,
      peer_region: ({ AccepterVpcInfo }) => AccepterVpcInfo?.Region,
      peer_vpc_id: ({ AccepterVpcInfo }) => AccepterVpcInfo?.VpcId,
      requester: ({ RequesterVpcInfo }) => ({
        allow_remote_vpc_dns_resolution:
          RequesterVpcInfo?.PeeringOptions?.AllowDnsResolutionFromRemoteVpc ?? false,
      }),
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: ({ RequesterVpcInfo }) => RequesterVpcInfo?.VpcId,
    },
  }),
]

function byResource({ ResourceId }: FlowLog): string | undefined {
  return ResourceId
}

function flowLogOf(log: FlowLog): object {
  return {
    iam_role_arn: log.DeliverLogsPermissionArn,
    log_destination: destinationOf(log),
    log_destination_type: log.LogDestinationType,
    max_aggregation_interval: log.MaxAggregationInterval,
    traffic_type: log.TrafficType,
  }
}

/** A log group may come by its name alone. */
function destinationOf({ LogDestination, LogGroupName }: FlowLog): string | undefined {
  return LogDestination ?? LogGroupName
}

function named(id: string | undefined, prefix: string): string | null {
  return id?.startsWith(prefix) ? id : null
}

/** Every block of one side. */
function blocksOf(vpc: VpcPeeringConnectionVpcInfo | undefined): readonly string[] {
  const { CidrBlock, CidrBlockSet = [], Ipv6CidrBlockSet = [] } = vpc ?? {}
  const blocks = [
    CidrBlock,
    ...CidrBlockSet.map(each => each.CidrBlock),
    ...Ipv6CidrBlockSet.map(each => each.Ipv6CidrBlock),
  ]
  return [...new Set(blocks.filter(each => each !== undefined))]
}
