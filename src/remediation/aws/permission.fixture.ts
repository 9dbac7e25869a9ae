/** The IAM action that a call needs, where it is called otherwise than the call. */
const named = new Map([
  ['s3:ListBuckets', 's3:ListAllMyBuckets'],
  ['s3:GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['s3:PutPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3:DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3control:GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
  ['s3control:PutPublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
  ['s3control:DeletePublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
])

const prefixes = new Map([
  ['elbv2', 'elasticloadbalancing'],
  ['accessanalyzer', 'access-analyzer'],
])

export function permissionOf({
  service,
  operation,
}: {
  readonly service: string
  readonly operation: string
}): string {
  return named.get(`${service}:${operation}`) ?? `${prefixes.get(service) ?? service}:${operation}`
}

/** What IAM asks for beside the call's own action. */
export const implied = new Set([
  'ec2:CreateTags',
  'iam:CreateServiceLinkedRole',
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
])
