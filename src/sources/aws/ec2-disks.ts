import { DescribeVolumesCommand, type Instance, type Volume } from '@aws-sdk/client-ec2'
import { ec2 } from './ec2-client.ts'
import { grouped, shared } from './read.ts'
import { tagsOf } from './tags.ts'

export const volumes = shared(
  ec2.pages(DescribeVolumesCommand, 'Volumes', () => ({ MaxResults: 500 })),
)

/** What an instance itself does not say of its disks. */
export const volumesByInstance = grouped(
  volumes,
  ({ Attachments = [] }: Volume) => Attachments.flatMap(({ InstanceId }) => InstanceId ?? []),
  ({ InstanceId }: Instance) => InstanceId,
)

interface Disks {
  readonly root: object | null
  readonly others: readonly object[]
}

export function disksOf(attached: readonly Volume[], instance: Instance): Disks {
  const disks = (instance.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) => {
    const volume = attached.find(({ VolumeId }) => VolumeId === Ebs?.VolumeId)
    return volume === undefined || Ebs === undefined
      ? []
      : [diskOf(DeviceName, volume, Ebs.DeleteOnTermination ?? false)]
  })
  const isRoot = (disk: { device_name: string | undefined }) =>
    disk.device_name === instance.RootDeviceName
  return {
    root: disks.find(isRoot) ?? null,
    others: disks.filter(disk => !isRoot(disk)),
  }
}

function diskOf(device_name: string | undefined, volume: Volume, delete_on_termination: boolean) {
  const tags = tagsOf(volume.Tags)
  return {
    device_name,
    delete_on_termination,
    encrypted: volume.Encrypted,
    iops: volume.Iops,
    kms_key_id: volume.KmsKeyId,
    snapshot_id: volume.SnapshotId || null,
    tags,
    tags_all: tags,
    throughput: volume.Throughput,
    volume_id: volume.VolumeId,
    volume_size: volume.Size,
    volume_type: volume.VolumeType,
  }
}
