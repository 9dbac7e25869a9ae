/** What people call a resource type: `aws_s3_bucket` is an S3 Bucket. */
export function kindName(type: string): string {
  return (
    names.get(type) ??
    type
      .replace(/^(aws|azurerm|google)_/, '')
      .split('_')
      .map(word)
      .join(' ')
  )
}

const names: ReadonlyMap<string, string> = new Map([
  ['aws_account', 'AWS Account'],
  ['aws_region', 'AWS Region'],
  ['aws_db_instance', 'RDS Instance'],
  ['aws_db_snapshot', 'RDS Snapshot'],
  ['aws_instance', 'EC2 Instance'],
  ['aws_lb', 'Load Balancer'],
  ['aws_lb_listener', 'Load Balancer Listener'],
])

function word(text: string): string {
  if (acronyms.has(text)) return text.toUpperCase()
  return odd.get(text) ?? text.charAt(0).toUpperCase() + text.slice(1)
}

const acronyms = new Set(
  `acl acm ami api asg cidr cmk db dlm dms dns ebs ec2 ecr ecs efs eip eks elb emr fsx iam ip kms
  lb mfa msk mq nat nfs rds rest s3 saml sns sqs ssh sse ssl ssm ssl tls url vm vpc vpn waf`.split(
    /\s+/,
  ),
)

const odd: ReadonlyMap<string, string> = new Map([
  ['cloudfront', 'CloudFront'],
  ['cloudtrail', 'CloudTrail'],
  ['cloudwatch', 'CloudWatch'],
  ['dynamodb', 'DynamoDB'],
  ['elasticache', 'ElastiCache'],
  ['opensearch', 'OpenSearch'],
])
