import {
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  type NetworkAclEntry,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import type { Row } from './row.ts'
import { row } from './row.ts'
import { tagsOf } from './tags.ts'

const securityGroups = ec2.pages(DescribeSecurityGroupsCommand, 'SecurityGroups', () => ({
  MaxResults: 1000,
}))
const networkAcls = ec2.pages(DescribeNetworkAclsCommand, 'NetworkAcls', () => ({
  MaxResults: 1000,
}))

export const rows: readonly Row[] = [
  row({
    type: 'aws_security_group',
    service: 'ec2',
    scope: 'region',
    list: securityGroups,
    id: ({ GroupId }, at) => arnOf(at, 'ec2', `security-group/${GroupId}`),
    set: {
      id: 'GroupId',
      arn: ({ GroupId }, _, at) => arnOf(at, 'ec2', `security-group/${GroupId}`),
      description: 'Description',
      egress: group => rulesOf(group, group.IpPermissionsEgress),
      ingress: group => rulesOf(group, group.IpPermissions),
      is_default: ({ GroupName }) => GroupName === 'default',
      name: 'GroupName',
      owner_id: 'OwnerId',
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: 'VpcId',
    },
  }),
  row({
    type: 'aws_network_acl',
    service: 'ec2',
    scope: 'region',
    list: networkAcls,
    id: ({ NetworkAclId }, at) => arnOf(at, 'ec2', `network-acl/${NetworkAclId}`),
    set: {
      id: 'NetworkAclId',
      arn: ({ NetworkAclId }, _, at) => arnOf(at, 'ec2', `network-acl/${NetworkAclId}`),
      egress: ({ Entries }) => entriesOf(Entries, true),
      ingress: ({ Entries }) => entriesOf(Entries, false),
      is_default: ({ IsDefault }) => IsDefault ?? false,
      owner_id: 'OwnerId',
      subnet_ids: ({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId),
      tags: ({ Tags }) => tagsOf(Tags),
      vpc_id: 'VpcId',
    },
  }),
]

/** One rule a source: each has its own description. */
function rulesOf(group: SecurityGroup, permissions: readonly IpPermission[] = []): object[] {
  return permissions.flatMap(permission => {
    const ports = {
      protocol: permission.IpProtocol,
      from_port: permission.FromPort ?? 0,
      to_port: permission.ToPort ?? 0,
    }
    const rule = (source: object, Description: string | undefined) => ({
      ...ports,
      ...source,
      description: Description || null,
    })
    return [
      ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) =>
        rule({ cidr_blocks: [CidrIp] }, Description),
      ),
      ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) =>
        rule({ ipv6_cidr_blocks: [CidrIpv6] }, Description),
      ),
      ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) =>
        rule({ prefix_list_ids: [PrefixListId] }, Description),
      ),
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, UserId, Description }) => {
        if (GroupId === group.GroupId) return rule({ self: true }, Description)
        const isOwn = UserId === undefined || UserId === group.OwnerId
        return rule({ security_groups: [isOwn ? GroupId : `${UserId}/${GroupId}`] }, Description)
      }),
    ]
  })
}

/** The last entry, which denies the rest, cannot be changed and is in nobody's code. */
function entriesOf(entries: readonly NetworkAclEntry[] = [], egress: boolean): object[] {
  return entries
    .filter(entry => entry.Egress === egress && (entry.RuleNumber ?? 0) < 32_767)
    .map(entry => ({
      action: entry.RuleAction,
      cidr_block: entry.CidrBlock,
      from_port: entry.PortRange?.From ?? 0,
      icmp_code: entry.IcmpTypeCode?.Code,
      icmp_type: entry.IcmpTypeCode?.Type,
      ipv6_cidr_block: entry.Ipv6CidrBlock,
      protocol: entry.Protocol,
      rule_no: entry.RuleNumber,
      to_port: entry.PortRange?.To ?? 0,
    }))
}
