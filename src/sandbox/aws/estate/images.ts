import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling'
import type { Ec2Estate, Ec2Lists } from '../services/ec2/state.ts'
import type { Made } from './machines.ts'
import { account, daysBefore, id, keyArn, tags, virginia, warehouseAccount } from './make.ts'
import { groupId } from './security-groups.ts'

export function images(now: Date, region: string): Ec2Lists['Images'] {
  const image = (name: string, age: number, accounts: readonly string[], isPublic = false) => ({
    DeprecationTime: daysBefore(now, age - 730).toISOString(),
    ImageId: id('ami', region, name),
    Name: name,
    Architecture: 'arm64' as const,
    CreationDate: daysBefore(now, age).toISOString(),
    ImageType: 'machine' as const,
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs' as const,
    VirtualizationType: 'hvm' as const,
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: { SnapshotId: id('snap', region, name), VolumeSize: 30, Encrypted: !isPublic },
      },
    ],
    LaunchPermissions: [
      ...accounts.map(UserId => ({ UserId })),
      ...(isPublic ? [{ Group: 'all' as const }] : []),
    ],
    Tags: tags(name, isPublic ? 'development' : 'shared'),
  })
  return [
    image('golden-2026', 25, [warehouseAccount]),
    image('golden-2022', 1500, []),
    image('conference-demo', 600, [], true),
  ]
}

export function snapshots(now: Date, region: string): Ec2Lists['Snapshots'] {
  const snapshot = (
    name: string,
    age: number,
    odd: Partial<Ec2Lists['Snapshots'][number]> = {},
  ) => ({
    SnapshotId: id('snap', region, name),
    VolumeId: id('vol', region, name),
    VolumeSize: 30,
    Description: name,
    Progress: '100%',
    StartTime: daysBefore(now, age),
    Encrypted: true,
    KmsKeyId: keyArn(region, 'ebs'),
    Tags: tags(name, 'production'),
    ...odd,
  })
  const plain = { Encrypted: false, KmsKeyId: undefined }
  return [
    snapshot('golden-2026', 25),
    snapshot('orders-archive', 7),
    snapshot('golden-2022', 1500, plain),
    snapshot('legacy-cms', 30, plain),
    // Anybody with an AWS account can read this copy of a customer's disk.
    snapshot('cms-disk-copy', 400, {
      ...plain,
      CreateVolumePermissions: [{ Group: 'all' }, { UserId: warehouseAccount }],
    }),
    snapshot('warehouse-handover', 60, {
      CreateVolumePermissions: [{ UserId: warehouseAccount }],
    }),
    snapshot('conference-demo', 600, { ...plain, CreateVolumePermissions: [{ Group: 'all' }] }),
  ]
}

/** Production's disks of the last night. */
export function daily(now: Date, region: string, machines: readonly Made[]): Ec2Lists['Snapshots'] {
  return machines
    .filter(({ volume }) => volume.Encrypted && isProduction(volume))
    .map(({ volume }) => ({
      SnapshotId: id('snap', region, 'daily', String(volume.VolumeId)),
      VolumeId: volume.VolumeId,
      VolumeSize: volume.Size,
      Description: 'daily',
      Progress: '100%',
      StartTime: daysBefore(now, 0.3),
      Encrypted: true,
      KmsKeyId: volume.KmsKeyId,
      Tags: volume.Tags ?? [],
    }))
}

function isProduction({ Tags }: Made['volume']): boolean {
  return Tags?.some(tag => tag.Key === 'environment' && tag.Value === 'production') ?? false
}

export function templates(now: Date): Ec2Estate {
  const template = (name: string, data: object) => {
    const LaunchTemplateId = id('lt', name)
    const CreateTime = daysBefore(now, 300)
    const of = {
      LaunchTemplateId,
      LaunchTemplateName: name,
      CreateTime,
      CreatedBy: `arn:aws:iam::${account}:user/ada.lovelace`,
    }
    return {
      template: {
        ...of,
        DefaultVersionNumber: 1,
        LatestVersionNumber: 1,
        Tags: tags(name, 'production'),
      },
      version: { ...of, VersionNumber: 1, DefaultVersion: true, LaunchTemplateData: data },
    }
  }
  const sound = {
    ImageId: id('ami', virginia, 'golden-2026'),
    InstanceType: 'm7g.large',
    MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', State: 'applied' },
    Monitoring: { Enabled: true },
  }
  const made = [
    template('orders-api', {
      ...sound,
      IamInstanceProfile: { Name: 'orders-api' },
      SecurityGroupIds: [groupId(virginia, 'orders-api')],
    }),
    template('storefront', {
      ...sound,
      IamInstanceProfile: { Name: 'storefront' },
      SecurityGroupIds: [groupId(virginia, 'storefront')],
    }),
    template('batch-2021', {
      ImageId: id('ami', virginia, 'golden-2022'),
      InstanceType: 'm5.large',
      NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
      UserData: Buffer.from(
        '#!/bin/bash\nexport API_TOKEN=ghp_1234567890abcdefABCDEF1234567890abcd\n',
      ).toString('base64'),
    }),
  ]
  return {
    LaunchTemplates: made.map(each => each.template),
    LaunchTemplateVersions: made.map(each => each.version),
  }
}

/** From before launch templates, and still in use. */
export function launchConfigurations(now: Date): LaunchConfiguration[] {
  const name = 'batch-2019'
  return [
    {
      LaunchConfigurationName: name,
      LaunchConfigurationARN: `arn:aws:autoscaling:${virginia}:${account}:launchConfiguration:${id('lc', name)}:launchConfigurationName/${name}`,
      ImageId: id('ami', virginia, 'golden-2022'),
      InstanceType: 'm5.large',
      CreatedTime: daysBefore(now, 2000),
      SecurityGroups: [groupId(virginia, 'left-over')],
      AssociatePublicIpAddress: true,
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, Encrypted: false } }],
    },
  ]
}
