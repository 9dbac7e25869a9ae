import * as Ec2 from '@aws-sdk/client-ec2'
import { type Call, madeId } from '../../call.ts'
import { asArray, member } from '../../plain.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { one } from './attributes.ts'
import { defined } from './defaults.ts'
import { idKeys, listKeys } from './state.ts'

export const writes: readonly Operation[] = [
  operation(Ec2.ModifyInstanceMetadataOptions$, modifyMetadataOptions),
  operation(Ec2.ModifySnapshotAttribute$, modifySnapshot),
  operation(Ec2.ModifyImageAttribute$, modifyImage),
  operation(Ec2.ModifySubnetAttribute$, modifySubnet),
  operation(Ec2.ReplaceNetworkAclEntry$, replaceAclEntry),
  operation(Ec2.CreateFlowLogs$, createFlowLogs),
  operation(Ec2.DeleteFlowLogs$, deleteFlowLogs),
  operation(Ec2.CreateTags$, createTags),
  operation(Ec2.DeleteTags$, deleteTags),
]

function modifyMetadataOptions(
  { InstanceId, DryRun: _, ...options }: Ec2.ModifyInstanceMetadataOptionsRequest,
  call: Call,
): Ec2.ModifyInstanceMetadataOptionsResult {
  const instance = one(call, 'Instances', 'InstanceId', InstanceId)
  instance.MetadataOptions = { ...instance.MetadataOptions, ...defined(options), State: 'applied' }
  return { InstanceId, InstanceMetadataOptions: instance.MetadataOptions }
}

function modifySnapshot(input: Ec2.ModifySnapshotAttributeRequest, call: Call): object {
  const snapshot = one(call, 'Snapshots', 'SnapshotId', input.SnapshotId)
  const { OperationType: verb, GroupNames = [], UserIds = [] } = input
  const named: Ec2.CreateVolumePermission[] = [
    ...GroupNames.map(Group => ({ Group: group(Group) })),
    ...UserIds.map(UserId => ({ UserId })),
  ]
  const { Add = [], Remove = [] } = input.CreateVolumePermission ?? {}
  const add = [...Add, ...(verb === 'add' ? named : [])]
  const blocked = call.state.ec2(call.region).defaults.SnapshotBlockPublicAccess !== 'unblocked'
  if (blocked && add.some(each => each.Group === 'all')) {
    throw new ApiError(
      'OperationNotPermitted',
      400,
      'Block public access for snapshots is enabled for this account in this Region.',
    )
  }
  snapshot.CreateVolumePermissions = changed(snapshot.CreateVolumePermissions ?? [], add, [
    ...Remove,
    ...(verb === 'remove' ? named : []),
  ])
  return {}
}

function group(name: string): 'all' {
  if (name !== 'all') throw new ApiError('InvalidParameterValue', 400, `Unknown group ${name}`)
  return name
}

function modifyImage(input: Ec2.ModifyImageAttributeRequest, call: Call): object {
  const image = one(call, 'Images', 'ImageId', input.ImageId)
  const { OperationType: verb, UserGroups = [], UserIds = [] } = input
  const named = [
    ...UserGroups.map(Group => ({ Group: group(Group) })),
    ...UserIds.map(UserId => ({ UserId })),
  ]
  const { Add = [], Remove = [] } = input.LaunchPermission ?? {}
  image.LaunchPermissions = changed(
    image.LaunchPermissions ?? [],
    [...Add, ...(verb === 'add' ? named : [])],
    [...Remove, ...(verb === 'remove' ? named : [])],
  )
  return {}
}

function changed<Permission extends Ec2.LaunchPermission>(
  before: readonly Permission[],
  add: readonly Permission[],
  remove: readonly Permission[],
): Permission[] {
  const same = (a: Permission, b: Permission) => a.Group === b.Group && a.UserId === b.UserId
  const kept = before.filter(each => !remove.some(gone => same(each, gone)))
  return [...kept, ...add.filter(each => !kept.some(known => same(each, known)))]
}

function modifySubnet(input: Ec2.ModifySubnetAttributeRequest, call: Call): object {
  const subnet = one(call, 'Subnets', 'SubnetId', input.SubnetId)
  if (input.MapPublicIpOnLaunch) subnet.MapPublicIpOnLaunch = input.MapPublicIpOnLaunch.Value
  return {}
}

function replaceAclEntry(
  { NetworkAclId, DryRun: _, ...entry }: Ec2.ReplaceNetworkAclEntryRequest,
  call: Call,
): object {
  const acl = one(call, 'NetworkAcls', 'NetworkAclId', NetworkAclId)
  const index = (acl.Entries ?? []).findIndex(
    each => each.RuleNumber === entry.RuleNumber && each.Egress === entry.Egress,
  )
  if (index < 0) {
    throw new ApiError(
      'InvalidNetworkAclEntry.NotFound',
      400,
      'The network acl entry does not exist',
    )
  }
  acl.Entries?.splice(index, 1, entry)
  return {}
}

function createFlowLogs(
  input: Ec2.CreateFlowLogsRequest,
  { state, region }: Call,
): Ec2.CreateFlowLogsResult {
  const ec2 = state.ec2(region)
  const made = (input.ResourceIds ?? []).map(ResourceId => ({
    FlowLogId: madeId('fl-', region, ++ec2.made),
    FlowLogStatus: 'ACTIVE',
    DeliverLogsStatus: 'SUCCESS',
    ResourceId,
    TrafficType: input.TrafficType,
    LogDestinationType: input.LogDestinationType ?? 'cloud-watch-logs',
    LogDestination: input.LogDestination,
    LogGroupName: input.LogGroupName,
    DeliverLogsPermissionArn: input.DeliverLogsPermissionArn,
    Tags: input.TagSpecifications?.flatMap(each => each.Tags ?? []) ?? [],
  }))
  ec2.FlowLogs.push(...made)
  return { FlowLogIds: made.map(each => each.FlowLogId), Unsuccessful: [] }
}

function deleteFlowLogs(
  input: Ec2.DeleteFlowLogsRequest,
  { state, region }: Call,
): Ec2.DeleteFlowLogsResult {
  const ec2 = state.ec2(region)
  ec2.FlowLogs = ec2.FlowLogs.filter(each => !input.FlowLogIds?.includes(each.FlowLogId ?? ''))
  return { Unsuccessful: [] }
}

function createTags({ Resources = [], Tags = [] }: Ec2.CreateTagsRequest, call: Call): object {
  changeTags(call, Resources, before => [
    ...before.filter(tag => !Tags.some(fresh => fresh.Key === member(tag, 'Key'))),
    ...Tags,
  ])
  return {}
}

/** Without tags: all of them; a tag without a value: whatever its value is. */
function deleteTags({ Resources = [], Tags }: Ec2.DeleteTagsRequest, call: Call): object {
  changeTags(call, Resources, before =>
    before.filter(
      tag =>
        Tags &&
        !Tags.some(
          gone =>
            gone.Key === member(tag, 'Key') &&
            (gone.Value ?? member(tag, 'Value')) === member(tag, 'Value'),
        ),
    ),
  )
  return {}
}

function changeTags(
  { state, region }: Call,
  ids: readonly string[],
  change: (before: readonly unknown[]) => readonly unknown[],
): void {
  const ec2 = state.ec2(region)
  const byId = new Map<unknown, object>()
  for (const rule of ec2.SecurityGroupRules) byId.set(rule.SecurityGroupRuleId, rule)
  for (const key of listKeys) {
    for (const item of ec2[key]) byId.set(member(item, idKeys[key]), item)
  }
  for (const id of ids) {
    const found = byId.get(id)
    if (!found) throw new ApiError('InvalidID', 400, `The ID '${id}' is not valid`)
    Object.assign(found, { Tags: change(asArray(member(found, 'Tags'))) })
  }
}
