import {
  DescribeAddressesCommand,
  DescribeClientVpnEndpointsCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  DescribeVpcEndpointsCommand,
  type ServiceConfiguration,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import { all, mapped } from './read.ts'
import { detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const size = { MaxResults: 1000 }
const addresses = ec2.pages(DescribeAddressesCommand, 'Addresses', () => ({}))
const endpoints = mapped(
  ec2.pages(DescribeVpcEndpointsCommand, 'VpcEndpoints', () => size),
  all => all.filter(({ State = '' }) => !/^delet/i.test(State)),
)
const services = ec2.pages(
  DescribeVpcEndpointServiceConfigurationsCommand,
  'ServiceConfigurations',
  () => size,
)
const transitGateways = mapped(
  ec2.pages(DescribeTransitGatewaysCommand, 'TransitGateways', () => size),
  gateways => gateways.filter(({ State }) => State !== 'deleted' && State !== 'deleting'),
)
const vpnEndpoints = mapped(
  ec2.pages(DescribeClientVpnEndpointsCommand, 'ClientVpnEndpoints', () => size),
  all => all.filter(({ Status }) => !/^delet/.test(Status?.Code ?? '')),
)

/** How a VPC meets the world. */
export const rows: readonly Row[] = [
  row({
    type: 'aws_eip',
    service: 'ec2',
    scope: 'region',
    list: addresses,
    id: ({ AllocationId, PublicIp }, at) =>
      arnOf(at, 'ec2', `elastic-ip/${AllocationId ?? PublicIp}`),
    set: {
      id: ({ AllocationId, PublicIp }) => AllocationId ?? PublicIp,
      allocation_id: 'AllocationId',
      arn: ({ AllocationId, PublicIp }, _, at) =>
        arnOf(at, 'ec2', `elastic-ip/${AllocationId ?? PublicIp}`),
      association_id: 'AssociationId',
      domain: 'Domain',
      instance: ({ InstanceId }) => InstanceId || null,
      network_border_group: 'NetworkBorderGroup',
      network_interface: ({ NetworkInterfaceId }) => NetworkInterfaceId || null,
      private_ip: 'PrivateIpAddress',
      public_ip: 'PublicIp',
      public_ipv4_pool: 'PublicIpv4Pool',
      tags: ({ Tags }) => tagsOf(Tags),
    },
  }),
  row({
    type: 'aws_vpc_endpoint',
    service: 'ec2',
    scope: 'region',
    list: endpoints,
    id: ({ VpcEndpointId }, at) => arnOf(at, 'ec2', `vpc-endpoint/${VpcEndpointId}`),
    set: {
      id: 'VpcEndpointId',
      arn: ({ VpcEndpointId }, _, at) => arnOf(at, 'ec2', `vpc-endpoint/${VpcEndpointId}`),
      network_interface_ids: ({ NetworkInterfaceIds = [] }) => NetworkInterfaceIds,
      owner_id: 'OwnerId',
      policy: 'PolicyDocument',
      private_dns_enabled: ({ PrivateDnsEnabled }) => PrivateDnsEnabled ?? false,
      requester_managed: ({ RequesterManaged }) => RequesterManaged ?? false,
      route_table_ids: ({ RouteTableIds = [] }) => RouteTableIds,
      security_group_ids: ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId),
      service_name: 'ServiceName',
      state: 'State',
      subnet_ids: ({ SubnetIds = [] }) => SubnetIds,
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_endpoint_type: 'VpcEndpointType',
      vpc_id: 'VpcId',
    },
  }),
  row({
    type: 'aws_vpc_endpoint_service',
    service: 'ec2',
    scope: 'region',
    list: services,
    id: ({ ServiceId }, at) => arnOf(at, 'ec2', `vpc-endpoint-service/${ServiceId}`),
    set: {
      id: 'ServiceId',
      arn: ({ ServiceId }, _, at) => arnOf(at, 'ec2', `vpc-endpoint-service/${ServiceId}`),
      acceptance_required: ({ AcceptanceRequired }) => AcceptanceRequired ?? false,
      availability_zones: ({ AvailabilityZones = [] }) => AvailabilityZones,
      gateway_load_balancer_arns: ({ GatewayLoadBalancerArns = [] }) => GatewayLoadBalancerArns,
      manages_vpc_endpoints: ({ ManagesVpcEndpoints }) => ManagesVpcEndpoints ?? false,
      network_load_balancer_arns: ({ NetworkLoadBalancerArns = [] }) => NetworkLoadBalancerArns,
      private_dns_name: 'PrivateDnsName',
      service_name: 'ServiceName',
      service_type: ({ ServiceType = [] }) => ServiceType[0]?.ServiceType,
      state: 'ServiceState',
      tags: ({ Tags }) => tagsOf(Tags),
    },
    details: [
      detail(
        all(
          ec2.pages(
            DescribeVpcEndpointServicePermissionsCommand,
            'AllowedPrincipals',
            ({ ServiceId }: ServiceConfiguration) => ({ ServiceId, ...size }),
          ),
        ),
        { allowed_principals: allowed => allowed.map(({ Principal }) => Principal) },
      ),
    ],
  }),
  row({
    type: 'aws_ec2_transit_gateway',
    service: 'ec2',
    scope: 'region',
    list: transitGateways,
    id: ({ TransitGatewayArn }) => String(TransitGatewayArn),
    set: {
      id: 'TransitGatewayId',
      arn: 'TransitGatewayArn',
      amazon_side_asn: ({ Options }) => Options?.AmazonSideAsn,
      auto_accept_shared_attachments: ({ Options }) => Options?.AutoAcceptSharedAttachments,
      default_route_table_association: ({ Options }) => Options?.DefaultRouteTableAssociation,
      default_route_table_propagation: ({ Options }) => Options?.DefaultRouteTablePropagation,
      description: 'Description',
      dns_support: ({ Options }) => Options?.DnsSupport,
      multicast_support: ({ Options }) => Options?.MulticastSupport,
      owner_id: 'OwnerId',
      security_group_referencing_support: ({ Options }) => Options?.SecurityGroupReferencingSupport,
      tags: ({ Tags }) => tagsOf(Tags),
      transit_gateway_cidr_blocks: ({ Options }) => Options?.TransitGatewayCidrBlocks ?? [],
      vpn_ecmp_support: ({ Options }) => Options?.VpnEcmpSupport,
    },
  }),
  row({
    type: 'aws_ec2_client_vpn_endpoint',
    service: 'ec2',
    scope: 'region',
    list: vpnEndpoints,
    id: ({ ClientVpnEndpointId }, at) =>
      arnOf(at, 'ec2', `client-vpn-endpoint/${ClientVpnEndpointId}`),
    set: {
      id: 'ClientVpnEndpointId',
      arn: ({ ClientVpnEndpointId }, _, at) =>
        arnOf(at, 'ec2', `client-vpn-endpoint/${ClientVpnEndpointId}`),
      authentication_options: ({ AuthenticationOptions = [] }) =>
        AuthenticationOptions.map(option => ({
          type: option.Type,
          active_directory_id: option.ActiveDirectory?.DirectoryId,
          root_certificate_chain_arn: option.MutualAuthentication?.ClientRootCertificateChain,
          saml_provider_arn: option.FederatedAuthentication?.SamlProviderArn,
          self_service_saml_provider_arn:
            option.FederatedAuthentication?.SelfServiceSamlProviderArn,
        })),
      client_cidr_block: 'ClientCidrBlock',
      client_connect_options: ({ ClientConnectOptions: options }) =>
        options && { enabled: options.Enabled, lambda_function_arn: options.LambdaFunctionArn },
      client_login_banner_options: ({ ClientLoginBannerOptions: options }) =>
        options && { enabled: options.Enabled, banner_text: options.BannerText },
      connection_log_options: ({ ConnectionLogOptions: options }) =>
        options && {
          enabled: options.Enabled ?? false,
          cloudwatch_log_group: options.CloudwatchLogGroup,
          cloudwatch_log_stream: options.CloudwatchLogStream,
        },
      description: 'Description',
      dns_name: 'DnsName',
      dns_servers: ({ DnsServers = [] }) => DnsServers,
      security_group_ids: ({ SecurityGroupIds = [] }) => SecurityGroupIds,
      server_certificate_arn: 'ServerCertificateArn',
      session_timeout_hours: 'SessionTimeoutHours',
      split_tunnel: ({ SplitTunnel }) => SplitTunnel ?? false,
      tags: ({ Tags }) => tagsOf(Tags),
      transport_protocol: 'TransportProtocol',
      vpc_id: 'VpcId',
      vpn_port: 'VpnPort',
    },
  }),
]
