import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2'

/** The permissions of every group, one for each protocol and port range, as the API groups its rules. */
export function permissionsByGroup(
  rules: readonly SecurityGroupRule[],
): (groupId: string | undefined, egress: boolean) => IpPermission[] {
  const groups = new Map<string, Map<string, Sources & IpPermission>>()
  for (const rule of rules) {
    const { GroupId, IsEgress, IpProtocol, FromPort, ToPort } = rule
    const key = `${GroupId} ${IsEgress}`
    const ranges = groups.get(key) ?? new Map<string, Sources & IpPermission>()
    groups.set(key, ranges)
    const range = `${IpProtocol} ${FromPort} ${ToPort}`
    const permission = ranges.get(range) ?? {
      IpProtocol,
      ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }),
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    }
    ranges.set(range, permission)
    addSource(permission, rule)
  }
  return (groupId, egress) => [...(groups.get(`${groupId} ${egress}`)?.values() ?? [])]
}

interface Sources {
  readonly IpRanges: NonNullable<IpPermission['IpRanges']>
  readonly Ipv6Ranges: NonNullable<IpPermission['Ipv6Ranges']>
  readonly PrefixListIds: NonNullable<IpPermission['PrefixListIds']>
  readonly UserIdGroupPairs: NonNullable<IpPermission['UserIdGroupPairs']>
}

function addSource(permission: Sources, rule: SecurityGroupRule): void {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo, Description } = rule
  if (CidrIpv4) permission.IpRanges.push({ CidrIp: CidrIpv4, Description })
  if (CidrIpv6) permission.Ipv6Ranges.push({ CidrIpv6, Description })
  if (PrefixListId) permission.PrefixListIds.push({ PrefixListId, Description })
  if (ReferencedGroupInfo) {
    const { GroupId, UserId } = ReferencedGroupInfo
    permission.UserIdGroupPairs.push({ GroupId, UserId, Description })
  }
}
