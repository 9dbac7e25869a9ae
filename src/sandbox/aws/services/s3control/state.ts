import type { GetAccessPointResult, MultiRegionAccessPointReport } from '@aws-sdk/client-s3-control'

export interface AccessPointEstate extends GetAccessPointResult {
  Name: string
  Bucket: string
  /** us-east-1 when left out. */
  Region?: string
  policy?: string
}

/** `policy`: told by another call. */
export interface MultiRegionEstate extends MultiRegionAccessPointReport {
  policy?: string
}
