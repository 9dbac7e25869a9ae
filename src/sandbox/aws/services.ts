import { accessanalyzer } from './services/accessanalyzer/service.ts'
import { account } from './services/account/service.ts'
import { autoscaling } from './services/autoscaling/service.ts'
import { backup } from './services/backup/service.ts'
import { cloudfront } from './services/cloudfront/service.ts'
import { cloudtrail } from './services/cloudtrail/service.ts'
import { cloudwatch } from './services/cloudwatch/service.ts'
import { dynamodb } from './services/dynamodb/service.ts'
import { ec2 } from './services/ec2/service.ts'
import { ecr } from './services/ecr/service.ts'
import { eks } from './services/eks/service.ts'
import { elbv2 } from './services/elbv2/service.ts'
import { eventbridge } from './services/eventbridge/service.ts'
import { guardduty } from './services/guardduty/service.ts'
import { iam } from './services/iam/service.ts'
import { kms } from './services/kms/service.ts'
import { lambda } from './services/lambda/service.ts'
import { organizations } from './services/organizations/service.ts'
import { rds } from './services/rds/service.ts'
import { redshift } from './services/redshift/service.ts'
import { s3 } from './services/s3/service.ts'
import { s3control } from './services/s3control/service.ts'
import { sns } from './services/sns/service.ts'
import { sqs } from './services/sqs/service.ts'
import { ssm } from './services/ssm/service.ts'
import { sts } from './services/sts/service.ts'
import type { Service } from './wire/service.ts'

const services: readonly Service[] = [
  sts,
  s3,
  s3control,
  ec2,
  iam,
  rds,
  kms,
  cloudtrail,
  account,
  organizations,
  cloudfront,
  eventbridge,
  cloudwatch,
  redshift,
  accessanalyzer,
  guardduty,
  elbv2,
  eks,
  ssm,
  ecr,
  sns,
  sqs,
  lambda,
  dynamodb,
  autoscaling,
  backup,
]

/** S3 and S3 Control sign alike; the path tells them apart. */
export function byScope(signing: string, path: string): Service | undefined {
  const isControl = signing === 's3' && path.startsWith('/v20180820/')
  return services.find(one => one.signing === signing && (one.name === 's3control') === isControl)
}
