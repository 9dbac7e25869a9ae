import type { Ec2Estate } from './services/ec2/state.ts'
import type { IamEstate } from './services/iam/state.ts'
import type { S3Estate } from './services/s3/state.ts'

/** A cloud account, declared in the shapes of its own API; everything that is left out is as in an empty account. */
export interface Estate {
  /** Twelve digits; `123456789012` when left out. */
  readonly account?: string
  readonly caller?: { readonly Arn: string; readonly UserId: string }
  readonly regions?: readonly RegionEstate[]
  readonly s3?: S3Estate
  readonly iam?: IamEstate
  /** By region. */
  readonly ec2?: Readonly<Record<string, Ec2Estate>>
}

export interface RegionEstate {
  readonly RegionName: string
  readonly OptInStatus: 'opt-in-not-required' | 'opted-in' | 'not-opted-in'
}
