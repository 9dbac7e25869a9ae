import { action, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

/** With whom a snapshot or an image is shared: `all`, and accounts. */
interface State {
  readonly shared: readonly string[]
}

const isGood = ({ shared }: State) => !shared.includes('all')
const comparable = ({ shared }: State) => [...shared].sort()

export const ebsSnapshotPublic = action<State>({
  id: 'ebs_snapshot_public',
  title: 'Share the snapshot with everybody no more',
  mends: ['ec2_ebs_public_snapshot'],
  blast: 'B1',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d*:snapshot\/(?<name>snap-[0-9a-z]+)$/,
  permissions: {
    read: ['ec2:DescribeSnapshotAttribute', 'ec2:DescribeSnapshots'],
    write: ['ec2:ModifySnapshotAttribute'],
    undo: ['ec2:ModifySnapshotAttribute'],
  },
  resources: ({ partition, region, name }) => [`arn:${partition}:ec2:${region}::snapshot/${name}`],
  read: (cloud, { name }) =>
    ifThere(['InvalidSnapshot.NotFound'], async () => {
      const { CreateVolumePermissions } = await cloud.ask('ec2', 'DescribeSnapshotAttribute', {
        SnapshotId: name,
        Attribute: 'createVolumePermission',
      })
      return { shared: sharedWith(given(CreateVolumePermissions, 'CreateVolumePermissions')) }
    }),
  isGood,
  mend: (_, { name }) => [share(name, 'remove')],
  undo: ({ shared }, _, { name }) => (shared.includes('all') ? [share(name, 'add')] : []),
  comparable,
  tags: async (cloud, { name }) => {
    const { Snapshots } = await cloud.ask('ec2', 'DescribeSnapshots', { SnapshotIds: [name] })
    return tagsOf(given(given(Snapshots, 'Snapshots')[0], name).Tags)
  },
  population: async cloud => {
    const all = await pages(
      NextToken =>
        cloud.ask('ec2', 'DescribeSnapshots', { OwnerIds: ['self'], NextToken, MaxResults: 1000 }),
      page => given(page.Snapshots, 'Snapshots'),
      page => page.NextToken,
    )
    return all.length
  },
})

export const amiPublic = action<State>({
  id: 'ami_public',
  title: 'Share the image with everybody no more',
  mends: ['ec2_ami_public'],
  blast: 'B1',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d*:image\/(?<name>ami-[0-9a-z]+)$/,
  permissions: {
    read: ['ec2:DescribeImageAttribute', 'ec2:DescribeImages'],
    write: ['ec2:ModifyImageAttribute'],
    undo: ['ec2:ModifyImageAttribute'],
  },
  resources: ({ partition, region, name }) => [`arn:${partition}:ec2:${region}::image/${name}`],
  read: (cloud, { name }) =>
    ifThere(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'], async () => {
      const { LaunchPermissions } = await cloud.ask('ec2', 'DescribeImageAttribute', {
        ImageId: name,
        Attribute: 'launchPermission',
      })
      return { shared: sharedWith(given(LaunchPermissions, 'LaunchPermissions')) }
    }),
  isGood,
  mend: (_, { name }) => [launch(name, 'Remove')],
  undo: ({ shared }, _, { name }) => (shared.includes('all') ? [launch(name, 'Add')] : []),
  comparable,
  tags: async (cloud, { name }) => {
    const { Images } = await cloud.ask('ec2', 'DescribeImages', { ImageIds: [name] })
    return tagsOf(given(given(Images, 'Images')[0], name).Tags)
  },
  population: countImages,
})

async function countImages(cloud: Cloud, _: Target): Promise<number> {
  const all = await pages(
    NextToken => cloud.ask('ec2', 'DescribeImages', { Owners: ['self'], NextToken }),
    page => given(page.Images, 'Images'),
    page => page.NextToken,
  )
  return all.length
}

function sharedWith(
  permissions: readonly {
    readonly Group?: string | undefined
    readonly UserId?: string | undefined
    readonly OrganizationArn?: string | undefined
    readonly OrganizationalUnitArn?: string | undefined
  }[],
): readonly string[] {
  return permissions.map(
    each => each.Group ?? each.UserId ?? each.OrganizationArn ?? each.OrganizationalUnitArn ?? '',
  )
}

function share(SnapshotId: string, OperationType: 'add' | 'remove') {
  return call('ec2', 'ModifySnapshotAttribute', {
    SnapshotId,
    Attribute: 'createVolumePermission',
    OperationType,
    GroupNames: ['all'],
  })
}

function launch(ImageId: string, verb: 'Add' | 'Remove') {
  return call('ec2', 'ModifyImageAttribute', {
    ImageId,
    LaunchPermission: { [verb]: [{ Group: 'all' }] },
  })
}
