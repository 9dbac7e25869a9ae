import type { RoleDetail } from '@aws-sdk/client-iam'
import { policyArn } from './iam-policies.ts'
import {
  account,
  document,
  type Environment,
  foreignAccount,
  id,
  organizationId,
  roleArn,
  tags,
  warehouseAccount,
} from './make.ts'

export const roles: readonly RoleDetail[] = [
  role('orders-api', 'production', service('ec2'), {
    managed: ['orders-api', 'shop-data-key', 'AmazonSSMManagedInstanceCore'],
    profile: true,
  }),
  role('storefront', 'production', service('ec2'), {
    managed: ['product-images-reader', 'AmazonSSMManagedInstanceCore'],
    profile: true,
  }),
  role('invoice-worker', 'production', service('ec2'), {
    managed: ['invoices-writer', 'AmazonSSMManagedInstanceCore'],
    profile: true,
  }),
  role('staging-app', 'staging', service('ec2'), {
    managed: ['AmazonSSMManagedInstanceCore'],
    profile: true,
  }),
  // The build machine may do everything, as nobody knew what it needed.
  role('build-runner', 'shared', service('ec2'), {
    managed: ['AdministratorAccess'],
    profile: true,
  }),
  role('image-resizer', 'production', service('lambda'), { managed: ['product-images-reader'] }),
  role('release-pipeline', 'shared', service('codebuild'), { managed: ['release-pipeline'] }),
  role('vpc-flow-logs', 'shared', fromHere(service('vpc-flow-logs')), {
    inline: { 'write-logs': logsWriter() },
  }),
  role('cloudtrail-to-cloudwatch', 'shared', fromHere(service('cloudtrail')), {
    inline: { 'write-logs': logsWriter() },
  }),
  role('rds-monitoring', 'shared', fromHere(service('monitoring.rds')), {
    managed: ['service-role/AmazonRDSEnhancedMonitoringRole'],
  }),
  role('s3-replication', 'shared', fromHere(service('s3')), {
    inline: {
      replicate: document({
        Effect: 'Allow',
        Action: ['s3:GetObjectVersionForReplication', 's3:ReplicateObject'],
        Resource: 'arn:aws:s3:::brightcart-*/*',
      }),
    },
  }),
  // Trusts SNS without saying for whom SNS acts.
  role('notification-relay', 'production', service('sns'), { inline: { relay: logsWriter() } }),
  role('github-deploy', 'production', github('repo:brightcart/shop:ref:refs/heads/main'), {
    managed: ['terraform-plan'],
  }),
  role('security-audit', 'shared', anotherAccount(warehouseAccount, organizationId), {
    managed: ['SecurityAudit'],
  }),
  role('warehouse-reader', 'production', anotherAccount(warehouseAccount, organizationId), {
    managed: ['product-images-reader'],
  }),
  // Another company can read everything here.
  role('consultant-readonly', 'production', anotherAccount(foreignAccount), {
    managed: ['ReadOnlyAccess'],
  }),
  // Anybody with an AWS account can take this one on.
  role(
    'partner-upload',
    'production',
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    {
      managed: ['invoices-writer'],
    },
  ),
  role('trail-operator', 'shared', self(), { managed: ['trail-operator'] }),
  role('key-custodian', 'shared', self(), {
    managed: ['key-custodian'],
    inline: {
      'all-keys': document({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
    },
  }),
  role('procurement', 'shared', self(), { managed: ['marketplace-buyer'] }),
  role('migration-2022', 'shared', self(), {
    inline: {
      everything: document(
        { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
        { Effect: 'Allow', Action: '*', Resource: '*' },
      ),
      trail: document({ Effect: 'Allow', Action: 'cloudtrail:*', Resource: '*' }),
      buy: document({ Effect: 'Allow', Action: 'aws-marketplace:Subscribe', Resource: '*' }),
    },
  }),
]

interface Has {
  readonly managed?: readonly string[]
  readonly inline?: Readonly<Record<string, string>>
  readonly profile?: boolean
}

function role(
  RoleName: string,
  environment: Environment,
  trust: object,
  { managed = [], inline = {}, profile = false }: Has,
): RoleDetail {
  const CreateDate = new Date('2022-03-01T10:00:00Z')
  const Arn = roleArn(RoleName)
  return {
    RoleName,
    Arn,
    Path: '/',
    RoleId: id('AROA', RoleName).toUpperCase().replace('-', ''),
    CreateDate,
    AssumeRolePolicyDocument: document(trust),
    AttachedManagedPolicies: managed.map(name => ({
      PolicyName: name.split('/').at(-1),
      PolicyArn: policyArn(name),
    })),
    RolePolicyList: Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({
      PolicyName,
      PolicyDocument,
    })),
    InstanceProfileList: profile ? [instanceProfile(RoleName)] : [],
    Tags: tags(RoleName, environment).filter(tag => tag.Key !== 'Name'),
  }
}

function instanceProfile(name: string) {
  return {
    InstanceProfileName: name,
    InstanceProfileId: id('AIPA', name).toUpperCase().replace('-', ''),
    Arn: instanceProfileArn(name),
    Path: '/',
    CreateDate: new Date('2022-03-01T10:00:00Z'),
    Roles: [],
  }
}

export function instanceProfileArn(name: string): string {
  return `arn:aws:iam::${account}:instance-profile/${name}`
}

function service(name: string): object {
  return {
    Effect: 'Allow',
    Principal: { Service: `${name}.amazonaws.com` },
    Action: 'sts:AssumeRole',
  }
}

/** A service may act here only for this account. */
function fromHere(statement: object): object {
  return { ...statement, Condition: { StringEquals: { 'aws:SourceAccount': account } } }
}

function anotherAccount(other: string, organization?: string): object {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${other}:root` },
    Action: 'sts:AssumeRole',
    ...(organization && {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } },
    }),
  }
}

function self(): object {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  }
}

function github(subject: string): object {
  return {
    Effect: 'Allow',
    Principal: {
      Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
    },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': subject,
      },
    },
  }
}

function logsWriter(): string {
  return document({
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `arn:aws:logs:*:${account}:log-group:*`,
  })
}
