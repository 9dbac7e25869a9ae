import {
  DescribeRegions$,
  type DescribeRegionsRequest,
  type DescribeRegionsResult,
  DescribeSecurityGroupRules$,
  type DescribeSecurityGroupRulesRequest,
  type DescribeSecurityGroupRulesResult,
  DescribeSecurityGroups$,
  type DescribeSecurityGroupsRequest,
  type DescribeSecurityGroupsResult,
} from '@aws-sdk/client-ec2'
import { type Call, page } from '../call.ts'
import { operation, type Service } from '../wire/service.ts'
import { select } from './ec2-filter.ts'
import { permissionsOf } from './ec2-state.ts'

export const ec2: Service = {
  name: 'ec2',
  signing: 'ec2',
  protocol: 'ec2',
  xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  operations: [
    operation(DescribeRegions$, describeRegions),
    operation(DescribeSecurityGroups$, describeSecurityGroups),
    operation(DescribeSecurityGroupRules$, describeSecurityGroupRules),
  ],
}

function describeRegions(input: DescribeRegionsRequest, { state }: Call): DescribeRegionsResult {
  const open = state.regions.filter(
    region => input.AllRegions || region.OptInStatus !== 'not-opted-in',
  )
  return {
    Regions: select(open, 'RegionName', input.RegionNames, input.Filters).map(region => ({
      ...region,
      Endpoint: `ec2.${region.RegionName}.amazonaws.com`,
    })),
  }
}

function describeSecurityGroups(
  input: DescribeSecurityGroupsRequest,
  call: Call,
): DescribeSecurityGroupsResult {
  const { SecurityGroups, SecurityGroupRules } = call.state.ec2(call.region)
  const named = input.GroupNames?.length
    ? SecurityGroups.filter(group => input.GroupNames?.includes(group.GroupName ?? ''))
    : SecurityGroups
  const wanted = select(named, 'GroupId', input.GroupIds, input.Filters)
  const { items, next } = page(call, wanted, input.NextToken, input.MaxResults)
  return {
    SecurityGroups: items.map(group => ({
      OwnerId: call.state.account,
      SecurityGroupArn: `arn:aws:ec2:${call.region}:${call.state.account}:security-group/${group.GroupId}`,
      Description: group.GroupName,
      Tags: [],
      ...group,
      IpPermissions: permissionsOf(SecurityGroupRules, group.GroupId, false),
      IpPermissionsEgress: permissionsOf(SecurityGroupRules, group.GroupId, true),
    })),
    NextToken: next,
  }
}

function describeSecurityGroupRules(
  input: DescribeSecurityGroupRulesRequest,
  call: Call,
): DescribeSecurityGroupRulesResult {
  const { SecurityGroupRules } = call.state.ec2(call.region)
  const wanted = select(
    SecurityGroupRules,
    'SecurityGroupRuleId',
    input.SecurityGroupRuleIds,
    input.Filters,
  )
  const { items, next } = page(call, wanted, input.NextToken, input.MaxResults)
  return { SecurityGroupRules: items, NextToken: next }
}
