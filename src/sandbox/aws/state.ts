import { createHash } from 'node:crypto'
import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling'
import type { ByRegion, Estate, RegionEstate } from './estate.ts'
import { type AccessAnalyzerState, accessanalyzerState } from './services/accessanalyzer/state.ts'
import { type ContactsState, contactsState } from './services/account/state.ts'
import type { BackupPlanEstate } from './services/backup/state.ts'
import type { CloudFrontEstate } from './services/cloudfront/service.ts'
import { type CloudTrailState, cloudtrailState } from './services/cloudtrail/state.ts'
import { type CloudWatchState, cloudwatchState } from './services/cloudwatch/state.ts'
import { type DynamoDbState, dynamodbState } from './services/dynamodb/state.ts'
import { type Ec2State, ec2State } from './services/ec2/state.ts'
import { type EcrState, ecrState } from './services/ecr/state.ts'
import { type EksState, eksState } from './services/eks/state.ts'
import { type Elbv2State, elbv2State } from './services/elbv2/state.ts'
import { type EventBridgeState, eventbridgeState } from './services/eventbridge/state.ts'
import { type GuardDutyState, guarddutyState } from './services/guardduty/state.ts'
import { type IamState, iamState } from './services/iam/state.ts'
import { type KmsState, kmsState } from './services/kms/state.ts'
import { type LambdaState, lambdaState } from './services/lambda/state.ts'
import type { OrganizationEstate } from './services/organizations/state.ts'
import { type RdsState, rdsState } from './services/rds/state.ts'
import { type RedshiftState, redshiftState } from './services/redshift/state.ts'
import { type S3State, s3State } from './services/s3/state.ts'
import { type SnsState, snsState } from './services/sns/state.ts'
import { type SqsState, sqsState } from './services/sqs/state.ts'
import { type SsmState, ssmState } from './services/ssm/state.ts'

/** The running account: the estate, and what was written to it since. */
export interface State {
  readonly account: string
  /** As in the caller's ARN: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
  /** The account as S3's ACLs know it. */
  readonly canonicalId: string
  readonly caller: { readonly Arn: string; readonly UserId: string }
  readonly regions: readonly RegionEstate[]
  readonly contacts: ContactsState
  readonly organization: OrganizationEstate
  readonly iam: IamState
  readonly s3: S3State
  readonly ec2: (region: string) => Ec2State
  readonly rds: (region: string) => RdsState
  readonly kms: (region: string) => KmsState
  readonly cloudtrail: (region: string) => CloudTrailState
  readonly autoscaling: (region: string) => readonly LaunchConfiguration[]
  readonly backup: (region: string) => readonly BackupPlanEstate[]
  readonly cloudfront: CloudFrontEstate
  readonly eventbridge: (region: string) => EventBridgeState
  readonly cloudwatch: (region: string) => CloudWatchState
  readonly redshift: (region: string) => RedshiftState
  readonly accessanalyzer: (region: string) => AccessAnalyzerState
  readonly guardduty: (region: string) => GuardDutyState
  readonly elbv2: (region: string) => Elbv2State
  readonly eks: (region: string) => EksState
  readonly ssm: (region: string) => SsmState
  readonly ecr: (region: string) => EcrState
  readonly sns: (region: string) => SnsState
  readonly sqs: (region: string) => SqsState
  readonly lambda: (region: string) => LambdaState
  readonly dynamodb: (region: string) => DynamoDbState
}

export function createState(estate: Estate): State {
  const account = estate.account ?? '123456789012'
  return {
    account,
    partition: estate.caller?.Arn.split(':')[1] ?? 'aws',
    canonicalId: createHash('sha256').update(account).digest('hex'),
    caller: estate.caller ?? {
      Arn: `arn:aws:iam::${account}:user/auditor`,
      UserId: 'AIDAEXAMPLEAUDITOR000',
    },
    regions: estate.regions ?? usual,
    contacts: contactsState(estate.contacts ?? {}),
    organization: estate.organization ?? {},
    iam: iamState(estate.iam ?? {}),
    s3: s3State(estate.s3 ?? {}),
    ec2: byRegion(estate.ec2, declared => ec2State(account, declared)),
    rds: byRegion(estate.rds, rdsState),
    kms: byRegion(estate.kms, kmsState),
    cloudtrail: byRegion(estate.cloudtrail, cloudtrailState),
    autoscaling: region => estate.autoscaling?.[region] ?? [],
    backup: region => estate.backup?.[region] ?? [],
    cloudfront: estate.cloudfront ?? {},
    eventbridge: byRegion(estate.eventbridge, eventbridgeState),
    cloudwatch: byRegion(estate.cloudwatch, cloudwatchState),
    redshift: byRegion(estate.redshift, redshiftState),
    accessanalyzer: byRegion(estate.accessanalyzer, accessanalyzerState),
    guardduty: byRegion(estate.guardduty, guarddutyState),
    elbv2: byRegion(estate.elbv2, elbv2State),
    eks: byRegion(estate.eks, eksState),
    ssm: byRegion(estate.ssm, ssmState),
    ecr: byRegion(estate.ecr, ecrState),
    sns: byRegion(estate.sns, snsState),
    sqs: byRegion(estate.sqs, sqsState),
    lambda: byRegion(estate.lambda, lambdaState),
    dynamodb: byRegion(estate.dynamodb, dynamodbState),
  }
}

const usual: readonly RegionEstate[] = [
  { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
  { RegionName: 'eu-central-1', OptInStatus: 'opt-in-not-required' },
  { RegionName: 'ap-east-1', OptInStatus: 'not-opted-in' },
  { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
]

/** A region's state is made when it is first asked for; one that declares nothing is empty. */
function byRegion<Declared extends object, Made>(
  estate: ByRegion<Declared> | undefined,
  create: (declared: Declared | Record<string, never>) => Made,
): (region: string) => Made {
  const made = new Map<string, Made>()
  const declared = new Map(Object.entries(estate ?? {}))
  return region => {
    const known = made.get(region)
    if (known !== undefined) return known
    const fresh = create(declared.get(region) ?? {})
    made.set(region, fresh)
    return fresh
  }
}
