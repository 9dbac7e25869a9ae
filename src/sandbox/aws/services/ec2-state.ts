import type { IpPermission, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2'
import { madeId } from '../call.ts'

/** One region of EC2, under the names that the answers have. */
export interface Ec2Estate {
  readonly SecurityGroups?: readonly SecurityGroup[]
}

export interface Ec2State {
  readonly SecurityGroups: SecurityGroup[]
  /** The rules of all groups, one a source: what the groups' permissions are made of. */
  readonly SecurityGroupRules: SecurityGroupRule[]
}

export function ec2State(account: string, _region: string, estate: Ec2Estate): Ec2State {
  const groups = structuredClone([...(estate.SecurityGroups ?? [])])
  return {
    SecurityGroups: groups,
    SecurityGroupRules: groups.flatMap(group => [
      ...rulesOf(account, group, group.IpPermissions ?? [], false),
      ...rulesOf(account, group, group.IpPermissionsEgress ?? [], true),
    ]),
  }
}

/** AWS keeps one rule for each source of a permission. */
export function rulesOf(
  account: string,
  group: SecurityGroup,
  permissions: readonly IpPermission[],
  egress: boolean,
): SecurityGroupRule[] {
  return permissions.flatMap(permission => {
    const { IpProtocol, FromPort, ToPort } = permission
    return sources(permission, account).map(source => ({
      SecurityGroupRuleId: madeId(
        'sgr-',
        group.GroupId,
        String(egress),
        IpProtocol,
        FromPort,
        ToPort,
        JSON.stringify(source),
      ),
      GroupId: group.GroupId,
      GroupOwnerId: account,
      IsEgress: egress,
      IpProtocol,
      FromPort: FromPort ?? -1,
      ToPort: ToPort ?? -1,
      ...source,
    }))
  })
}

function sources(permission: IpPermission, account: string): Partial<SecurityGroupRule>[] {
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

/** The permissions of one group, one for each protocol and port range, as the API groups them. */
export function permissionsOf(
  rules: readonly SecurityGroupRule[],
  groupId: string | undefined,
  egress: boolean,
): IpPermission[] {
  const byRange = new Map<string, Required<Sources> & IpPermission>()
  for (const rule of rules) {
    if (rule.GroupId !== groupId || rule.IsEgress !== egress) continue
    const { IpProtocol, FromPort, ToPort } = rule
    const key = `${IpProtocol} ${FromPort} ${ToPort}`
    const permission = byRange.get(key) ?? {
      IpProtocol,
      ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }),
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    }
    byRange.set(key, permission)
    addSource(permission, rule)
  }
  return [...byRange.values()]
}

type Sources = Pick<IpPermission, 'IpRanges' | 'Ipv6Ranges' | 'PrefixListIds' | 'UserIdGroupPairs'>

function addSource(permission: Required<Sources>, rule: SecurityGroupRule): void {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo, Description } = rule
  if (CidrIpv4) permission.IpRanges?.push({ CidrIp: CidrIpv4, Description })
  if (CidrIpv6) permission.Ipv6Ranges?.push({ CidrIpv6, Description })
  if (PrefixListId) permission.PrefixListIds?.push({ PrefixListId, Description })
  if (ReferencedGroupInfo) {
    const { GroupId, UserId } = ReferencedGroupInfo
    permission.UserIdGroupPairs?.push({ GroupId, UserId, Description })
  }
}
