import type * as Ec2 from '@aws-sdk/client-ec2'
import { madeId } from '../../call.ts'

/** The lists of one region of EC2, under the names that the answers have; some items carry what only another call tells. */
export interface Ec2Lists {
  Addresses: Ec2.Address[]
  ClientVpnEndpoints: Ec2.ClientVpnEndpoint[]
  FlowLogs: Ec2.FlowLog[]
  IamInstanceProfileAssociations: Ec2.IamInstanceProfileAssociation[]
  Images: (Ec2.Image & { LaunchPermissions?: Ec2.LaunchPermission[] })[]
  /** `UserData` is plain text here and base64 on the wire. */
  Instances: (Ec2.Instance & { UserData?: string; DisableApiTermination?: boolean })[]
  InternetGateways: Ec2.InternetGateway[]
  KeyPairs: Ec2.KeyPairInfo[]
  LaunchTemplates: Ec2.LaunchTemplate[]
  LaunchTemplateVersions: Ec2.LaunchTemplateVersion[]
  NatGateways: Ec2.NatGateway[]
  NetworkAcls: Ec2.NetworkAcl[]
  NetworkInterfaces: Ec2.NetworkInterface[]
  PrefixLists: Ec2.ManagedPrefixList[]
  RouteTables: Ec2.RouteTable[]
  SecurityGroups: Ec2.SecurityGroup[]
  ServiceConfigurations: (Ec2.ServiceConfiguration & {
    AllowedPrincipals?: Ec2.AllowedPrincipal[]
  })[]
  Snapshots: (Ec2.Snapshot & { CreateVolumePermissions?: Ec2.CreateVolumePermission[] })[]
  Subnets: Ec2.Subnet[]
  TransitGateways: Ec2.TransitGateway[]
  Volumes: Ec2.Volume[]
  VpcEndpoints: Ec2.VpcEndpoint[]
  VpcPeeringConnections: Ec2.VpcPeeringConnection[]
  Vpcs: (Ec2.Vpc & { EnableDnsSupport?: boolean; EnableDnsHostnames?: boolean })[]
  VpnConnections: Ec2.VpnConnection[]
}

/** What a region decides for all that is made in it. */
export interface Ec2Defaults {
  EbsEncryptionByDefault: boolean
  EbsDefaultKmsKeyId: string
  SnapshotBlockPublicAccess: Ec2.SnapshotBlockPublicAccessState
  ImageBlockPublicAccess: 'block-new-sharing' | 'unblocked'
  InstanceMetadataDefaults: Ec2.InstanceMetadataDefaultsResponse
  InternetGatewayBlockMode: Ec2.InternetGatewayBlockMode
  SerialConsoleAccessEnabled: boolean
}

export type Ec2Estate = Readonly<Partial<Ec2Lists & Ec2Defaults>>

export interface Ec2State extends Ec2Lists {
  /** The rules of all groups, one a source: the groups' permissions are made of them. */
  SecurityGroupRules: Ec2.SecurityGroupRule[]
  readonly defaults: Ec2Defaults
  /** How many things were made since, for their ids. */
  made: number
}

export function ec2State(account: string, estate: Ec2Estate): Ec2State {
  const lists = structuredClone({ ...noLists(), ...estate })
  return {
    ...lists,
    SecurityGroupRules: lists.SecurityGroups.flatMap(group => [
      ...rulesOf(account, group.GroupId, group.IpPermissions ?? [], false),
      ...rulesOf(account, group.GroupId, group.IpPermissionsEgress ?? [], true),
    ]),
    defaults: {
      EbsEncryptionByDefault: estate.EbsEncryptionByDefault ?? false,
      EbsDefaultKmsKeyId: estate.EbsDefaultKmsKeyId ?? 'alias/aws/ebs',
      SnapshotBlockPublicAccess: estate.SnapshotBlockPublicAccess ?? 'unblocked',
      ImageBlockPublicAccess: estate.ImageBlockPublicAccess ?? 'unblocked',
      InstanceMetadataDefaults: structuredClone(estate.InstanceMetadataDefaults ?? {}),
      InternetGatewayBlockMode: estate.InternetGatewayBlockMode ?? 'off',
      SerialConsoleAccessEnabled: estate.SerialConsoleAccessEnabled ?? false,
    },
    made: 0,
  }
}

/** The member by which an item of a list is named. */
export const idKeys = {
  Addresses: 'AllocationId',
  ClientVpnEndpoints: 'ClientVpnEndpointId',
  FlowLogs: 'FlowLogId',
  IamInstanceProfileAssociations: 'AssociationId',
  Images: 'ImageId',
  Instances: 'InstanceId',
  InternetGateways: 'InternetGatewayId',
  KeyPairs: 'KeyPairId',
  LaunchTemplates: 'LaunchTemplateId',
  LaunchTemplateVersions: 'LaunchTemplateId',
  NatGateways: 'NatGatewayId',
  NetworkAcls: 'NetworkAclId',
  NetworkInterfaces: 'NetworkInterfaceId',
  PrefixLists: 'PrefixListId',
  RouteTables: 'RouteTableId',
  SecurityGroups: 'GroupId',
  ServiceConfigurations: 'ServiceId',
  Snapshots: 'SnapshotId',
  Subnets: 'SubnetId',
  TransitGateways: 'TransitGatewayId',
  Volumes: 'VolumeId',
  VpcEndpoints: 'VpcEndpointId',
  VpcPeeringConnections: 'VpcPeeringConnectionId',
  Vpcs: 'VpcId',
  VpnConnections: 'VpnConnectionId',
} as const satisfies { [Key in keyof Ec2Lists]: keyof Ec2Lists[Key][number] }

export const listKeys = Object.keys(idKeys) as readonly (keyof Ec2Lists)[]

function noLists(): Ec2Lists {
  return Object.fromEntries(listKeys.map(key => [key, []])) as unknown as Ec2Lists
}

/** AWS keeps one rule for each source of a permission. */
export function rulesOf(
  account: string,
  groupId: string | undefined,
  permissions: readonly Ec2.IpPermission[],
  egress: boolean,
): Ec2.SecurityGroupRule[] {
  return permissions.flatMap(({ IpProtocol, FromPort, ToPort, ...permission }) =>
    sources(permission, account).map(source => ({
      SecurityGroupRuleId: madeId('sgr-', groupId, egress, IpProtocol, FromPort, ToPort, source),
      GroupId: groupId,
      GroupOwnerId: account,
      IsEgress: egress,
      IpProtocol,
      FromPort: FromPort ?? -1,
      ToPort: ToPort ?? -1,
      Tags: [],
      ...source,
    })),
  )
}

function sources(permission: Ec2.IpPermission, account: string): Partial<Ec2.SecurityGroupRule>[] {
  return [
    ...(permission.IpRanges ?? []).map(one => ({
      CidrIpv4: one.CidrIp,
      Description: one.Description,
    })),
    ...(permission.Ipv6Ranges ?? []).map(one => ({
      CidrIpv6: one.CidrIpv6,
      Description: one.Description,
    })),
    ...(permission.PrefixListIds ?? []).map(one => ({
      PrefixListId: one.PrefixListId,
      Description: one.Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map(one => ({
      ReferencedGroupInfo: { GroupId: one.GroupId, UserId: one.UserId ?? account },
      Description: one.Description,
    })),
  ]
}
