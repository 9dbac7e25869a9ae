import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2'
import { account, type Environment, id, tags } from './make.ts'

/** Services for the inside that a debugging session once opened to the world, with a port each. */
export const debugPorts = {
  cassandra: 9042,
  cifs: 445,
  elasticsearch: 9200,
  ftp: 21,
  kafka: 9092,
  kerberos: 88,
  ldap: 389,
  memcached: 11211,
  mongodb: 27017,
  mysql: 3306,
  oracle: 1521,
  postgresql: 5432,
  rdp: 3389,
  redis: 6379,
  sqlserver: 1433,
  ssh: 22,
  telnet: 23,
} as const

export function groupId(region: string, name: string): string {
  return id('sg', region, name)
}

/** The groups of a production network: each lets in only what stands before it. */
export function soundGroups(region: string, vpc: string): readonly SecurityGroup[] {
  const group = (name: string, ingress: readonly IpPermission[]) =>
    securityGroup(region, vpc, name, 'production', ingress, [https('0.0.0.0/0', 'APIs of AWS')])
  return [
    group('load-balancer', [https('0.0.0.0/0', 'Shoppers'), https('::/0', 'Shoppers')]),
    group('orders-api', [fromGroup(region, 'load-balancer', 8443, 'Load balancer')]),
    group('storefront', [fromGroup(region, 'load-balancer', 8080, 'Load balancer')]),
    group('invoice-worker', []),
    group('database', [
      fromGroup(region, 'orders-api', 6432, 'Orders'),
      fromGroup(region, 'storefront', 13306, 'Catalogue'),
    ]),
    group('cache', [fromGroup(region, 'storefront', 6379, 'Sessions')]),
    group('endpoints', [https('10.0.0.0/8', 'Inside')]),
    group('metrics', [open(9100, '10.0.0.0/8', 'Prometheus')]),
  ]
}

export function defaultGroup(region: string, vpc: string, isEmptied: boolean): SecurityGroup {
  const self: IpPermission = {
    IpProtocol: '-1',
    UserIdGroupPairs: [{ GroupId: groupId(region, `${vpc}-default`), UserId: account }],
  }
  return {
    ...securityGroup(
      region,
      vpc,
      `${vpc}-default`,
      'shared',
      isEmptied ? [] : [self],
      isEmptied ? [] : [everything('0.0.0.0/0')],
    ),
    GroupName: 'default',
    Description: 'default VPC security group',
    Tags: [],
  }
}

export function faultyGroups(region: string, vpc: string): readonly SecurityGroup[] {
  const group = (name: string, environment: Environment, ...ingress: readonly IpPermission[]) =>
    securityGroup(region, vpc, name, environment, ingress, [https('0.0.0.0/0', 'APIs of AWS')])
  const leaky = (name: string, environment: Environment, ...ingress: readonly IpPermission[]) =>
    securityGroup(region, vpc, name, environment, ingress, [everything('0.0.0.0/0')])
  return [
    group('bastion', 'production', open(22, '0.0.0.0/0', 'SSH from anywhere')),
    group('windows-jump', 'production', open(3389, '::/0', 'RDP from anywhere, by IPv6')),
    group('partner-ftp', 'production', {
      ...open(20, '0.0.0.0/0', 'Partners'),
      FromPort: 20,
      ToPort: 21,
    }),
    leaky('everything-open', 'staging', everything('0.0.0.0/0')),
    leaky('all-tcp', 'staging', { ...open(0, '0.0.0.0/0'), ToPort: 65535 }),
    group('half-the-internet', 'production', open(8443, '52.0.0.0/6', 'Some cloud')),
    {
      ...leaky('launch-wizard-1', 'development', open(22, '203.0.113.0/24', 'Office')),
      Description: 'launch-wizard-1 created 2022-03-08T09:14:11.170Z',
    },
    leaky('left-over', 'development', open(8080, '10.0.0.0/8')),
    group('partner-allowlist', 'production', ...partners()),
    ...Object.entries(debugPorts).map(([name, port]) =>
      group(`debug-${name}`, 'development', open(port, '0.0.0.0/0', 'debugging')),
    ),
  ]
}

function securityGroup(
  region: string,
  vpc: string,
  name: string,
  environment: Environment,
  ingress: readonly IpPermission[],
  egress: readonly IpPermission[],
): SecurityGroup {
  return {
    GroupId: groupId(region, name),
    GroupName: name,
    Description: `${name.replaceAll('-', ' ')} of the shop`,
    VpcId: id('vpc', region, vpc),
    OwnerId: account,
    IpPermissions: [...ingress],
    IpPermissionsEgress: [...egress],
    Tags: tags(name, environment),
  }
}

function open(port: number, cidr: string, Description?: string): IpPermission {
  const note = Description === undefined ? {} : { Description }
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    ...(cidr.includes(':')
      ? { Ipv6Ranges: [{ CidrIpv6: cidr, ...note }] }
      : { IpRanges: [{ CidrIp: cidr, ...note }] }),
  }
}

function https(cidr: string, note: string): IpPermission {
  return open(443, cidr, note)
}

function everything(CidrIp: string): IpPermission {
  return { IpProtocol: '-1', IpRanges: [{ CidrIp }] }
}

function fromGroup(region: string, name: string, port: number, Description: string): IpPermission {
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    UserIdGroupPairs: [{ GroupId: groupId(region, name), UserId: account, Description }],
  }
}

/** More rules than anybody reads. */
function partners(): readonly IpPermission[] {
  return Array.from({ length: 64 }, (_, n) =>
    open(443, `198.51.100.${n * 4}/30`, `Partner ${n + 1}`),
  )
}
