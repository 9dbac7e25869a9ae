import { spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../src/finding.ts'
import { recordedAccount } from '../src/sandbox/aws/estate/recorded-account.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/aws/index.ts'
import { bin, folder, type Run } from './cli.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox(recordedAccount(new Date()))
})
afterEach(async () => {
  await sandbox.close()
})

const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' }

test('no credentials: 2 and one line', async () => {
  const { code, out, err } = await batten(['aws'], {})
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).toMatch(/^batten: no AWS credentials/)
})

test('a profile that is not there: 2, naming it', async () => {
  const { code, err } = await batten(['aws', '--profile', 'nobody'], {})
  expect(code).toBe(2)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).toContain('nobody')
})

test('keys that AWS does not know: 2', async () => {
  await sandbox.close()
  sandbox = await startSandbox(
    {},
    { faults: [{ operation: 'GetCallerIdentity', fault: 'region-closed' }] },
  )
  const { code, err } = await batten(['aws'], keys)
  expect(code).toBe(2)
  expect(err).toMatch(/^batten: AWS does not accept the AWS credentials: /)
})

test('nobody answers: 3, and nothing passes', async () => {
  const { code, out, err } = await batten(['aws', '--format', 'json'], {
    ...keys,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  })
  expect(code).toBe(3)
  expect(JSON.parse(out)).toEqual([])
  expect(err).toContain('gap: sts:GetCallerIdentity')
})

test('a role that is no ARN, a number out of its range: 2', async () => {
  const role = await batten(['aws', '--role', 'audit'], keys)
  expect([role.code, role.err]).toEqual([2, "batten: --role: 'audit' is not the ARN of a role\n"])
  const share = await batten(['aws', '--min-coverage', '200'], keys)
  expect([share.code, share.err]).toEqual([
    2,
    "batten: --min-coverage: '200' is not a number from 0 to 100\n",
  ])
})

test('a word that is no account, an unknown flag: 2', async () => {
  expect((await batten(['aws', 'prod'], keys)).code).toBe(2)
  expect((await batten(['aws', '--regoin', 'x'], keys)).err).toContain('did you mean --region?')
})

test('an interrupt leaves what is known, marked', async () => {
  await sandbox.close()
  sandbox = await startSandbox(recordedAccount(new Date()), { latency: 200 })
  const { code, out } = await batten(['aws', '--format', 'json'], keys, child =>
    setTimeout(() => child.kill('SIGINT'), 1_500),
  )
  expect(code).toBe(130)
  expect(Array.isArray(JSON.parse(out))).toBe(true)
})

test('the policy of one check is what its scan takes', async () => {
  const { code, out } = await batten(
    ['doctor', 'aws', '--policy', '--checks', 's3_bucket_object_versioning'],
    {},
  )
  expect(code).toBe(0)
  expect(JSON.parse(out).Statement).toMatchObject([
    { Effect: 'Allow', Action: ['s3:GetBucketVersioning', 's3:ListAllMyBuckets'] },
  ])
  expect(sandbox.calls).toEqual([])
})

test('a scan makes no call that its policy does not name', async () => {
  const { out } = await batten(['doctor', 'aws', '--policy'], {})
  const named = new Set<string>(JSON.parse(out).Statement[0].Action)
  const { code } = await batten(['aws', '--format', 'json'], keys)
  expect(code).toBe(1)
  const made = new Set(
    sandbox.calls.map(({ service, operation }) => permission(service, operation)),
  )
  made.delete('sts:GetCallerIdentity')
  expect([...made].filter(action => !named.has(action))).toEqual([])
  expect(made.size).toBeGreaterThan(60)
  for (const action of named) expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe|Generate)/)
})

test('the doctor tries each permission, and counts the checks that lack one', async () => {
  await sandbox.close()
  sandbox = await startSandbox(recordedAccount(new Date()), {
    faults: [
      { operation: 'GetBucketPolicy', fault: 'denied' },
      { operation: 'DescribeVolumes', fault: 'throttle' },
    ],
  })
  const { code, out } = await batten(['doctor', 'aws', '--services', 's3', 'ec2'], keys)
  expect(code).toBe(3)
  expect(out).toMatch(/^account 123456789012, as arn:aws:iam::123456789012:user\/katherine/)
  expect(out).toMatch(/^denied +s3:GetBucketPolicy +AccessDenied: /m)
  expect(out).toMatch(/^failed +ec2:DescribeVolumes +RequestLimitExceeded: /m)
  expect(out).toMatch(/^ok +s3:GetBucketVersioning$/m)
  expect(out).toMatch(/2 are missing, which leaves \d+ of \d+ checks unknown/)
})

test('reports of an account are named after it', async () => {
  const directory = folder({})
  const { err } = await batten(
    [
      'aws',
      '--checks',
      's3_bucket_object_versioning',
      '-M',
      'csv',
      '--output-directory',
      directory,
    ],
    keys,
  )
  expect(err).toMatch(/batten-output-123456789012-\d{14}\.csv/)
})

test('findings have the ARN, the account and the region, and no file', async () => {
  const { out } = await batten(
    ['aws', '--format', 'json', '--checks', 's3_bucket_public_access'],
    keys,
  )
  const findings: readonly Finding[] = JSON.parse(out)
  expect(findings.find(({ ResourceName }) => ResourceName === 'customer-data-prod')).toMatchObject({
    ResourceId: 'arn:aws:s3:::customer-data-prod',
    ResourceType: 'aws_s3_bucket',
    AccountId: '123456789012',
    Provider: 'aws',
    Source: 'aws',
    Status: 'FAIL',
    File: null,
    Address: null,
  })
})

/** IAM's action for an operation, where its name is another. */
function permission(service: string, operation: string): string {
  const name = `${service}:${operation}`
  return others.get(name) ?? name.replace('s3control:', 's3:')
}

const others = new Map([
  ['s3:ListBuckets', 's3:ListAllMyBuckets'],
  ['s3:GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['s3:GetBucketEncryption', 's3:GetEncryptionConfiguration'],
  ['s3:GetBucketLifecycleConfiguration', 's3:GetLifecycleConfiguration'],
  ['s3:GetBucketReplication', 's3:GetReplicationConfiguration'],
  ['s3:GetObjectLockConfiguration', 's3:GetBucketObjectLockConfiguration'],
  ['s3:GetBucketCors', 's3:GetBucketCORS'],
  ['s3:GetBucketNotificationConfiguration', 's3:GetBucketNotification'],
  ['s3:GetBucketAccelerateConfiguration', 's3:GetAccelerateConfiguration'],
  ['s3control:GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
])

/** As a user would run it, against the sandbox, and with nothing of this machine's. */
function batten(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  meanwhile?: (child: ReturnType<typeof spawn>) => void,
): Promise<Run> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      NO_COLOR: '1',
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  })
  meanwhile?.(child)
  let out = ''
  let err = ''
  child.stdout.on('data', data => {
    out += data
  })
  child.stderr.on('data', data => {
    err += data
  })
  return new Promise(resolve => child.once('close', code => resolve({ code, out, err })))
}
