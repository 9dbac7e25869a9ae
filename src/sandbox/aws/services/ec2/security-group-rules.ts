import * as Ec2 from '@aws-sdk/client-ec2'
import { type Call, madeId } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { one } from './attributes.ts'
import { notFound } from './filter.ts'
import { rulesOf } from './state.ts'

export const securityGroupRules: readonly Operation[] = [
  operation(Ec2.AuthorizeSecurityGroupIngress$, (input: Authorize, call) =>
    authorize(input, call, false),
  ),
  operation(Ec2.AuthorizeSecurityGroupEgress$, (input: Authorize, call) =>
    authorize(input, call, true),
  ),
  operation(Ec2.RevokeSecurityGroupIngress$, (input: Revoke, call) => revoke(input, call, false)),
  operation(Ec2.RevokeSecurityGroupEgress$, (input: Revoke, call) => revoke(input, call, true)),
  operation(Ec2.ModifySecurityGroupRules$, modify),
]

type Authorize = Ec2.AuthorizeSecurityGroupIngressRequest
type Revoke = Ec2.RevokeSecurityGroupIngressRequest

/** The old way to name one permission: its members beside the group. */
function permissions(input: Authorize | Revoke): readonly Ec2.IpPermission[] {
  const { IpPermissions = [], IpProtocol, FromPort, ToPort, CidrIp } = input
  if (IpProtocol === undefined) return IpPermissions
  return [...IpPermissions, { IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }]
}

function authorize(
  input: Authorize,
  call: Call,
  egress: boolean,
): Ec2.AuthorizeSecurityGroupIngressResult {
  const { state, region } = call
  const ec2 = state.ec2(region)
  one(call, 'SecurityGroups', 'GroupId', input.GroupId)
  const tags = input.TagSpecifications?.flatMap(each => each.Tags ?? []) ?? []
  const fresh = rulesOf(state.account, input.GroupId, permissions(input), egress).map(rule => ({
    ...rule,
    Tags: tags,
    SecurityGroupRuleId: madeId('sgr-', region, ++ec2.made),
  }))
  const twice = fresh.find(rule => ec2.SecurityGroupRules.some(known => sameRule(known, rule)))
  if (twice) {
    throw new ApiError(
      'InvalidPermission.Duplicate',
      400,
      `the specified rule "${describeRule(twice)}" already exists`,
    )
  }
  ec2.SecurityGroupRules.push(...fresh)
  return { Return: true, SecurityGroupRules: fresh }
}

/** All or nothing: a rule that is not there makes the whole call an error. */
function revoke(input: Revoke, call: Call, egress: boolean): Ec2.RevokeSecurityGroupIngressResult {
  const { state, region } = call
  const ec2 = state.ec2(region)
  one(call, 'SecurityGroups', 'GroupId', input.GroupId)
  const ofGroup = ec2.SecurityGroupRules.filter(
    rule => rule.GroupId === input.GroupId && rule.IsEgress === egress,
  )
  const ids = input.SecurityGroupRuleIds ?? []
  const unknown = ids.filter(id => !ofGroup.some(rule => rule.SecurityGroupRuleId === id))
  if (unknown.length > 0) {
    throw notFound('SecurityGroupRuleId', unknown)
  }
  const wanted = rulesOf(state.account, input.GroupId, permissions(input), egress)
  const found = wanted.map(rule => ofGroup.find(known => sameRule(known, rule)))
  if (found.includes(undefined)) {
    throw new ApiError(
      'InvalidPermission.NotFound',
      400,
      'The specified rule does not exist in this security group.',
    )
  }
  const gone = new Set([...found.map(rule => rule?.SecurityGroupRuleId), ...ids])
  const isGone = (rule: Ec2.SecurityGroupRule) => gone.has(rule.SecurityGroupRuleId)
  const revoked = ofGroup.filter(isGone)
  ec2.SecurityGroupRules = ec2.SecurityGroupRules.filter(rule => !isGone(rule))
  return {
    Return: true,
    RevokedSecurityGroupRules: revoked.map(({ ReferencedGroupInfo, ...rule }) => ({
      ...rule,
      ReferencedGroupId: ReferencedGroupInfo?.GroupId,
    })),
  }
}

function modify(
  input: Ec2.ModifySecurityGroupRulesRequest,
  call: Call,
): Ec2.ModifySecurityGroupRulesResult {
  const ec2 = call.state.ec2(call.region)
  for (const { SecurityGroupRuleId, SecurityGroupRule } of input.SecurityGroupRules ?? []) {
    const index = ec2.SecurityGroupRules.findIndex(
      rule => rule.SecurityGroupRuleId === SecurityGroupRuleId && rule.GroupId === input.GroupId,
    )
    const before = ec2.SecurityGroupRules[index]
    if (!before) throw notFound('SecurityGroupRuleId', [SecurityGroupRuleId])
    const { ReferencedGroupId, ...rule } = SecurityGroupRule ?? {}
    ec2.SecurityGroupRules[index] = {
      SecurityGroupRuleId,
      GroupId: input.GroupId,
      GroupOwnerId: call.state.account,
      IsEgress: before.IsEgress,
      Tags: before.Tags,
      ...rule,
      ...(ReferencedGroupId ? { ReferencedGroupInfo: { GroupId: ReferencedGroupId } } : {}),
    }
  }
  return { Return: true }
}

/** Descriptions and tags do not tell rules apart. */
function sameRule(a: Ec2.SecurityGroupRule, b: Ec2.SecurityGroupRule): boolean {
  return a.GroupId === b.GroupId && a.IsEgress === b.IsEgress && describeRule(a) === describeRule(b)
}

function describeRule(rule: Ec2.SecurityGroupRule): string {
  const source =
    rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId
  return `peer: ${source}, ${rule.IpProtocol}, from port: ${rule.FromPort}, to port: ${rule.ToPort}`
}
