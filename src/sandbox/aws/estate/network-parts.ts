import type { NetworkAcl, NetworkAclEntry, Route, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2'
import {
  account,
  document,
  type Environment,
  id,
  organizationId,
  roleArn,
  tags,
  virginia,
} from './make.ts'
import { groupId } from './security-groups.ts'

export function vpc(region: string, name: string, environment: Environment, CidrBlock: string) {
  return {
    VpcId: id('vpc', region, name),
    CidrBlock,
    IsDefault: false,
    EnableDnsHostnames: true,
    Tags: tags(name, environment),
  }
}

export function subnetId(region: string, vpcName: string, name: string): string {
  return id('subnet', region, vpcName, name)
}

export function subnet(
  region: string,
  vpcName: string,
  name: string,
  environment: Environment,
  CidrBlock: string,
  MapPublicIpOnLaunch: boolean,
): Subnet {
  return {
    SubnetId: subnetId(region, vpcName, name),
    VpcId: id('vpc', region, vpcName),
    CidrBlock,
    AvailabilityZone: `${region}${name.slice(-1)}`,
    AvailableIpAddressCount: 4000,
    DefaultForAz: vpcName === 'default',
    MapPublicIpOnLaunch,
    Tags: tags(`${vpcName}-${name}`, environment),
  }
}

/** Public and private subnets in three zones; nothing gets a public address unasked. */
export function tiers(region: string, vpcName: string, net: string): readonly Subnet[] {
  return ['a', 'b', 'c'].flatMap((zone, n) => [
    subnet(region, vpcName, `public-${zone}`, 'production', `${net}.${n * 16}.0/24`, false),
    subnet(region, vpcName, `private-${zone}`, 'production', `${net}.${n * 16 + 32}.0/20`, false),
  ])
}

export function acl(
  region: string,
  vpcName: string,
  name: string,
  environment: Environment,
  entries: readonly NetworkAclEntry[],
  IsDefault: boolean,
): NetworkAcl {
  const NetworkAclId = id('acl', region, vpcName, name)
  return {
    NetworkAclId,
    VpcId: id('vpc', region, vpcName),
    IsDefault,
    Entries: [
      ...entries,
      { ...allow(100, '0.0.0.0/0'), Egress: true },
      lastRule(false),
      lastRule(true),
    ],
    Associations: [
      {
        NetworkAclAssociationId: id('aclassoc', region, name),
        NetworkAclId,
        SubnetId: subnetId(region, vpcName, vpcName === 'default' ? 'a' : 'public-a'),
      },
    ],
    Tags: tags(name, environment),
  }
}

export function allow(
  RuleNumber: number,
  CidrBlock: string,
  From?: number,
  To?: number,
): NetworkAclEntry {
  return {
    RuleNumber,
    CidrBlock,
    Egress: false,
    RuleAction: 'allow',
    Protocol: From === undefined ? '-1' : '6',
    ...(From !== undefined && { PortRange: { From, To } }),
  }
}

/** What every list ends with. */
function lastRule(Egress: boolean): NetworkAclEntry {
  return { ...allow(32767, '0.0.0.0/0'), Egress, RuleAction: 'deny' }
}

/** Web traffic and answers, and no administration. */
export function guarded(): readonly NetworkAclEntry[] {
  return [
    allow(100, '10.0.0.0/8'),
    allow(110, '0.0.0.0/0', 443, 443),
    { ...allow(120, '0.0.0.0/0', 3389, 3389), RuleAction: 'deny' },
    allow(130, '0.0.0.0/0', 32768, 60999),
  ]
}

export function table(
  region: string,
  vpcName: string,
  name: string,
  environment: Environment,
  routes: readonly Route[],
) {
  const RouteTableId = id('rtb', region, vpcName, name)
  return {
    RouteTableId,
    VpcId: id('vpc', region, vpcName),
    Routes: routes.map(route => ({
      Origin: 'CreateRoute' as const,
      State: 'active' as const,
      ...route,
    })),
    Associations: [
      {
        RouteTableAssociationId: id('rtbassoc', region, vpcName, name),
        RouteTableId,
        Main: name === 'main',
        ...(name !== 'main' && { SubnetId: subnetId(region, vpcName, `${name}-a`) }),
      },
    ],
    Tags: tags(`${vpcName}-${name}`, environment),
  }
}

export function toInternet(region: string, vpcName: string): Route {
  return { DestinationCidrBlock: '0.0.0.0/0', GatewayId: id('igw', region, vpcName) }
}

export function gateway(region: string, vpcName: string) {
  return {
    InternetGatewayId: id('igw', region, vpcName),
    Attachments: [{ State: 'attached' as const, VpcId: id('vpc', region, vpcName) }],
    Tags: tags(vpcName, 'shared'),
  }
}

export function nat(region: string, vpcName: string) {
  return {
    NatGatewayId: id('nat', region, vpcName),
    VpcId: id('vpc', region, vpcName),
    SubnetId: subnetId(region, vpcName, 'public-a'),
    State: 'available' as const,
    ConnectivityType: 'public' as const,
    Tags: tags(vpcName, 'production'),
  }
}

export function endpoint(
  region: string,
  vpcName: string,
  service: string,
  VpcEndpointType: 'Gateway' | 'Interface',
  PolicyDocument: string,
  zones = 0,
): VpcEndpoint {
  const subnets = ['a', 'b', 'c'].slice(0, zones)
  return {
    VpcEndpointId: id('vpce', region, vpcName, service),
    VpcEndpointType,
    VpcId: id('vpc', region, vpcName),
    ServiceName: `com.amazonaws.${region}.${service}`,
    State: 'Available',
    PolicyDocument,
    PrivateDnsEnabled: VpcEndpointType === 'Interface',
    SubnetIds: subnets.map(zone => subnetId(region, vpcName, `private-${zone}`)),
    Groups: zones ? [{ GroupId: groupId(region, 'endpoints'), GroupName: 'endpoints' }] : [],
    RouteTableIds: VpcEndpointType === 'Gateway' ? [id('rtb', region, vpcName, 'private')] : [],
    Tags: tags(`${vpcName}-${service}`, vpcName === 'production' ? 'production' : 'staging'),
  }
}

export function inOrganization(): string {
  return document({
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
  })
}

export function anybody(): string {
  return document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })
}

export function peering(name: string, from: string, fromVpc: string, to: string, toVpc: string) {
  const side = (Region: string, vpcName: string) => ({
    OwnerId: account,
    Region,
    VpcId: id('vpc', Region, vpcName),
  })
  return {
    VpcPeeringConnectionId: id('pcx', name),
    RequesterVpcInfo: side(from, fromVpc),
    AccepterVpcInfo: side(to, toVpc),
    Status: { Code: 'active' as const, Message: 'Active' },
    Tags: tags(name, 'shared'),
  }
}

export function flowLog(region: string, vpcName: string) {
  return {
    FlowLogId: id('fl', region, vpcName),
    FlowLogStatus: 'ACTIVE',
    DeliverLogsStatus: 'SUCCESS',
    ResourceId: id('vpc', region, vpcName),
    TrafficType: 'ALL' as const,
    LogDestinationType: 'cloud-watch-logs' as const,
    LogGroupName: `vpc-${vpcName}`,
    LogDestination: `arn:aws:logs:${region}:${account}:log-group:vpc-${vpcName}`,
    DeliverLogsPermissionArn: roleArn('vpc-flow-logs'),
    MaxAggregationInterval: 60,
    Tags: tags(vpcName, 'production'),
  }
}

export function transitGateway(
  region: string,
  name: string,
  environment: Environment,
  AutoAcceptSharedAttachments: 'enable' | 'disable',
) {
  return {
    TransitGatewayId: id('tgw', region, name),
    TransitGatewayArn: `arn:aws:ec2:${region}:${account}:transit-gateway/${id('tgw', region, name)}`,
    State: 'available' as const,
    Options: {
      AmazonSideAsn: 64512,
      AutoAcceptSharedAttachments,
      DefaultRouteTableAssociation: 'enable' as const,
      DefaultRouteTablePropagation: 'enable' as const,
      DnsSupport: 'enable' as const,
      VpnEcmpSupport: 'enable' as const,
    },
    Tags: tags(name, environment),
  }
}

export function vpn(region: string, name: string, Enabled: boolean) {
  return {
    ClientVpnEndpointId: id('cvpn-endpoint', region, name),
    Description: name,
    Status: { Code: 'available' as const },
    ClientCidrBlock: '10.99.0.0/22',
    SplitTunnel: true,
    TransportProtocol: 'udp' as const,
    VpnPort: 443,
    ConnectionLogOptions: {
      Enabled,
      ...(Enabled && { CloudwatchLogGroup: `client-vpn-${name}` }),
    },
    VpcId: id('vpc', region, 'production'),
    SecurityGroupIds: [groupId(region, 'metrics')],
    Tags: tags(name, 'shared'),
  }
}

/** A tunnel pair to a place of the company's own. */
export function site(name: string, second: 'UP' | 'DOWN') {
  return {
    VpnConnectionId: id('vpn', name),
    State: 'available' as const,
    Type: 'ipsec.1' as const,
    CustomerGatewayId: id('cgw', name),
    TransitGatewayId: id('tgw', virginia, 'backbone'),
    VgwTelemetry: [
      { OutsideIpAddress: '203.0.113.17', Status: 'UP' as const, StatusMessage: '2 BGP ROUTES' },
      { OutsideIpAddress: '203.0.113.92', Status: second, StatusMessage: '' },
    ],
    Tags: tags(name, 'production'),
  }
}

/** A service that others reach through endpoints of theirs. */
export function offered(region: string, name: string, Principal: string) {
  const ServiceId = id('vpce-svc', region, name)
  return {
    ServiceId,
    ServiceName: `com.amazonaws.vpce.${region}.${ServiceId}`,
    ServiceType: [{ ServiceType: 'Interface' as const }],
    ServiceState: 'Available' as const,
    AcceptanceRequired: false,
    AvailabilityZones: [`${region}a`, `${region}b`],
    Tags: tags(name, 'production'),
    AllowedPrincipals: [{ Principal, PrincipalType: 'Account' as const, ServiceId }],
  }
}

export function address(region: string, name: string, PublicIp: string, used: object) {
  return {
    AllocationId: id('eipalloc', region, name),
    PublicIp,
    Domain: 'vpc' as const,
    NetworkBorderGroup: region,
    Tags: tags(name, 'shared'),
    ...used,
  }
}
