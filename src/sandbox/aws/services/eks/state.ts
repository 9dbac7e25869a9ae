import type { Cluster } from '@aws-sdk/client-eks'

export interface EksEstate {
  readonly clusters?: readonly ClusterEstate[]
}

export interface ClusterEstate extends Cluster {
  name: string
}

export interface EksState {
  readonly clusters: ClusterEstate[]
}

export function eksState(estate: EksEstate): EksState {
  return { clusters: structuredClone([...(estate.clusters ?? [])]) }
}
