import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotAttributeCommand,
  DescribeVolumesCommand,
  DisableEbsEncryptionByDefaultCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsEncryptionByDefaultCommand,
  type IpPermission,
  ModifyImageAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifySecurityGroupRulesCommand,
  ModifySnapshotAttributeCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { clientConfig, open } from '../../testing.ts'
import type { Ec2Estate } from './state.ts'

let sandbox: Sandbox | undefined
afterEach(() => sandbox?.close())

async function region(estate: Ec2Estate) {
  const opened = await open({ ec2: { 'us-east-1': estate } })
  sandbox = opened.sandbox
  return new EC2Client(opened.config)
}

const ssh: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [
    { CidrIp: '0.0.0.0/0', Description: 'anybody' },
    { CidrIp: '10.0.0.0/8', Description: 'office' },
  ],
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
  UserIdGroupPairs: [{ GroupId: 'sg-2' }],
}
const group = { GroupId: 'sg-1', GroupName: 'web', VpcId: 'vpc-1', IpPermissions: [ssh] }

test('a permission is as many rules as it has sources, and one of them can go alone', async () => {
  const ec2 = await region({ SecurityGroups: [group] })
  const byGroup = { Filters: [{ Name: 'group-id', Values: ['sg-1'] }] }
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand(byGroup))
  expect(SecurityGroupRules).toHaveLength(4)
  const world = SecurityGroupRules.filter(
    rule => rule.CidrIpv4 === '0.0.0.0/0' || rule.CidrIpv6 === '::/0',
  ).map(rule => rule.SecurityGroupRuleId ?? '')
  await ec2.send(
    new RevokeSecurityGroupIngressCommand({ GroupId: 'sg-1', SecurityGroupRuleIds: world }),
  )
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: ['sg-1'] }),
  )
  expect(SecurityGroups?.[0]?.IpPermissions).toEqual([
    {
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '123456789012' }],
    },
  ])
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: 'sg-1',
      IpPermissions: [{ ...ssh, IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [] }],
    }),
  )
  const after = await ec2.send(new DescribeSecurityGroupRulesCommand(byGroup))
  expect(after.SecurityGroupRules).toHaveLength(4)
  // A rule that comes back is another rule.
  expect(
    after.SecurityGroupRules?.filter(rule => world.includes(rule.SecurityGroupRuleId ?? '')),
  ).toEqual([])
})

test('to revoke what is not there is an error that changes nothing, as is to allow it twice', async () => {
  const ec2 = await region({ SecurityGroups: [group] })
  const both = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
  ]
  await expect(
    ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: 'sg-1', IpPermissions: both })),
  ).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' })
  await expect(
    ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: 'sg-1', IpPermissions: both })),
  ).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' })
  const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({}))
  expect(SecurityGroupRules).toHaveLength(4)
})

test('a rule is changed under its own id', async () => {
  const ec2 = await region({ SecurityGroups: [group] })
  const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({}))
  const SecurityGroupRuleId = SecurityGroupRules?.find(
    rule => rule.CidrIpv4 === '0.0.0.0/0',
  )?.SecurityGroupRuleId
  const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '192.0.2.0/24' }
  await ec2.send(
    new ModifySecurityGroupRulesCommand({
      GroupId: 'sg-1',
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule: rule }],
    }),
  )
  const after = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [SecurityGroupRuleId ?? ''] }),
  )
  expect(after.SecurityGroupRules).toMatchObject([rule])
})

test('filters by members, by members of members and by tags, with wildcards', async () => {
  const ec2 = await region({
    Volumes: [
      {
        VolumeId: 'vol-1',
        Encrypted: true,
        Attachments: [{ InstanceId: 'i-1', DeleteOnTermination: true }],
        Tags: [{ Key: 'environment', Value: 'production' }],
      },
      { VolumeId: 'vol-2', Encrypted: false, Tags: [{ Key: 'environment', Value: 'staging' }] },
    ],
  })
  const found = async (Name: string, ...Values: string[]) => {
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ Filters: [{ Name, Values }] }))
    return Volumes?.map(volume => volume.VolumeId)
  }
  expect(await found('encrypted', 'true')).toEqual(['vol-1'])
  expect(await found('attachment.instance-id', 'i-1', 'i-2')).toEqual(['vol-1'])
  expect(await found('tag:environment', 'stag*')).toEqual(['vol-2'])
  expect(await found('tag:environment', 'prod?ction')).toEqual(['vol-1'])
  expect(await found('tag-key', 'environment')).toEqual(['vol-1', 'vol-2'])
  expect(await found('no-such-member', 'x')).toEqual([])
  expect(await found('tag:environment', `${'*a'.repeat(2_000)}`)).toEqual([])
})

test('tells of user data and permissions one thing at a time', async () => {
  const ec2 = await region({
    Instances: [{ InstanceId: 'i-1', UserData: 'echo "grüße"' }, { InstanceId: 'i-2' }],
    Snapshots: [
      { SnapshotId: 'snap-1', CreateVolumePermissions: [{ Group: 'all' }, { UserId: '1' }] },
    ],
    Images: [{ ImageId: 'ami-1', LaunchPermissions: [{ Group: 'all' }] }],
  })
  const userData = async (InstanceId: string) => {
    const answer = await ec2.send(
      new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' }),
    )
    const text = answer.UserData?.Value
    return text === undefined ? undefined : Buffer.from(text, 'base64').toString()
  }
  expect(await userData('i-1')).toBe('echo "grüße"')
  expect(await userData('i-2')).toBeUndefined()

  const image = { ImageId: 'ami-1', Attribute: 'launchPermission' } as const
  expect((await ec2.send(new DescribeImagesCommand({}))).Images?.[0]?.Public).toBe(true)
  await ec2.send(
    new ModifyImageAttributeCommand({
      ImageId: 'ami-1',
      LaunchPermission: { Remove: [{ Group: 'all' }] },
    }),
  )
  const { LaunchPermissions } = await ec2.send(new DescribeImageAttributeCommand(image))
  expect(LaunchPermissions).toEqual([])
  expect((await ec2.send(new DescribeImagesCommand({}))).Images?.[0]?.Public).toBe(false)

  const snapshot = { SnapshotId: 'snap-1', Attribute: 'createVolumePermission' } as const
  const change = { ...snapshot, GroupNames: ['all'] }
  await ec2.send(new ModifySnapshotAttributeCommand({ ...change, OperationType: 'remove' }))
  const after = await ec2.send(new DescribeSnapshotAttributeCommand(snapshot))
  expect(after.CreateVolumePermissions).toEqual([{ UserId: '1' }])
  await ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-new-sharing' }))
  await expect(
    ec2.send(new ModifySnapshotAttributeCommand({ ...change, OperationType: 'add' })),
  ).rejects.toMatchObject({ name: 'OperationNotPermitted' })
})

test('metadata options are merged, and an instance that is gone is an error', async () => {
  const ec2 = await region({
    Instances: [
      {
        InstanceId: 'i-1',
        MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 },
      },
    ],
  })
  await ec2.send(
    new ModifyInstanceMetadataOptionsCommand({ InstanceId: 'i-1', HttpTokens: 'required' }),
  )
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}))
  expect(Reservations?.[0]?.Instances?.[0]?.MetadataOptions).toMatchObject({
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 2,
  })
  await expect(
    ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: 'i-2' })),
  ).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' })
})

test('a default holds for its region alone', async () => {
  const ec2 = await region({})
  await ec2.send(new EnableEbsEncryptionByDefaultCommand({}))
  const ask = new GetEbsEncryptionByDefaultCommand({})
  expect(await ec2.send(ask)).toMatchObject({ EbsEncryptionByDefault: true })
  if (!sandbox) throw new Error('no sandbox')
  const elsewhere = new EC2Client(clientConfig(sandbox, 'eu-central-1'))
  expect(await elsewhere.send(ask)).toMatchObject({ EbsEncryptionByDefault: false })
  await ec2.send(new DisableEbsEncryptionByDefaultCommand({}))
  expect(await ec2.send(ask)).toMatchObject({ EbsEncryptionByDefault: false })
})

test('tags of anything are set, replaced and taken away', async () => {
  const ec2 = await region({ SecurityGroups: [group], Volumes: [{ VolumeId: 'vol-1' }] })
  const set = (Value: string) =>
    new CreateTagsCommand({ Resources: ['sg-1', 'vol-1'], Tags: [{ Key: 'team', Value }] })
  await ec2.send(set('a'))
  await ec2.send(set('b <&> "c"'))
  const { Volumes } = await ec2.send(new DescribeVolumesCommand({}))
  expect(Volumes?.[0]?.Tags).toEqual([{ Key: 'team', Value: 'b <&> "c"' }])
  await ec2.send(new DeleteTagsCommand({ Resources: ['sg-1'], Tags: [{ Key: 'team' }] }))
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}))
  expect(SecurityGroups?.[0]?.Tags).toEqual([])
  await expect(
    ec2.send(new CreateTagsCommand({ Resources: ['vol-9'], Tags: [] })),
  ).rejects.toMatchObject({ name: 'InvalidID' })
})
