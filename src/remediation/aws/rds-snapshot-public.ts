import { action, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

interface State {
  /** Accounts that may restore it; `all` is everybody. */
  readonly shared: readonly string[]
}

/** Snapshots of instances and of clusters are two APIs for one thing. */
export const rdsSnapshotPublic = action<State>({
  id: 'rds_snapshot_public',
  title: 'Share the database snapshot with everybody no more',
  // DocumentDB and Neptune keep their snapshots and clusters under the same API and the same kind of ARN.
  mends: [
    'rds_snapshots_public_access',
    'documentdb_cluster_public_snapshot',
    'neptune_cluster_public_snapshot',
  ],
  blast: 'B1',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:rds:[\w-]+:\d{12}:(?:cluster-)?snapshot:(?<name>[\w:.-]+)$/,
  permissions: {
    read: [
      'rds:DescribeDBSnapshotAttributes',
      'rds:DescribeDBClusterSnapshotAttributes',
      'rds:DescribeDBSnapshots',
      'rds:DescribeDBClusterSnapshots',
      'rds:ListTagsForResource',
    ],
    write: ['rds:ModifyDBSnapshotAttribute', 'rds:ModifyDBClusterSnapshotAttribute'],
    undo: ['rds:ModifyDBSnapshotAttribute', 'rds:ModifyDBClusterSnapshotAttribute'],
  },
  read: (cloud, target) =>
    ifThere(
      ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault', 'DBClusterSnapshotNotFoundFault'],
      () => readShared(cloud, target),
    ),
  isGood: ({ shared }) => !shared.includes('all'),
  mend: (_, target) => [modify(target, { ValuesToRemove: ['all'] })],
  undo: ({ shared }, _, target) =>
    shared.includes('all') ? [modify(target, { ValuesToAdd: ['all'] })] : [],
  comparable: ({ shared }) => [...shared].sort(),
  tags: async (cloud, { arn }) => {
    const { TagList } = await cloud.ask('rds', 'ListTagsForResource', { ResourceName: arn })
    return tagsOf(given(TagList, 'TagList'))
  },
  async population(cloud, target) {
    const all = isCluster(target)
      ? await pages(
          Marker => cloud.ask('rds', 'DescribeDBClusterSnapshots', { Marker }),
          page => given(page.DBClusterSnapshots, 'DBClusterSnapshots').map(() => 1),
          page => page.Marker,
        )
      : await pages(
          Marker => cloud.ask('rds', 'DescribeDBSnapshots', { Marker }),
          page => given(page.DBSnapshots, 'DBSnapshots').map(() => 1),
          page => page.Marker,
        )
    return all.length
  },
})

async function readShared(cloud: Cloud, target: Target): Promise<State> {
  if (isCluster(target)) {
    const { DBClusterSnapshotAttributesResult: found } = await cloud.ask(
      'rds',
      'DescribeDBClusterSnapshotAttributes',
      { DBClusterSnapshotIdentifier: target.name },
    )
    return { shared: restorers(given(found, 'attributes').DBClusterSnapshotAttributes) }
  }
  const { DBSnapshotAttributesResult: found } = await cloud.ask(
    'rds',
    'DescribeDBSnapshotAttributes',
    { DBSnapshotIdentifier: target.name },
  )
  return { shared: restorers(given(found, 'attributes').DBSnapshotAttributes) }
}

function restorers(
  attributes:
    | readonly {
        readonly AttributeName?: string | undefined
        readonly AttributeValues?: readonly string[] | undefined
      }[]
    | undefined,
): readonly string[] {
  return (attributes ?? [])
    .filter(({ AttributeName }) => AttributeName === 'restore')
    .flatMap(({ AttributeValues }) => AttributeValues ?? [])
}

function modify(
  target: Target,
  change: { readonly ValuesToAdd?: string[]; readonly ValuesToRemove?: string[] },
) {
  return isCluster(target)
    ? call('rds', 'ModifyDBClusterSnapshotAttribute', {
        DBClusterSnapshotIdentifier: target.name,
        AttributeName: 'restore',
        ...change,
      })
    : call('rds', 'ModifyDBSnapshotAttribute', {
        DBSnapshotIdentifier: target.name,
        AttributeName: 'restore',
        ...change,
      })
}

function isCluster({ arn }: Target): boolean {
  return arn.includes(':cluster-snapshot:')
}
