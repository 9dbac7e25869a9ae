import { createHash } from 'node:crypto'
import type { Estate, RegionEstate } from './estate.ts'
import { type Ec2State, ec2State } from './services/ec2/state.ts'
import { type IamState, iamState } from './services/iam/state.ts'
import { type S3State, s3State } from './services/s3/state.ts'

/** The running account: the estate, and what was written to it since. */
export interface State {
  readonly account: string
  /** The account as S3's ACLs know it. */
  readonly canonicalId: string
  readonly caller: { readonly Arn: string; readonly UserId: string }
  readonly regions: readonly RegionEstate[]
  readonly s3: S3State
  readonly iam: IamState
  readonly ec2: (region: string) => Ec2State
}

export function createState(estate: Estate): State {
  const account = estate.account ?? '123456789012'
  return {
    account,
    canonicalId: createHash('sha256').update(account).digest('hex'),
    caller: estate.caller ?? {
      Arn: `arn:aws:iam::${account}:user/auditor`,
      UserId: 'AIDAEXAMPLEAUDITOR000',
    },
    regions: estate.regions ?? usual,
    s3: s3State(estate.s3 ?? {}),
    iam: iamState(estate.iam ?? {}),
    ec2: perRegion(region => ec2State(account, estate.ec2?.[region] ?? {})),
  }
}

const usual: readonly RegionEstate[] = [
  { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
  { RegionName: 'eu-central-1', OptInStatus: 'opt-in-not-required' },
  { RegionName: 'ap-east-1', OptInStatus: 'not-opted-in' },
  { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
]

function perRegion<T>(create: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>()
  return region => {
    const known = made.get(region)
    if (known !== undefined) return known
    const fresh = create(region)
    made.set(region, fresh)
    return fresh
  }
}
