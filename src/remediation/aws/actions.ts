import type { Action } from '../action.ts'
import {
  cloudtrailLogging,
  cloudtrailMultiRegion,
  cloudtrailValidation,
} from './cloudtrail-trails.ts'
import { accessAnalyzerEnable, guarddutyEnable } from './detectors.ts'
import { dynamodbPitr } from './dynamodb-pitr.ts'
import { ebsUnencrypted } from './ebs-unencrypted.ts'
import { amiBlockPublic, ebsSnapshotBlockPublic, imdsv2Default } from './ec2-region-settings.ts'
import { ecrPublicPolicy, ecrScanOnPush } from './ecr-repositories.ts'
import { eksPublicEndpoint } from './eks-public-endpoint.ts'
import { elbHttpRedirect } from './elb-http-redirect.ts'
import { guides } from './guides.ts'
import { iamAccessKeyStale } from './iam-access-key-stale.ts'
import { iamPasswordPolicy } from './iam-password-policy.ts'
import { imdsv2Required } from './imdsv2-required.ts'
import { kmsPendingDeletion, kmsRotation } from './kms-keys.ts'
import { lambdaPublicPolicy } from './lambda-public-policy.ts'
import { naclAdminOpen } from './nacl-admin-open.ts'
import { snsPublic, sqsPublic, sqsSse } from './queue-and-topic.ts'
import { rdsSettings } from './rds-settings.ts'
import { rdsSnapshotPublic } from './rds-snapshot-public.ts'
import { redshiftPublic } from './redshift-public.ts'
import { s3AccountPublicAccess } from './s3-account-public-access.ts'
import { s3BucketPublicAccess } from './s3-bucket-public-access.ts'
import { s3BucketPublicAcl } from './s3-bucket-public-acl.ts'
import { s3AccessLogging, s3SecureTransport, s3Versioning } from './s3-bucket-settings.ts'
import { sgDefaultRestrict } from './sg-default-restrict.ts'
import { sgOpenToWorld } from './sg-open-to-world.ts'
import { amiPublic, ebsSnapshotPublic } from './shared-images.ts'
import { ssmDocumentPublic } from './ssm-document-public.ts'
import { subnetPublicIp, vpcFlowLogs } from './vpc-flow-logs.ts'

/** Every action on AWS. */
export const actions: readonly Action[] = [
  s3BucketPublicAccess,
  s3AccountPublicAccess,
  s3BucketPublicAcl,
  s3SecureTransport,
  s3AccessLogging,
  s3Versioning,
  sgOpenToWorld,
  sgDefaultRestrict,
  naclAdminOpen,
  ebsUnencrypted,
  ebsSnapshotPublic,
  ebsSnapshotBlockPublic,
  amiPublic,
  amiBlockPublic,
  imdsv2Required,
  imdsv2Default,
  vpcFlowLogs,
  subnetPublicIp,
  rdsSnapshotPublic,
  ...rdsSettings,
  redshiftPublic,
  kmsRotation,
  kmsPendingDeletion,
  cloudtrailValidation,
  cloudtrailLogging,
  cloudtrailMultiRegion,
  guarddutyEnable,
  accessAnalyzerEnable,
  iamPasswordPolicy,
  iamAccessKeyStale,
  lambdaPublicPolicy,
  sqsPublic,
  sqsSse,
  snsPublic,
  ecrScanOnPush,
  ecrPublicPolicy,
  ssmDocumentPublic,
  dynamodbPitr,
  eksPublicEndpoint,
  elbHttpRedirect,
  ...guides,
]
