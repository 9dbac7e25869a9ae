import type * as Rds from '@aws-sdk/client-rds'

/** The lists of one region of RDS, under the names that the answers have. */
export interface RdsLists {
  Certificates: Rds.Certificate[]
  DBClusterParameterGroups: (Rds.DBClusterParameterGroup & { Parameters?: Rds.Parameter[] })[]
  /** `restore`: the accounts that may restore it; `all` is everybody. */
  DBClusterSnapshots: (Rds.DBClusterSnapshot & { restore?: string[] })[]
  DBClusters: Rds.DBCluster[]
  DBEngineVersions: Rds.DBEngineVersion[]
  DBInstances: Rds.DBInstance[]
  DBParameterGroups: (Rds.DBParameterGroup & { Parameters?: Rds.Parameter[] })[]
  DBSnapshots: (Rds.DBSnapshot & { restore?: string[] })[]
  DBSubnetGroups: Rds.DBSubnetGroup[]
  EventSubscriptionsList: Rds.EventSubscription[]
  GlobalClusters: Rds.GlobalCluster[]
  OptionGroupsList: Rds.OptionGroup[]
}

export type RdsEstate = Readonly<Partial<RdsLists>>
export type RdsState = RdsLists

export function rdsState(estate: RdsEstate): RdsState {
  return structuredClone({ ...noLists(), ...estate })
}

function noLists(): RdsLists {
  return {
    Certificates: [],
    DBClusterParameterGroups: [],
    DBClusterSnapshots: [],
    DBClusters: [],
    DBEngineVersions: [],
    DBInstances: [],
    DBParameterGroups: [],
    DBSnapshots: [],
    DBSubnetGroups: [],
    EventSubscriptionsList: [],
    GlobalClusters: [],
    OptionGroupsList: [],
  }
}
