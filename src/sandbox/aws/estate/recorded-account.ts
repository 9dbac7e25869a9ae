import type { Estate } from '../estate.ts'
import { contacts, organization, regions } from './account.ts'
import { backup } from './backup.ts'
import { cloudtrail } from './cloudtrail.ts'
import { frankfurtCompute, virginiaCompute } from './compute.ts'
import { iam } from './iam.ts'
import { launchConfigurations } from './images.ts'
import { kms } from './kms.ts'
import { account, frankfurt, virginia } from './make.ts'
import { frankfurtNetwork, virginiaNetwork } from './network.ts'
import { rds } from './rds.ts'
import { s3 } from './s3.ts'

/**
 * The example account: a shop in two regions, kept well for the most part, with the mistakes that people really make.
 * Dates are told from `now`, so that what is old stays as old as it is.
 */
export function recordedAccount(now: Date): Estate {
  return {
    account,
    caller: {
      Arn: `arn:aws:iam::${account}:user/katherine.johnson`,
      UserId: 'AIDAEXAMPLEKATHERINE0',
    },
    regions,
    contacts,
    organization,
    iam: iam(now),
    s3,
    ec2: {
      [virginia]: { ...virginiaNetwork, ...virginiaCompute(now) },
      [frankfurt]: { ...frankfurtNetwork, ...frankfurtCompute(now) },
    },
    rds: rds(now),
    kms: kms(now),
    cloudtrail: cloudtrail(now),
    autoscaling: { [virginia]: launchConfigurations(now) },
    backup,
  }
}
