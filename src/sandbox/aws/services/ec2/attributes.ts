import * as Ec2 from '@aws-sdk/client-ec2'
import { type Call, page } from '../../call.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { notFound } from './filter.ts'
import type { Ec2Lists } from './state.ts'

/** What EC2 tells of one thing at a time. */
export const attributes: readonly Operation[] = [
  operation(
    Ec2.DescribeInstanceAttribute$,
    (
      { InstanceId, Attribute }: Ec2.DescribeInstanceAttributeRequest,
      call,
    ): Ec2.InstanceAttribute => {
      const instance = one(call, 'Instances', 'InstanceId', InstanceId)
      const { UserData, DisableApiTermination, EbsOptimized, SecurityGroups } = instance
      const answers: Partial<Record<Ec2.InstanceAttributeName, Ec2.InstanceAttribute>> = {
        userData: {
          UserData:
            UserData === undefined ? {} : { Value: Buffer.from(UserData).toString('base64') },
        },
        disableApiTermination: { DisableApiTermination: { Value: DisableApiTermination ?? false } },
        ebsOptimized: { EbsOptimized: { Value: EbsOptimized ?? false } },
        instanceInitiatedShutdownBehavior: { InstanceInitiatedShutdownBehavior: { Value: 'stop' } },
        groupSet: { Groups: SecurityGroups ?? [] },
      }
      return { InstanceId, ...(Attribute && answers[Attribute]) }
    },
  ),
  operation(
    Ec2.DescribeSnapshotAttribute$,
    (
      { SnapshotId }: Ec2.DescribeSnapshotAttributeRequest,
      call,
    ): Ec2.DescribeSnapshotAttributeResult => ({
      SnapshotId,
      CreateVolumePermissions:
        one(call, 'Snapshots', 'SnapshotId', SnapshotId).CreateVolumePermissions ?? [],
    }),
  ),
  operation(
    Ec2.DescribeImageAttribute$,
    ({ ImageId }: Ec2.DescribeImageAttributeRequest, call): Ec2.ImageAttribute => ({
      ImageId,
      LaunchPermissions: one(call, 'Images', 'ImageId', ImageId).LaunchPermissions ?? [],
    }),
  ),
  operation(
    Ec2.DescribeVpcAttribute$,
    (
      { VpcId, Attribute }: Ec2.DescribeVpcAttributeRequest,
      call,
    ): Ec2.DescribeVpcAttributeResult => {
      const vpc = one(call, 'Vpcs', 'VpcId', VpcId)
      return Attribute === 'enableDnsHostnames'
        ? { VpcId, EnableDnsHostnames: { Value: vpc.EnableDnsHostnames ?? vpc.IsDefault ?? false } }
        : { VpcId, EnableDnsSupport: { Value: vpc.EnableDnsSupport ?? true } }
    },
  ),
  operation(
    Ec2.DescribeVpcEndpointServicePermissions$,
    (
      { ServiceId, NextToken, MaxResults }: Ec2.DescribeVpcEndpointServicePermissionsRequest,
      call,
    ): Ec2.DescribeVpcEndpointServicePermissionsResult => {
      const service = one(call, 'ServiceConfigurations', 'ServiceId', ServiceId)
      const { items, next } = page(call, service.AllowedPrincipals ?? [], NextToken, MaxResults)
      return { AllowedPrincipals: items, NextToken: next }
    },
  ),
]

export function one<Key extends keyof Ec2Lists>(
  call: Call,
  key: Key,
  idKey: keyof Ec2Lists[Key][number] & string,
  id: unknown,
): Ec2Lists[Key][number] {
  const items: readonly Ec2Lists[Key][number][] = call.state.ec2(call.region)[key]
  const found = items.find(item => item[idKey as keyof typeof item] === id)
  if (!found) throw notFound(idKey, [String(id)])
  return found
}
