import type { DBCluster, DBInstance } from '@aws-sdk/client-rds'
import type { Tags, Target } from '../action.ts'
import { type Cloud, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

/** What every action on a database instance says of it. */
export const databaseInstance = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:rds:[\w-]+:\d{12}:db:(?<name>[\w.-]+)$/,
  tags: async (cloud: Cloud, target: Target): Promise<Tags> =>
    tagsOf((await readInstance(cloud, target))?.TagList),
  population: countInstances,
  patience: 10,
} as const

export const databaseCluster = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:rds:[\w-]+:\d{12}:cluster:(?<name>[\w.-]+)$/,
  tags: async (cloud: Cloud, target: Target): Promise<Tags> =>
    tagsOf((await readCluster(cloud, target))?.TagList),
  population: countClusters,
  patience: 10,
} as const

export function readInstance(cloud: Cloud, { name }: Target): Promise<DBInstance | null> {
  return ifThere(['DBInstanceNotFound', 'DBInstanceNotFoundFault'], async () => {
    const { DBInstances } = await cloud.ask('rds', 'DescribeDBInstances', {
      DBInstanceIdentifier: name,
    })
    return given(given(DBInstances, 'DBInstances')[0], `database ${name}`)
  })
}

export function readCluster(cloud: Cloud, { name }: Target): Promise<DBCluster | null> {
  return ifThere(['DBClusterNotFoundFault'], async () => {
    const { DBClusters } = await cloud.ask('rds', 'DescribeDBClusters', {
      DBClusterIdentifier: name,
    })
    return given(given(DBClusters, 'DBClusters')[0], `cluster ${name}`)
  })
}

async function countInstances(cloud: Cloud): Promise<number> {
  const all = await pages(
    Marker => cloud.ask('rds', 'DescribeDBInstances', { Marker }),
    page => given(page.DBInstances, 'DBInstances'),
    page => page.Marker,
  )
  return all.length
}

async function countClusters(cloud: Cloud): Promise<number> {
  const all = await pages(
    Marker => cloud.ask('rds', 'DescribeDBClusters', { Marker }),
    page => given(page.DBClusters, 'DBClusters'),
    page => page.Marker,
  )
  return all.length
}
