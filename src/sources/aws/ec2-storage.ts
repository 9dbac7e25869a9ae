import {
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeSnapshotAttributeCommand,
  type DescribeSnapshotAttributeResult,
  DescribeSnapshotsCommand,
  type Image,
  type Snapshot,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import { volumes } from './ec2-disks.ts'
import { grouped, shared } from './read.ts'
import { detail, type Place, type Read, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const snapshots = ec2.pages(DescribeSnapshotsCommand, 'Snapshots', () => ({
  OwnerIds: ['self'],
  MaxResults: 1000,
}))
const publicSnapshots = grouped(
  shared(
    ec2.pages(DescribeSnapshotsCommand, 'Snapshots', () => ({
      OwnerIds: ['self'],
      RestorableByUserIds: ['all'],
      MaxResults: 1000,
    })),
  ),
  ({ SnapshotId }: Snapshot) => SnapshotId,
  ({ SnapshotId }: Snapshot) => SnapshotId,
)
const sharing = ec2.one(DescribeSnapshotAttributeCommand, ({ SnapshotId }: Snapshot) => ({
  SnapshotId,
  Attribute: 'createVolumePermission' as const,
}))
const images = ec2.pages(DescribeImagesCommand, 'Images', () => ({
  Owners: ['self'],
  IncludeDeprecated: true,
  MaxResults: 1000,
}))

/**
 * One list tells the public ones of a region, so that the others need no call each. Emulators answer it with every
 * snapshot: each of those is asked.
 */
const isPublic: Read<Snapshot, boolean> = {
  permissions: [...publicSnapshots.permissions, ...sharing.permissions],
  async run(at, of) {
    const [listed] = await publicSnapshots.run(at, of)
    return listed !== undefined && restorers(await sharing.run(at, of)).includes('all')
  },
}

export const rows: readonly Row[] = [
  row({
    type: 'aws_ebs_volume',
    service: 'ec2',
    scope: 'region',
    list: volumes,
    id: ({ VolumeId }, at) => arnOf(at, 'ec2', `volume/${VolumeId}`),
    set: {
      id: 'VolumeId',
      arn: ({ VolumeId }, _, at) => arnOf(at, 'ec2', `volume/${VolumeId}`),
      availability_zone: 'AvailabilityZone',
      create_time: 'CreateTime',
      encrypted: ({ Encrypted }) => Encrypted ?? false,
      iops: 'Iops',
      kms_key_id: 'KmsKeyId',
      multi_attach_enabled: ({ MultiAttachEnabled }) => MultiAttachEnabled ?? false,
      outpost_arn: 'OutpostArn',
      size: 'Size',
      snapshot_id: ({ SnapshotId }) => SnapshotId || null,
      tags: ({ Tags }) => tagsOf(Tags),
      throughput: 'Throughput',
      type: 'VolumeType',
    },
  }),
  row({
    type: 'aws_ebs_snapshot',
    service: 'ec2',
    scope: 'region',
    list: snapshots,
    id: snapshotArn,
    set: {
      id: 'SnapshotId',
      arn: (snapshot, _, at) => snapshotArn(snapshot, at),
      data_encryption_key_id: 'DataEncryptionKeyId',
      description: 'Description',
      encrypted: ({ Encrypted }) => Encrypted ?? false,
      kms_key_id: 'KmsKeyId',
      outpost_arn: 'OutpostArn',
      owner_alias: 'OwnerAlias',
      owner_id: 'OwnerId',
      storage_tier: 'StorageTier',
      tags: ({ Tags }) => tagsOf(Tags),
      volume_id: 'VolumeId',
      volume_size: 'VolumeSize',
    },
    details: [
      detail(isPublic, { public: answer => answer }),
      detail(sharing, { create_volume_permission: restorers }),
    ],
  }),
  row({
    type: 'aws_ami',
    service: 'ec2',
    scope: 'region',
    list: images,
    id: imageArn,
    set: {
      id: 'ImageId',
      arn: (image, _, at) => imageArn(image, at),
      architecture: 'Architecture',
      boot_mode: 'BootMode',
      deprecation_time: 'DeprecationTime',
      description: 'Description',
      ebs_block_device: disksOf,
      ena_support: ({ EnaSupport }) => EnaSupport ?? false,
      hypervisor: 'Hypervisor',
      image_location: 'ImageLocation',
      image_owner_alias: 'ImageOwnerAlias',
      image_type: 'ImageType',
      imds_support: 'ImdsSupport',
      kernel_id: 'KernelId',
      name: 'Name',
      owner_id: 'OwnerId',
      platform: 'Platform',
      platform_details: 'PlatformDetails',
      public: ({ Public }) => Public ?? false,
      ramdisk_id: 'RamdiskId',
      root_device_name: 'RootDeviceName',
      sriov_net_support: 'SriovNetSupport',
      tags: ({ Tags }) => tagsOf(Tags),
      tpm_support: 'TpmSupport',
      usage_operation: 'UsageOperation',
      virtualization_type: 'VirtualizationType',
    },
    details: [
      detail(
        ec2.one(DescribeImageAttributeCommand, ({ ImageId }: Image) => ({
          ImageId,
          Attribute: 'launchPermission' as const,
        })),
        {
          launch_permission: answer =>
            (answer?.LaunchPermissions ?? []).map(permission => ({
              account_id: permission.UserId,
              group: permission.Group,
              organization_arn: permission.OrganizationArn,
              organizational_unit_arn: permission.OrganizationalUnitArn,
            })),
        },
      ),
    ],
  }),
]

function restorers(
  answer: DescribeSnapshotAttributeResult | null,
): readonly (string | undefined)[] {
  return (answer?.CreateVolumePermissions ?? []).map(({ Group, UserId }) => Group ?? UserId)
}

/** The ARNs of snapshots and images name no account: they may be anybody's. */
function snapshotArn({ SnapshotId }: Snapshot, at: Place): string {
  return `arn:${at.partition}:ec2:${at.region}::snapshot/${SnapshotId}`
}

function imageArn({ ImageId }: Image, at: Place): string {
  return `arn:${at.partition}:ec2:${at.region}::image/${ImageId}`
}

function disksOf({ BlockDeviceMappings = [] }: Image): readonly object[] {
  return BlockDeviceMappings.flatMap(({ DeviceName, Ebs }) =>
    Ebs === undefined
      ? []
      : [
          {
            device_name: DeviceName,
            delete_on_termination: Ebs.DeleteOnTermination ?? false,
            encrypted: Ebs.Encrypted ?? false,
            iops: Ebs.Iops,
            snapshot_id: Ebs.SnapshotId,
            throughput: Ebs.Throughput,
            volume_size: Ebs.VolumeSize,
            volume_type: Ebs.VolumeType,
          },
        ],
  )
}
