import type { Cluster } from '@aws-sdk/client-redshift'

export interface RedshiftEstate {
  readonly clusters?: readonly Cluster[]
}

export interface RedshiftState {
  readonly clusters: Cluster[]
}

export function redshiftState(estate: RedshiftEstate): RedshiftState {
  return { clusters: structuredClone([...(estate.clusters ?? [])]) }
}
