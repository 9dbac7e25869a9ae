import {
  DescribeNetworkInterfacesCommand,
  DescribeVpnConnectionsCommand,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import { mapped } from './read.ts'
import { type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const interfaces = ec2.pages(DescribeNetworkInterfacesCommand, 'NetworkInterfaces', () => ({
  MaxResults: 1000,
}))
const connections = mapped(
  ec2.pages(DescribeVpnConnectionsCommand, 'VpnConnections', () => ({})),
  all => all.filter(({ State }) => State !== 'deleted' && State !== 'deleting'),
)

/** What is attached to a network, and what leads out of it to another. */
export const rows: readonly Row[] = [
  row({
    type: 'aws_network_interface',
    service: 'ec2',
    scope: 'region',
    list: interfaces,
    id: ({ NetworkInterfaceId }, at) => arnOf(at, 'ec2', `network-interface/${NetworkInterfaceId}`),
    set: {
      id: 'NetworkInterfaceId',
      arn: ({ NetworkInterfaceId }, _, at) =>
        arnOf(at, 'ec2', `network-interface/${NetworkInterfaceId}`),
      attachment: ({ Attachment }) =>
        Attachment?.InstanceId
          ? [
              {
                attachment_id: Attachment.AttachmentId,
                device_index: Attachment.DeviceIndex,
                instance: Attachment.InstanceId,
                network_card_index: Attachment.NetworkCardIndex,
              },
            ]
          : [],
      description: 'Description',
      interface_type: 'InterfaceType',
      ipv6_addresses: ({ Ipv6Addresses = [] }) =>
        Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
      mac_address: 'MacAddress',
      outpost_arn: 'OutpostArn',
      owner_id: 'OwnerId',
      private_dns_name: 'PrivateDnsName',
      private_ip: 'PrivateIpAddress',
      private_ips: ({ PrivateIpAddresses = [] }) =>
        PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
      security_groups: ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId),
      source_dest_check: 'SourceDestCheck',
      subnet_id: 'SubnetId',
      tags: ({ TagSet }) => tagsOf(TagSet),
    },
  }),
  row({
    type: 'aws_vpn_connection',
    service: 'ec2',
    scope: 'region',
    list: connections,
    id: ({ VpnConnectionId }, at) => arnOf(at, 'ec2', `vpn-connection/${VpnConnectionId}`),
    set: {
      id: 'VpnConnectionId',
      arn: ({ VpnConnectionId }, _, at) => arnOf(at, 'ec2', `vpn-connection/${VpnConnectionId}`),
      customer_gateway_id: 'CustomerGatewayId',
      enable_acceleration: ({ Options }) => Options?.EnableAcceleration ?? false,
      local_ipv4_network_cidr: ({ Options }) => Options?.LocalIpv4NetworkCidr,
      remote_ipv4_network_cidr: ({ Options }) => Options?.RemoteIpv4NetworkCidr,
      static_routes_only: ({ Options }) => Options?.StaticRoutesOnly ?? false,
      tags: ({ Tags }) => tagsOf(Tags),
      transit_gateway_id: 'TransitGatewayId',
      type: 'Type',
      vgw_telemetry: ({ VgwTelemetry = [] }) =>
        VgwTelemetry.map(tunnel => ({
          accepted_route_count: tunnel.AcceptedRouteCount,
          certificate_arn: tunnel.CertificateArn,
          last_status_change: tunnel.LastStatusChange,
          outside_ip_address: tunnel.OutsideIpAddress,
          status: tunnel.Status,
          status_message: tunnel.StatusMessage,
        })),
      vpn_gateway_id: 'VpnGatewayId',
    },
  }),
]
