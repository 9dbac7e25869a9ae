import * as Rds from '@aws-sdk/client-rds'
import type { Call } from '../../call.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { notThere } from './describe.ts'
import { restorable, tagged } from './reads.ts'

/** Whatever a Modify call says is applied at once. */
export const writes: readonly Operation[] = [
  operation(Rds.ModifyDBInstance$, modifyInstance),
  operation(Rds.ModifyDBCluster$, modifyCluster),
  operation(
    Rds.ModifyDBSnapshotAttribute$,
    (input: Rds.ModifyDBSnapshotAttributeMessage, call): Rds.ModifyDBSnapshotAttributeResult => {
      const name = input.DBSnapshotIdentifier
      const found = call.state
        .rds(call.region)
        .DBSnapshots.find(one => one.DBSnapshotIdentifier === name)
      if (!found) throw notThere('DBSnapshotNotFound', name)
      found.restore = changed(found.restore, input)
      return {
        DBSnapshotAttributesResult: {
          DBSnapshotIdentifier: name,
          DBSnapshotAttributes: restorable(found.restore),
        },
      }
    },
  ),
  operation(
    Rds.ModifyDBClusterSnapshotAttribute$,
    (
      input: Rds.ModifyDBClusterSnapshotAttributeMessage,
      call,
    ): Rds.ModifyDBClusterSnapshotAttributeResult => {
      const name = input.DBClusterSnapshotIdentifier
      const found = call.state
        .rds(call.region)
        .DBClusterSnapshots.find(one => one.DBClusterSnapshotIdentifier === name)
      if (!found) throw notThere('DBClusterSnapshotNotFoundFault', name)
      found.restore = changed(found.restore, input)
      return {
        DBClusterSnapshotAttributesResult: {
          DBClusterSnapshotIdentifier: name,
          DBClusterSnapshotAttributes: restorable(found.restore),
        },
      }
    },
  ),
  operation(
    Rds.AddTagsToResource$,
    ({ ResourceName, Tags = [] }: Rds.AddTagsToResourceMessage, call) => {
      const item = tagged(call, ResourceName)
      const kept = (item.TagList ?? []).filter(tag => !Tags.some(one => one.Key === tag.Key))
      item.TagList = [...kept, ...Tags]
    },
  ),
]

function modifyInstance(
  input: Rds.ModifyDBInstanceMessage,
  call: Call,
): Rds.ModifyDBInstanceResult {
  const name = input.DBInstanceIdentifier
  const found = call.state
    .rds(call.region)
    .DBInstances.find(one => one.DBInstanceIdentifier === name)
  if (!found) throw notThere('DBInstanceNotFound', name)
  const exports = input.CloudwatchLogsExportConfiguration
  Object.assign(
    found,
    given({
      PubliclyAccessible: input.PubliclyAccessible,
      DeletionProtection: input.DeletionProtection,
      BackupRetentionPeriod: input.BackupRetentionPeriod,
      MultiAZ: input.MultiAZ,
      EngineVersion: input.EngineVersion,
      AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade,
      CACertificateIdentifier: input.CACertificateIdentifier,
      CopyTagsToSnapshot: input.CopyTagsToSnapshot,
      MonitoringInterval: input.MonitoringInterval,
      MonitoringRoleArn: input.MonitoringRoleArn,
      IAMDatabaseAuthenticationEnabled: input.EnableIAMDatabaseAuthentication,
      PerformanceInsightsEnabled: input.EnablePerformanceInsights,
      EnabledCloudwatchLogsExports:
        exports && exported(found.EnabledCloudwatchLogsExports, exports),
    }),
  )
  return { DBInstance: found }
}

function modifyCluster(input: Rds.ModifyDBClusterMessage, call: Call): Rds.ModifyDBClusterResult {
  const name = input.DBClusterIdentifier
  const found = call.state.rds(call.region).DBClusters.find(one => one.DBClusterIdentifier === name)
  if (!found) throw notThere('DBClusterNotFoundFault', name)
  const exports = input.CloudwatchLogsExportConfiguration
  Object.assign(
    found,
    given({
      DeletionProtection: input.DeletionProtection,
      BackupRetentionPeriod: input.BackupRetentionPeriod,
      EngineVersion: input.EngineVersion,
      AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade,
      CopyTagsToSnapshot: input.CopyTagsToSnapshot,
      BacktrackWindow: input.BacktrackWindow,
      IAMDatabaseAuthenticationEnabled: input.EnableIAMDatabaseAuthentication,
      EnabledCloudwatchLogsExports:
        exports && exported(found.EnabledCloudwatchLogsExports, exports),
    }),
  )
  return { DBCluster: found }
}

function given(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function exported(
  before: readonly string[] = [],
  { EnableLogTypes = [], DisableLogTypes = [] }: Rds.CloudwatchLogsExportConfiguration,
): readonly string[] {
  const kept = before.filter(one => !DisableLogTypes.includes(one))
  return [...kept, ...EnableLogTypes.filter(one => !kept.includes(one))]
}

function changed(
  before: readonly string[] = [],
  {
    ValuesToAdd = [],
    ValuesToRemove = [],
  }: {
    readonly ValuesToAdd?: readonly string[] | undefined
    readonly ValuesToRemove?: readonly string[] | undefined
  },
): string[] {
  const kept = before.filter(one => !ValuesToRemove.includes(one))
  return [...kept, ...ValuesToAdd.filter(one => !kept.includes(one))]
}
