import type { ManagedPolicyDetail } from '@aws-sdk/client-iam'
import { account, document, id } from './make.ts'

export const customerPolicies: readonly ManagedPolicyDetail[] = [
  customer('orders-api', {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: 'arn:aws:s3:::brightcart-prod-orders/*',
  }),
  customer('invoices-writer', {
    Effect: 'Allow',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::brightcart-prod-invoices/*',
  }),
  customer('product-images-reader', {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:ListBucket'],
    Resource: [
      'arn:aws:s3:::brightcart-prod-product-images',
      'arn:aws:s3:::brightcart-prod-product-images/*',
    ],
  }),
  customer('shop-data-key', {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: `arn:aws:kms:*:${account}:key/*`,
    Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  }),
  customer('terraform-plan', {
    Effect: 'Allow',
    Action: ['ec2:Describe*', 's3:Get*', 's3:List*', 'iam:Get*', 'iam:List*', 'rds:Describe*'],
    Resource: '*',
  }),
  customer('require-mfa', {
    Effect: 'Deny',
    NotAction: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'sts:GetSessionToken'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  }),
  // An administrator under another name, attached.
  customer('platform-everything', { Effect: 'Allow', Action: '*', Resource: '*' }),
  // The same, forgotten: attached to nobody.
  customer('break-glass-2021', { Effect: 'Allow', Action: '*:*', Resource: '*' }),
  // A role that may pass any role to a new function is an administrator in two steps.
  customer('release-pipeline', {
    Effect: 'Allow',
    Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    Resource: '*',
  }),
  customer('key-custodian', { Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
  customer('trail-operator', { Effect: 'Allow', Action: 'cloudtrail:*', Resource: '*' }),
  customer('identity-desk', { Effect: 'Allow', Action: 'iam:*', Resource: '*' }),
  customer('assume-anything', { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }),
  customer('marketplace-buyer', {
    Effect: 'Allow',
    Action: ['aws-marketplace:Subscribe', 'aws-marketplace:ViewSubscriptions'],
    Resource: '*',
  }),
]

/** Shortened: what matters of each is whether it is attached, and to whom. */
export const awsPolicies: readonly ManagedPolicyDetail[] = [
  aws('AdministratorAccess', { Effect: 'Allow', Action: '*', Resource: '*' }),
  aws('PowerUserAccess', {
    Effect: 'Allow',
    NotAction: ['iam:*', 'organizations:*', 'account:*'],
    Resource: '*',
  }),
  aws('ReadOnlyAccess', {
    Effect: 'Allow',
    Action: ['ec2:Describe*', 's3:Get*', 's3:List*', 'rds:Describe*', 'iam:Get*', 'iam:List*'],
    Resource: '*',
  }),
  aws('SecurityAudit', {
    Effect: 'Allow',
    Action: ['ec2:Describe*', 's3:GetBucket*', 'iam:Get*', 'iam:List*', 'kms:Describe*'],
    Resource: '*',
  }),
  aws('IAMFullAccess', { Effect: 'Allow', Action: 'iam:*', Resource: '*' }),
  aws('AWSCloudShellFullAccess', { Effect: 'Allow', Action: 'cloudshell:*', Resource: '*' }),
  aws('AmazonSSMManagedInstanceCore', {
    Effect: 'Allow',
    Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*'],
    Resource: '*',
  }),
  aws('service-role/AmazonRDSEnhancedMonitoringRole', {
    Effect: 'Allow',
    Action: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
    Resource: 'arn:aws:logs:*:*:log-group:RDS*',
  }),
]

export function policyArn(name: string): string {
  const own = customerPolicies.some(policy => policy.PolicyName === name)
  return own ? `arn:aws:iam::${account}:policy/${name}` : `arn:aws:iam::aws:policy/${name}`
}

function customer(PolicyName: string, ...statements: readonly object[]): ManagedPolicyDetail {
  return policy(`arn:aws:iam::${account}:policy/${PolicyName}`, PolicyName, statements)
}

function aws(path: string, ...statements: readonly object[]): ManagedPolicyDetail {
  return policy(`arn:aws:iam::aws:policy/${path}`, path.split('/').at(-1) ?? path, statements)
}

function policy(
  Arn: string,
  PolicyName: string,
  statements: readonly object[],
): ManagedPolicyDetail {
  const CreateDate = new Date('2022-03-01T10:00:00Z')
  return {
    Arn,
    PolicyName,
    PolicyId: id('ANPA', Arn).toUpperCase().replace('-', ''),
    Path: '/',
    DefaultVersionId: 'v1',
    CreateDate,
    UpdateDate: CreateDate,
    PolicyVersionList: [
      { VersionId: 'v1', IsDefaultVersion: true, CreateDate, Document: document(...statements) },
    ],
  }
}
