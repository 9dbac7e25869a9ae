import type { Estate } from '../estate.ts'
import type { KeyEstate } from '../services/kms/state.ts'
import {
  account,
  daysBefore,
  document,
  type Environment,
  frankfurt,
  keyId,
  roleArn,
  virginia,
  warehouseAccount,
} from './make.ts'

export function kms(now: Date): NonNullable<Estate['kms']> {
  return {
    [virginia]: {
      keys: [
        key(virginia, 'shop-data', 'production'),
        key(virginia, 'orders-database', 'production'),
        key(virginia, 'ebs', 'shared'),
        key(virginia, 'cloudtrail', 'shared', {
          policy: document(root(), {
            Sid: 'CloudTrailEncrypts',
            Effect: 'Allow',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          }),
        }),
        key(virginia, 'enclave-signing', 'production', {
          policy: document(administrators(), enclave({ PCR0: signerImage, PCR3: signerRole })),
        }),
        // The host of the enclave may use the key as well as the enclave may.
        key(virginia, 'enclave-lab', 'development', {
          policy: document(root(), enclave({ PCR0: signerImage })),
        }),
        // Anybody with an AWS account may decrypt with it.
        key(virginia, 'partner-exchange', 'production', {
          policy: document(root(), {
            Sid: 'Partners',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: ['kms:Decrypt', 'kms:DescribeKey'],
            Resource: '*',
          }),
        }),
        key(virginia, 'legacy-reports', 'production', {
          rotation: { KeyRotationEnabled: false },
        }),
        key(virginia, 'staging-data', 'staging', { rotation: { KeyRotationEnabled: false } }),
        key(virginia, 'global-sessions', 'production', { MultiRegion: true }),
        key(virginia, 'jwt-signing', 'production', {
          KeySpec: 'RSA_2048',
          KeyUsage: 'SIGN_VERIFY',
          SigningAlgorithms: ['RSASSA_PSS_SHA_256'],
        }),
        key(virginia, 'old-backups', 'production', {
          KeyState: 'PendingDeletion',
          DeletionDate: daysBefore(now, -12),
        }),
        key(virginia, 'unused-experiment', 'development', { KeyState: 'Disabled' }),
        managed(virginia, 'ebs'),
        managed(virginia, 'rds'),
      ],
    },
    [frankfurt]: {
      keys: [
        key(frankfurt, 'shop-data', 'production'),
        key(frankfurt, 'orders-database', 'production', {
          policy: document(root(), {
            Sid: 'WarehouseReadsSnapshots',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${warehouseAccount}:root` },
            Action: ['kms:Decrypt', 'kms:CreateGrant', 'kms:DescribeKey'],
            Resource: '*',
          }),
        }),
        key(frankfurt, 'gdpr-exports', 'production', { rotation: { KeyRotationEnabled: false } }),
        managed(frankfurt, 'ebs'),
      ],
    },
  }
}

function key(
  region: string,
  alias: string,
  environment: Environment,
  odd: Partial<KeyEstate> = {},
): KeyEstate {
  return {
    KeyId: keyId(region, alias),
    Description: alias.replaceAll('-', ' '),
    CreationDate: new Date('2022-02-03T11:00:00Z'),
    aliases: [alias],
    rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
    policy: document(root()),
    tags: [
      { TagKey: 'environment', TagValue: environment },
      { TagKey: 'team', TagValue: 'platform' },
    ],
    ...odd,
  }
}

/** A key that AWS made for one of its services. */
function managed(region: string, service: string): KeyEstate {
  return {
    KeyId: keyId(region, `aws/${service}`),
    KeyManager: 'AWS',
    Description: `Default key that protects my ${service.toUpperCase()} data when no other key is defined`,
    aliases: [`aws/${service}`],
    rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
  }
}

/** What the image of the signing enclave measures, and the role that it must run under. */
const signerImage = 'b4c1'.repeat(24)
const signerRole = '7f02'.repeat(24)

function enclave(measured: Readonly<Record<string, string>>): object {
  const conditions = Object.entries(measured).map(([name, value]) => [
    `kms:RecipientAttestation:${name}`,
    value,
  ])
  return {
    Sid: 'SigningEnclave',
    Effect: 'Allow',
    Principal: { AWS: roleArn('invoice-worker') },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringEqualsIgnoreCase: Object.fromEntries(conditions) },
  }
}

/** They manage the key and cannot use it. */
function administrators(): object {
  return {
    Sid: 'Administrators',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: [
      'kms:Describe*',
      'kms:Get*',
      'kms:List*',
      'kms:Put*',
      'kms:Enable*',
      'kms:ScheduleKeyDeletion',
    ],
    Resource: '*',
  }
}

function root(): object {
  return {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  }
}
