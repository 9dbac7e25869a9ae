import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  StartLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail'
import {
  DeleteAccountPasswordPolicyCommand,
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListKeys,
} from '@aws-sdk/client-kms'
import {
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeDBSnapshotAttributesCommand,
  ModifyDBInstanceCommand,
  ModifyDBSnapshotAttributeCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds'
import {
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterEach, expect, test } from 'vitest'
import type { Estate } from '../estate.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../index.ts'
import { clientConfig } from '../testing.ts'

const opened: Sandbox[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(sandbox => sandbox.close()))
})

async function serve(estate: Estate, options?: SandboxOptions) {
  const sandbox = await startSandbox(estate, options)
  opened.push(sandbox)
  return clientConfig(sandbox)
}

const a = { Bucket: 'a' }

test('IAM: a new password policy takes the place of the old one in full', async () => {
  const iam = new IAMClient(await serve({ iam: { passwordPolicy: { RequireSymbols: true } } }))
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14 }))
  const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}))
  expect(PasswordPolicy).toMatchObject({ MinimumPasswordLength: 14, RequireSymbols: false })
  await iam.send(new DeleteAccountPasswordPolicyCommand({}))
  await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
})

test('IAM: a report takes its time, and tells of the root user and of keys', async () => {
  const CreateDate = new Date('2024-01-02T03:04:05Z')
  const iam = new IAMClient(
    await serve({
      iam: {
        reportTakes: 1,
        root: { mfa: [{ SerialNumber: 'GAHT1', EnableDate: CreateDate }] },
        users: [
          {
            UserName: 'bot',
            CreateDate,
            accessKeys: [{ AccessKeyId: 'AKIA1', Status: 'Active', CreateDate }],
          },
        ],
      },
    }),
  )
  const generate = new GenerateCredentialReportCommand({})
  expect((await iam.send(generate)).State).toBe('STARTED')
  expect((await iam.send(generate)).State).toBe('COMPLETE')
  await iam.send(new UpdateAccessKeyCommand({ AccessKeyId: 'AKIA1', Status: 'Inactive' }))
  const { Content } = await iam.send(new GetCredentialReportCommand({}))
  const [header = '', ...lines] = Buffer.from(Content ?? [])
    .toString()
    .split('\n')
  const rows = lines.map(line =>
    Object.fromEntries(line.split(',').map((cell, index) => [header.split(',')[index], cell])),
  )
  expect(rows).toMatchObject([
    { user: '<root_account>', password_enabled: 'not_supported', mfa_active: 'true' },
    {
      user: 'bot',
      arn: 'arn:aws:iam::123456789012:user/bot',
      user_creation_time: '2024-01-02T03:04:05+00:00',
      password_enabled: 'false',
      access_key_1_active: 'false',
      access_key_1_last_rotated: '2024-01-02T03:04:05+00:00',
      access_key_2_last_rotated: 'N/A',
    },
  ])
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
  expect(SummaryMap).toMatchObject({ AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, Users: 1 })
})

test('IAM: counts to whom a policy is attached', async () => {
  const Arn = 'arn:aws:iam::123456789012:policy/p'
  const AttachedManagedPolicies = [{ PolicyArn: Arn, PolicyName: 'p' }]
  const iam = new IAMClient(
    await serve({
      iam: {
        policies: [{ Arn }],
        users: [{ UserName: 'a', AttachedManagedPolicies }],
        groups: [{ GroupName: 'g', AttachedManagedPolicies }],
      },
    }),
  )
  const { Policies } = await iam.send(
    new GetAccountAuthorizationDetailsCommand({ Filter: ['LocalManagedPolicy'] }),
  )
  expect(Policies).toMatchObject([{ Arn, AttachmentCount: 2 }])
})

test('RDS: changes a database, unshares a snapshot, and knows the groups that AWS made', async () => {
  const config = await serve({
    rds: {
      'us-east-1': {
        DBInstances: [{ DBInstanceIdentifier: 'shop', PubliclyAccessible: true, MultiAZ: true }],
        DBSnapshots: [{ DBSnapshotIdentifier: 's', restore: ['all', '111122223333'] }],
      },
    },
  })
  const rds = new RDSClient(config)
  const named = { DBInstanceIdentifier: 'shop' }
  await rds.send(
    new ModifyDBInstanceCommand({
      ...named,
      PubliclyAccessible: false,
      CloudwatchLogsExportConfiguration: { EnableLogTypes: ['audit'] },
    }),
  )
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand(named))
  expect(DBInstances).toMatchObject([
    {
      DBInstanceArn: 'arn:aws:rds:us-east-1:123456789012:db:shop',
      PubliclyAccessible: false,
      MultiAZ: true,
      EnabledCloudwatchLogsExports: ['audit'],
    },
  ])
  await expect(
    rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' })),
  ).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' })

  const snapshot = { DBSnapshotIdentifier: 's' }
  await rds.send(
    new ModifyDBSnapshotAttributeCommand({
      ...snapshot,
      AttributeName: 'restore',
      ValuesToRemove: ['all'],
    }),
  )
  const after = await rds.send(new DescribeDBSnapshotAttributesCommand(snapshot))
  expect(after.DBSnapshotAttributesResult?.DBSnapshotAttributes).toEqual([
    { AttributeName: 'restore', AttributeValues: ['111122223333'] },
  ])
  const parameters = (DBParameterGroupName: string) =>
    rds.send(new DescribeDBParametersCommand({ DBParameterGroupName, Source: 'user' }))
  expect((await parameters('default.postgres16')).Parameters).toEqual([])
  await expect(parameters('mine')).rejects.toMatchObject({ name: 'DBParameterGroupNotFoundFault' })
})

test('KMS: rotation is for symmetric keys of AWS’s making, and not for those about to go', async () => {
  const kms = new KMSClient(
    await serve({
      kms: {
        'us-east-1': {
          keys: [
            { KeyId: 'k', aliases: ['shop'] },
            { KeyId: 'rsa', KeySpec: 'RSA_2048' },
            { KeyId: 'gone', KeyState: 'PendingDeletion' },
          ],
        },
      },
    }),
  )
  const status = (KeyId: string) => kms.send(new GetKeyRotationStatusCommand({ KeyId }))
  expect(await status('k')).toMatchObject({ KeyRotationEnabled: false })
  await kms.send(new EnableKeyRotationCommand({ KeyId: 'k', RotationPeriodInDays: 180 }))
  expect(await status('k')).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 })
  await expect(status('rsa')).rejects.toMatchObject({ name: 'UnsupportedOperationException' })
  await expect(status('gone')).rejects.toMatchObject({ name: 'KMSInvalidStateException' })
  await kms.send(new CancelKeyDeletionCommand({ KeyId: 'gone' }))
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'gone' }))
  expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false })
  const byAlias = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/shop' }))
  expect(byAlias.KeyMetadata?.Arn).toBe('arn:aws:kms:us-east-1:123456789012:key/k')
})

test('CloudTrail: a trail of all regions shows everywhere and changes at home only', async () => {
  const config = await serve({
    cloudtrail: {
      'us-east-1': {
        trails: [
          { Name: 'all', IsMultiRegionTrail: true, status: { IsLogging: false } },
          { Name: 'here' },
        ],
      },
    },
  })
  const away = new CloudTrailClient({ ...config, region: 'eu-central-1' })
  const names = async (includeShadowTrails: boolean) =>
    (await away.send(new DescribeTrailsCommand({ includeShadowTrails }))).trailList?.map(
      trail => trail.Name,
    )
  expect(await names(true)).toEqual(['all'])
  expect(await names(false)).toEqual([])
  await expect(
    away.send(new UpdateTrailCommand({ Name: 'all', EnableLogFileValidation: true })),
  ).rejects.toMatchObject({ name: 'InvalidHomeRegionException' })

  const home = new CloudTrailClient(config)
  await home.send(new UpdateTrailCommand({ Name: 'all', EnableLogFileValidation: true }))
  await home.send(new StartLoggingCommand({ Name: 'all' }))
  expect(await home.send(new GetTrailStatusCommand({ Name: 'all' }))).toMatchObject({
    IsLogging: true,
  })
  const { trailList } = await home.send(new DescribeTrailsCommand({ trailNameList: ['all'] }))
  expect(trailList).toMatchObject([{ LogFileValidationEnabled: true, IsMultiRegionTrail: true }])
  await expect(
    home.send(new GetInsightSelectorsCommand({ TrailName: 'here' })),
  ).rejects.toMatchObject({ name: 'InsightNotEnabledException' })
})

test('pages of each kind of token join to the whole list', async () => {
  const numbers = Array.from({ length: 7 }, (_, n) => `x${n}`)
  const config = await serve(
    {
      kms: { 'us-east-1': { keys: numbers.map(KeyId => ({ KeyId })) } },
      rds: {
        'us-east-1': {
          DBInstances: numbers.map(DBInstanceIdentifier => ({ DBInstanceIdentifier })),
        },
      },
    },
    { pageSize: 3 },
  )
  const keys = []
  for await (const page of paginateListKeys({ client: new KMSClient(config) }, {})) {
    keys.push(...(page.Keys ?? []))
  }
  expect(keys.map(key => key.KeyId)).toEqual(numbers)
  const databases = []
  for await (const page of paginateDescribeDBInstances({ client: new RDSClient(config) }, {})) {
    databases.push(...(page.DBInstances ?? []))
  }
  expect(databases.map(one => one.DBInstanceIdentifier)).toEqual(numbers)
})

test('ARNs are of the partition that the caller is of', async () => {
  const config = await serve({
    account: '111122223333',
    caller: { Arn: 'arn:aws-cn:iam::111122223333:user/auditor', UserId: 'AIDA' },
    kms: { 'us-east-1': { keys: [{ KeyId: 'k' }] } },
  })
  const { KeyMetadata } = await new KMSClient(config).send(new DescribeKeyCommand({ KeyId: 'k' }))
  expect(KeyMetadata?.Arn).toBe('arn:aws-cn:kms:us-east-1:111122223333:key/k')
})

test('an estate is not changed by what is written to a sandbox of it', async () => {
  const estate: Estate = { s3: { buckets: [{ Name: 'a' }] } }
  const s3 = new S3Client(await serve(estate))
  await s3.send(
    new PutBucketVersioningCommand({ ...a, VersioningConfiguration: { Status: 'Enabled' } }),
  )
  const other = new S3Client(await serve(estate))
  expect((await other.send(new GetBucketVersioningCommand(a))).Status).toBeUndefined()
})
