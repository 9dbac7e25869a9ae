import type { Route, RouteTable, Subnet } from '@aws-sdk/client-ec2'

/** The table of its VPC that holds for subnets without one of their own. */
export function isMain({ Associations = [] }: RouteTable): boolean {
  return Associations.some(({ Main }) => Main === true)
}

/** The routes that somebody made: not those within the VPC, of gateway endpoints, or learnt. */
export function routesOf({ Routes = [] }: RouteTable): readonly object[] {
  return Routes.filter(
    ({ GatewayId = '', Origin }) =>
      GatewayId !== 'local' &&
      !GatewayId.startsWith('vpce-') &&
      Origin !== 'EnableVgwRoutePropagation',
  ).map(route => ({
    carrier_gateway_id: route.CarrierGatewayId,
    cidr_block: route.DestinationCidrBlock,
    core_network_arn: route.CoreNetworkArn,
    destination_prefix_list_id: route.DestinationPrefixListId,
    egress_only_gateway_id: route.EgressOnlyInternetGatewayId,
    gateway_id: route.GatewayId,
    ipv6_cidr_block: route.DestinationIpv6CidrBlock,
    local_gateway_id: route.LocalGatewayId,
    nat_gateway_id: route.NatGatewayId,
    network_interface_id: route.NetworkInterfaceId,
    transit_gateway_id: route.TransitGatewayId,
    vpc_peering_connection_id: route.VpcPeeringConnectionId,
  }))
}

/** Whether what is in the subnet can be reached from the internet, as far as routes go. */
export function leadsToInternet(tables: readonly RouteTable[], subnet: Subnet): boolean {
  const own = tables.find(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId === subnet.SubnetId),
  )
  const table = own ?? tables.find(each => each.VpcId === subnet.VpcId && isMain(each))
  return (table?.Routes ?? []).some(isToInternet)
}

function isToInternet(route: Route): boolean {
  const everywhere = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock
  return (
    (everywhere === '0.0.0.0/0' || everywhere === '::/0') &&
    (route.GatewayId ?? '').startsWith('igw-') &&
    route.State !== 'blackhole'
  )
}
