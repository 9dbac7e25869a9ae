import type { IpPermission, SecurityGroupRule, Tag } from '@aws-sdk/client-ec2'
import type { Tags, Target } from '../action.ts'
import type { Call } from '../call.ts'
import { asJson, canonical, type Json } from '../json.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

/** A rule as the API tells it, whole: what is put back is what was there. */
export type Rule = Readonly<SecurityGroupRule>

/** What every action on a security group says of it. */
export const securityGroup = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d{12}:security-group\/(?<name>sg-[0-9a-z]+)$/,
  tags: groupTags,
  population: countGroups,
  // A rule is a resource of its own to IAM, and its id says nothing of its group.
  resources: ({ partition, region, account, arn }: Target) => [
    arn,
    `arn:${partition}:ec2:${region}:${account}:security-group-rule/*`,
  ],
} as const

const gone = ['InvalidGroup.NotFound', 'InvalidGroupId.NotFound']

/** The group itself; a group that is gone gives null. */
export function readGroup(cloud: Cloud, { name }: Target) {
  return ifThere(gone, async () => {
    const answer = await cloud.ask('ec2', 'DescribeSecurityGroups', { GroupIds: [name] })
    return given(given(answer.SecurityGroups, 'SecurityGroups')[0], `security group ${name}`)
  })
}

/** All rules, both ways, in an order of their own. */
export async function readRules(cloud: Cloud, { name }: Target): Promise<readonly Rule[]> {
  const rules = await pages(
    NextToken =>
      cloud.ask('ec2', 'DescribeSecurityGroupRules', {
        Filters: [{ Name: 'group-id', Values: [name] }],
        NextToken,
      }),
    page => given(page.SecurityGroupRules, 'SecurityGroupRules'),
    page => page.NextToken,
  )
  return rules.toSorted((a, b) =>
    String(a.SecurityGroupRuleId) < String(b.SecurityGroupRuleId) ? -1 : 1,
  )
}

/** How many network interfaces stand behind the group. */
export async function countInterfaces(cloud: Cloud, { name }: Target): Promise<number> {
  const all = await pages(
    NextToken =>
      cloud.ask('ec2', 'DescribeNetworkInterfaces', {
        Filters: [{ Name: 'group-id', Values: [name] }],
        NextToken,
      }),
    page => given(page.NetworkInterfaces, 'NetworkInterfaces'),
    page => page.NextToken,
  )
  return all.length
}

export function revoke(groupId: string, rules: readonly Rule[], egress: boolean): readonly Call[] {
  const ids = rules.flatMap(rule =>
    rule.IsEgress === egress && rule.SecurityGroupRuleId ? [rule.SecurityGroupRuleId] : [],
  )
  if (ids.length === 0) return []
  const input = { GroupId: groupId, SecurityGroupRuleIds: ids }
  return [
    egress
      ? call('ec2', 'RevokeSecurityGroupEgress', input)
      : call('ec2', 'RevokeSecurityGroupIngress', input),
  ]
}

/** Puts rules back with their descriptions and tags: one call for the rules that share their tags. Their ids are new. */
export function authorize(
  groupId: string,
  rules: readonly Rule[],
  egress: boolean,
): readonly Call[] {
  const byTags = new Map<string, Rule[]>()
  for (const rule of rules.filter(one => one.IsEgress === egress)) {
    const key = canonical(asJson(sortedTags(rule)))
    byTags.set(key, [...(byTags.get(key) ?? []), rule])
  }
  return [...byTags.values()].map(group => {
    const Tags = sortedTags(group[0])
    const input = {
      GroupId: groupId,
      IpPermissions: group.map(permissionOf),
      ...(Tags.length > 0
        ? { TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags }] }
        : {}),
    }
    return egress
      ? call('ec2', 'AuthorizeSecurityGroupEgress', input)
      : call('ec2', 'AuthorizeSecurityGroupIngress', input)
  })
}

/** The rules that were there and are not now, by what they say. */
export function missing(before: readonly Rule[], now: readonly Rule[]): readonly Rule[] {
  const present = new Set(now.map(meaning))
  return before.filter(rule => !present.has(meaning(rule)))
}

/** Rules without the ids, which AWS gives anew. */
export function comparableRules(rules: readonly Rule[]): Json {
  return rules.map(meaning).sort()
}

function meaning(rule: Rule): string {
  const { SecurityGroupRuleId: _, SecurityGroupRuleArn: __, Tags: ___, ...rest } = rule
  return canonical(asJson({ ...rest, Tags: sortedTags(rule) }))
}

function sortedTags(rule: Rule | undefined): readonly Tag[] & Tag[] {
  return [...(rule?.Tags ?? [])].sort((a, b) => (String(a.Key) < String(b.Key) ? -1 : 1))
}

function permissionOf(rule: Rule): IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, Description } = rule
  const { ReferencedGroupInfo: other } = rule
  const said = Description === undefined ? {} : { Description }
  return {
    IpProtocol,
    ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }),
    ...(CidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: CidrIpv4, ...said }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, ...said }] }),
    ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId, ...said }] }),
    ...(other === undefined
      ? {}
      : {
          UserIdGroupPairs: [
            {
              GroupId: other.GroupId,
              UserId: other.UserId,
              VpcId: other.VpcId,
              VpcPeeringConnectionId: other.VpcPeeringConnectionId,
              ...said,
            },
          ],
        }),
  }
}

async function groupTags(cloud: Cloud, target: Target): Promise<Tags> {
  return tagsOf((await readGroup(cloud, target))?.Tags)
}

async function countGroups(cloud: Cloud): Promise<number> {
  const all = await pages(
    NextToken => cloud.ask('ec2', 'DescribeSecurityGroups', { NextToken, MaxResults: 1000 }),
    page => given(page.SecurityGroups, 'SecurityGroups'),
    page => page.NextToken,
  )
  return all.length
}
