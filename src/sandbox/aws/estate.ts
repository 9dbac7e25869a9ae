import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling'
import type { AccessAnalyzerEstate } from './services/accessanalyzer/state.ts'
import type { ContactsEstate } from './services/account/state.ts'
import type { BackupPlanEstate } from './services/backup/state.ts'
import type { CloudFrontEstate } from './services/cloudfront/service.ts'
import type { CloudTrailEstate } from './services/cloudtrail/state.ts'
import type { CloudWatchEstate } from './services/cloudwatch/state.ts'
import type { DynamoDbEstate } from './services/dynamodb/state.ts'
import type { Ec2Estate } from './services/ec2/state.ts'
import type { EcrEstate } from './services/ecr/state.ts'
import type { EksEstate } from './services/eks/state.ts'
import type { Elbv2Estate } from './services/elbv2/state.ts'
import type { EventBridgeEstate } from './services/eventbridge/state.ts'
import type { GuardDutyEstate } from './services/guardduty/state.ts'
import type { IamEstate } from './services/iam/state.ts'
import type { KmsEstate } from './services/kms/state.ts'
import type { LambdaEstate } from './services/lambda/state.ts'
import type { OrganizationEstate } from './services/organizations/state.ts'
import type { RdsEstate } from './services/rds/state.ts'
import type { RedshiftEstate } from './services/redshift/state.ts'
import type { S3Estate } from './services/s3/state.ts'
import type { SnsEstate } from './services/sns/state.ts'
import type { SqsEstate } from './services/sqs/state.ts'
import type { SsmEstate } from './services/ssm/state.ts'

/** A cloud account, declared in the shapes of its own API; everything that is left out is as in an empty account. */
export interface Estate {
  /** Twelve digits; `123456789012` when left out. */
  readonly account?: string
  readonly caller?: { readonly Arn: string; readonly UserId: string }
  /** Left out: us-east-1 and eu-central-1 are open, two more are not. */
  readonly regions?: readonly RegionEstate[]
  readonly contacts?: ContactsEstate
  readonly organization?: OrganizationEstate
  readonly iam?: IamEstate
  readonly s3?: S3Estate
  readonly ec2?: ByRegion<Ec2Estate>
  readonly rds?: ByRegion<RdsEstate>
  readonly kms?: ByRegion<KmsEstate>
  readonly cloudtrail?: ByRegion<CloudTrailEstate>
  readonly autoscaling?: ByRegion<readonly LaunchConfiguration[]>
  readonly backup?: ByRegion<readonly BackupPlanEstate[]>
  readonly cloudfront?: CloudFrontEstate
  readonly eventbridge?: ByRegion<EventBridgeEstate>
  readonly cloudwatch?: ByRegion<CloudWatchEstate>
  readonly redshift?: ByRegion<RedshiftEstate>
  readonly accessanalyzer?: ByRegion<AccessAnalyzerEstate>
  readonly guardduty?: ByRegion<GuardDutyEstate>
  readonly elbv2?: ByRegion<Elbv2Estate>
  readonly eks?: ByRegion<EksEstate>
  readonly ssm?: ByRegion<SsmEstate>
  readonly ecr?: ByRegion<EcrEstate>
  readonly sns?: ByRegion<SnsEstate>
  readonly sqs?: ByRegion<SqsEstate>
  readonly lambda?: ByRegion<LambdaEstate>
  readonly dynamodb?: ByRegion<DynamoDbEstate>
}

export type ByRegion<T> = Readonly<Record<string, T>>

export interface RegionEstate {
  readonly RegionName: string
  readonly OptInStatus: 'opt-in-not-required' | 'opted-in' | 'not-opted-in'
}
