import type { Ec2Estate } from '../services/ec2/state.ts'
import { frankfurt, id, virginia, warehouseAccount } from './make.ts'
import {
  acl,
  address,
  allow,
  anybody,
  endpoint,
  flowLog,
  gateway,
  guarded,
  inOrganization,
  nat,
  offered,
  peering,
  site,
  subnet,
  table,
  tiers,
  toInternet,
  transitGateway,
  vpc,
  vpn,
} from './network-parts.ts'
import { defaultGroup, faultyGroups, soundGroups } from './security-groups.ts'

export const virginiaNetwork: Ec2Estate = {
  Vpcs: [
    { ...vpc(virginia, 'default', 'shared', '172.31.0.0/16'), IsDefault: true, Tags: [] },
    vpc(virginia, 'production', 'production', '10.10.0.0/16'),
    vpc(virginia, 'staging', 'staging', '10.20.0.0/16'),
  ],
  Subnets: [
    subnet(virginia, 'default', 'a', 'shared', '172.31.0.0/20', true),
    subnet(virginia, 'default', 'b', 'shared', '172.31.16.0/20', true),
    ...tiers(virginia, 'production', '10.10'),
    subnet(virginia, 'staging', 'public-a', 'staging', '10.20.0.0/20', true),
    subnet(virginia, 'staging', 'private-a', 'staging', '10.20.32.0/20', false),
  ],
  SecurityGroups: [
    defaultGroup(virginia, 'default', false),
    defaultGroup(virginia, 'production', true),
    defaultGroup(virginia, 'staging', false),
    ...soundGroups(virginia, 'production'),
    ...faultyGroups(virginia, 'staging'),
  ],
  NetworkAcls: [
    acl(virginia, 'default', 'default', 'shared', [allow(100, '0.0.0.0/0')], true),
    acl(virginia, 'production', 'production', 'production', guarded(), false),
    // Nothing but what should not be reachable.
    acl(
      virginia,
      'staging',
      'staging-admin',
      'staging',
      [allow(100, '0.0.0.0/0', 22, 22), allow(110, '0.0.0.0/0', 3389, 3389)],
      false,
    ),
    { ...acl(virginia, 'staging', 'left-over', 'staging', guarded(), false), Associations: [] },
  ],
  RouteTables: [
    table(virginia, 'production', 'public', 'production', [toInternet(virginia, 'production')]),
    table(virginia, 'production', 'private', 'production', [
      { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: id('nat', virginia, 'production') },
      { DestinationCidrBlock: '10.40.32.0/20', VpcPeeringConnectionId: id('pcx', 'europe') },
    ]),
    // Everything of the other side, not only what is needed of it.
    table(virginia, 'staging', 'main', 'staging', [
      toInternet(virginia, 'staging'),
      { DestinationCidrBlock: '0.0.0.0/0', VpcPeeringConnectionId: id('pcx', 'staging') },
    ]),
  ],
  InternetGateways: ['default', 'production', 'staging'].map(name => gateway(virginia, name)),
  NatGateways: [nat(virginia, 'production')],
  VpcEndpoints: [
    endpoint(virginia, 'production', 's3', 'Gateway', inOrganization()),
    endpoint(virginia, 'production', 'ec2', 'Interface', inOrganization(), 3),
    endpoint(virginia, 'production', 'kms', 'Interface', inOrganization(), 1),
    endpoint(virginia, 'staging', 's3', 'Gateway', anybody()),
  ],
  VpcPeeringConnections: [
    peering('europe', virginia, 'production', frankfurt, 'production'),
    peering('staging', virginia, 'staging', virginia, 'production'),
  ],
  FlowLogs: [flowLog(virginia, 'production')],
  TransitGateways: [
    transitGateway(virginia, 'backbone', 'production', 'disable'),
    transitGateway(virginia, 'lab', 'development', 'enable'),
  ],
  ClientVpnEndpoints: [vpn(virginia, 'staff', true), vpn(virginia, 'contractors', false)],
  VpnConnections: [site('berlin', 'UP'), site('warehouse', 'DOWN')],
  ServiceConfigurations: [
    offered(virginia, 'prices', '*'),
    offered(virginia, 'stock', `arn:aws:iam::${warehouseAccount}:root`),
  ],
  Addresses: [
    address(virginia, 'nat', '198.51.100.10', { NetworkInterfaceId: id('eni', virginia, 'nat') }),
    address(virginia, 'forgotten', '198.51.100.77', {}),
    address(virginia, 'old-mail', '198.51.100.78', {}),
  ],
}

export const frankfurtNetwork: Ec2Estate = {
  Vpcs: [
    { ...vpc(frankfurt, 'default', 'shared', '172.31.0.0/16'), IsDefault: true, Tags: [] },
    vpc(frankfurt, 'production', 'production', '10.40.0.0/16'),
    vpc(frankfurt, 'development', 'development', '10.50.0.0/16'),
  ],
  Subnets: [
    subnet(frankfurt, 'default', 'a', 'shared', '172.31.0.0/20', true),
    ...tiers(frankfurt, 'production', '10.40'),
    subnet(frankfurt, 'development', 'public-a', 'development', '10.50.0.0/20', true),
  ],
  SecurityGroups: [
    defaultGroup(frankfurt, 'default', false),
    defaultGroup(frankfurt, 'production', true),
    defaultGroup(frankfurt, 'development', false),
    ...soundGroups(frankfurt, 'production'),
  ],
  NetworkAcls: [
    acl(frankfurt, 'default', 'default', 'shared', [allow(100, '0.0.0.0/0')], true),
    acl(frankfurt, 'production', 'production', 'production', guarded(), false),
    acl(frankfurt, 'development', 'development', 'development', [allow(100, '0.0.0.0/0')], true),
  ],
  RouteTables: [
    table(frankfurt, 'production', 'public', 'production', [toInternet(frankfurt, 'production')]),
    table(frankfurt, 'production', 'private', 'production', [
      { DestinationCidrBlock: '10.10.32.0/20', VpcPeeringConnectionId: id('pcx', 'europe') },
    ]),
  ],
  InternetGateways: ['default', 'production', 'development'].map(name => gateway(frankfurt, name)),
  VpcEndpoints: [endpoint(frankfurt, 'production', 'ec2', 'Interface', inOrganization(), 2)],
  VpcPeeringConnections: [peering('europe', virginia, 'production', frankfurt, 'production')],
  FlowLogs: [flowLog(frankfurt, 'production')],
  Addresses: [address(frankfurt, 'forgotten-eu', '198.51.100.201', {})],
}
