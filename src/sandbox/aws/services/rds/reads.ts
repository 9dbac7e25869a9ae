import * as Rds from '@aws-sdk/client-rds'
import type { Call } from '../../call.ts'
import { asText, member } from '../../plain.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { arnOf, describe, type Listing, notThere, rdsPage } from './describe.ts'

const dbInstances = {
  key: 'DBInstances',
  id: 'DBInstanceIdentifier',
  absent: 'DBInstanceNotFound',
  arn: ['DBInstanceArn', 'db'],
} as const satisfies Listing<'DBInstances'>
const dbClusters = {
  key: 'DBClusters',
  id: 'DBClusterIdentifier',
  absent: 'DBClusterNotFoundFault',
  arn: ['DBClusterArn', 'cluster'],
} as const satisfies Listing<'DBClusters'>
const dbSnapshots = {
  key: 'DBSnapshots',
  id: 'DBSnapshotIdentifier',
  absent: 'DBSnapshotNotFound',
  arn: ['DBSnapshotArn', 'snapshot'],
  by: ['DBInstanceIdentifier', 'SnapshotType'],
} as const satisfies Listing<'DBSnapshots'>
const dbClusterSnapshots = {
  key: 'DBClusterSnapshots',
  id: 'DBClusterSnapshotIdentifier',
  absent: 'DBClusterSnapshotNotFoundFault',
  arn: ['DBClusterSnapshotArn', 'cluster-snapshot'],
  by: ['DBClusterIdentifier', 'SnapshotType'],
} as const satisfies Listing<'DBClusterSnapshots'>

export const reads: readonly Operation[] = [
  describe(Rds.DescribeDBInstances$, dbInstances),
  describe(Rds.DescribeDBClusters$, dbClusters),
  describe(Rds.DescribeDBSnapshots$, dbSnapshots),
  describe(Rds.DescribeDBClusterSnapshots$, dbClusterSnapshots),
  describe(Rds.DescribeDBParameterGroups$, {
    key: 'DBParameterGroups',
    id: 'DBParameterGroupName',
    absent: 'DBParameterGroupNotFound',
    arn: ['DBParameterGroupArn', 'pg'],
  }),
  describe(Rds.DescribeDBClusterParameterGroups$, {
    key: 'DBClusterParameterGroups',
    id: 'DBClusterParameterGroupName',
    absent: 'DBParameterGroupNotFound',
    arn: ['DBClusterParameterGroupArn', 'cluster-pg'],
  }),
  describe(Rds.DescribeDBSubnetGroups$, {
    key: 'DBSubnetGroups',
    id: 'DBSubnetGroupName',
    absent: 'DBSubnetGroupNotFoundFault',
    arn: ['DBSubnetGroupArn', 'subgrp'],
  }),
  describe(Rds.DescribeEventSubscriptions$, {
    key: 'EventSubscriptionsList',
    id: 'CustSubscriptionId',
    input: 'SubscriptionName',
    absent: 'SubscriptionNotFound',
    arn: ['EventSubscriptionArn', 'es'],
  }),
  describe(Rds.DescribeOptionGroups$, {
    key: 'OptionGroupsList',
    id: 'OptionGroupName',
    absent: 'OptionGroupNotFoundFault',
    arn: ['OptionGroupArn', 'og'],
  }),
  describe(Rds.DescribeGlobalClusters$, {
    key: 'GlobalClusters',
    id: 'GlobalClusterIdentifier',
    absent: 'GlobalClusterNotFoundFault',
  }),
  describe(Rds.DescribeCertificates$, {
    key: 'Certificates',
    id: 'CertificateIdentifier',
    absent: 'CertificateNotFound',
    arn: ['CertificateArn', 'cert'],
  }),
  operation(Rds.DescribeDBEngineVersions$, (input: Rds.DescribeDBEngineVersionsMessage, call) =>
    rdsPage(
      call,
      input,
      'DBEngineVersions',
      call.state
        .rds(call.region)
        .DBEngineVersions.filter(
          one =>
            (input.Engine ?? one.Engine) === one.Engine &&
            (input.EngineVersion ?? one.EngineVersion) === one.EngineVersion,
        ),
    ),
  ),
  operation(Rds.DescribeDBParameters$, (input: Rds.DescribeDBParametersMessage, call) => {
    const { DBParameterGroups } = call.state.rds(call.region)
    const name = input.DBParameterGroupName
    return parameters(
      call,
      input,
      name,
      DBParameterGroups.find(one => one.DBParameterGroupName === name)?.Parameters,
    )
  }),
  operation(
    Rds.DescribeDBClusterParameters$,
    (input: Rds.DescribeDBClusterParametersMessage, call) => {
      const { DBClusterParameterGroups } = call.state.rds(call.region)
      const name = input.DBClusterParameterGroupName
      return parameters(
        call,
        input,
        name,
        DBClusterParameterGroups.find(one => one.DBClusterParameterGroupName === name)?.Parameters,
      )
    },
  ),
  operation(
    Rds.DescribeDBSnapshotAttributes$,
    (
      input: Rds.DescribeDBSnapshotAttributesMessage,
      call,
    ): Rds.DescribeDBSnapshotAttributesResult => {
      const name = input.DBSnapshotIdentifier
      const found = call.state
        .rds(call.region)
        .DBSnapshots.find(one => one.DBSnapshotIdentifier === name)
      if (!found) throw notThere('DBSnapshotNotFound', name)
      return {
        DBSnapshotAttributesResult: {
          DBSnapshotIdentifier: name,
          DBSnapshotAttributes: restorable(found.restore),
        },
      }
    },
  ),
  operation(
    Rds.DescribeDBClusterSnapshotAttributes$,
    (
      input: Rds.DescribeDBClusterSnapshotAttributesMessage,
      call,
    ): Rds.DescribeDBClusterSnapshotAttributesResult => {
      const name = input.DBClusterSnapshotIdentifier
      const found = call.state
        .rds(call.region)
        .DBClusterSnapshots.find(one => one.DBClusterSnapshotIdentifier === name)
      if (!found) throw notThere('DBClusterSnapshotNotFoundFault', name)
      return {
        DBClusterSnapshotAttributesResult: {
          DBClusterSnapshotIdentifier: name,
          DBClusterSnapshotAttributes: restorable(found.restore),
        },
      }
    },
  ),
  operation(
    Rds.ListTagsForResource$,
    (input: Rds.ListTagsForResourceMessage, call): Rds.TagListMessage => ({
      TagList: tagged(call, input.ResourceName).TagList ?? [],
    }),
  ),
]

export function restorable(restore: readonly string[] = []) {
  return [{ AttributeName: 'restore', AttributeValues: [...restore] }]
}

/** A group that is not declared is AWS's own: nothing in it was set by a user. */
function parameters(
  call: Call,
  input: { readonly Source?: string | undefined },
  name: string | undefined,
  all: readonly Rds.Parameter[] | undefined,
): object {
  if (!all && !name?.startsWith('default.')) throw notThere('DBParameterGroupNotFound', name)
  const wanted = (all ?? []).filter(one => !input.Source || one.Source === input.Source)
  return rdsPage(call, input, 'Parameters', wanted)
}

export function tagged(call: Call, arn: string | undefined): { TagList?: Rds.Tag[] | undefined } {
  const rds = call.state.rds(call.region)
  for (const {
    key,
    id,
    arn: [arnKey, kind],
  } of [dbInstances, dbClusters, dbSnapshots, dbClusterSnapshots]) {
    for (const item of rds[key]) {
      const own = asText(member(item, arnKey)) ?? arnOf(call, kind, asText(member(item, id)))
      if (own === arn) return item
    }
  }
  return {}
}
