import {
  DescribeRegionsCommand,
  EC2Client,
  paginateDescribeSecurityGroups,
} from '@aws-sdk/client-ec2'
import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam'
import {
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, expect, test } from 'vitest'
import type { Estate } from './estate.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts'

let sandbox: Sandbox | undefined
afterEach(async () => {
  await sandbox?.close()
})

async function start(estate: Estate, options?: SandboxOptions) {
  sandbox = await startSandbox(estate, options)
  return {
    sandbox,
    config: {
      endpoint: sandbox.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' },
      maxAttempts: 1,
    },
  }
}

test('says who calls', async () => {
  const { config } = await start({ account: '111122223333' })
  const answer = await new STSClient(config).send(new GetCallerIdentityCommand({}))
  expect(answer).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/auditor',
  })
})

test('answers for buckets, what was never set with the code that S3 has for it', async () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}'
  const { config, sandbox } = await start({
    s3: {
      buckets: [
        { Name: 'plain' },
        { Name: 'kept', BucketRegion: 'eu-central-1', versioning: { Status: 'Enabled' }, policy },
      ],
    },
  })
  const s3 = new S3Client(config)
  const { Buckets } = await s3.send(new ListBucketsCommand({}))
  expect(Buckets?.map(one => [one.Name, one.BucketRegion])).toEqual([
    ['kept', 'eu-central-1'],
    ['plain', 'us-east-1'],
  ])
  const kept = { Bucket: 'kept' }
  expect(await s3.send(new GetBucketVersioningCommand(kept))).toMatchObject({ Status: 'Enabled' })
  expect(await s3.send(new GetBucketPolicyCommand(kept))).toMatchObject({ Policy: policy })
  expect(await s3.send(new HeadBucketCommand(kept))).toMatchObject({ BucketRegion: 'eu-central-1' })
  expect(await s3.send(new GetBucketLocationCommand(kept))).toMatchObject({
    LocationConstraint: 'eu-central-1',
  })
  const plain = { Bucket: 'plain' }
  await expect(s3.send(new GetBucketPolicyCommand(plain))).rejects.toMatchObject({
    name: 'PermanentRedirect',
    $response: { headers: { 'x-amz-bucket-region': 'us-east-1' } },
  })
  const there = new S3Client({ ...config, region: 'us-east-1' })
  await expect(there.send(new GetPublicAccessBlockCommand(plain))).rejects.toMatchObject({
    name: 'NoSuchPublicAccessBlockConfiguration',
    $metadata: { httpStatusCode: 404 },
  })
  expect(sandbox.calls.at(-1)).toEqual({
    service: 's3',
    operation: 'GetPublicAccessBlock',
    region: 'us-east-1',
    input: { Bucket: 'plain' },
  })
})

test('pages security groups of the region in the signature, and joins their rules again', async () => {
  const groups = [1, 2, 3].map(n => ({
    GroupId: `sg-${n}`,
    GroupName: `web ${n}`,
    VpcId: 'vpc-1',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'inside <&> "out"' }],
        Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      },
    ],
    Tags: [{ Key: 'environment', Value: 'production' }],
  }))
  const { config, sandbox } = await start(
    { ec2: { 'eu-central-1': { SecurityGroups: groups } } },
    { pageSize: 2 },
  )
  const found = []
  const client = new EC2Client(config)
  for await (const answer of paginateDescribeSecurityGroups({ client }, {})) {
    found.push(...(answer.SecurityGroups ?? []))
  }
  expect(found).toMatchObject(groups)
  expect(sandbox.calls.map(call => call.region)).toEqual(['eu-central-1', 'eu-central-1'])
  const { Regions } = await client.send(new DescribeRegionsCommand({ AllRegions: true }))
  expect(Regions).toContainEqual(
    expect.objectContaining({ RegionName: 'me-south-1', OptInStatus: 'not-opted-in' }),
  )
})

test('sends IAM policy documents URL-encoded, over pages that mix users and policies', async () => {
  const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
  const { config } = await start(
    {
      iam: {
        users: [
          { UserName: 'ada', UserPolicyList: [{ PolicyName: 'all', PolicyDocument: document }] },
        ],
        policies: [
          {
            PolicyName: 'admin',
            Arn: 'arn:aws:iam::123456789012:policy/admin',
            PolicyVersionList: [{ VersionId: 'v1', Document: document, IsDefaultVersion: true }],
          },
        ],
      },
    },
    { pageSize: 1 },
  )
  const users = []
  const policies = []
  const client = new IAMClient(config)
  for await (const answer of paginateGetAccountAuthorizationDetails({ client }, {})) {
    users.push(...(answer.UserDetailList ?? []))
    policies.push(...(answer.Policies ?? []))
  }
  expect(users.map(user => user.UserPolicyList?.[0]?.PolicyDocument)).toEqual([
    encodeURIComponent(document),
  ])
  expect(policies.map(policy => policy.PolicyVersionList?.[0]?.Document)).toEqual([
    encodeURIComponent(document),
  ])
})

test('fails as scripted: on one item, at one call', async () => {
  const { config } = await start(
    {
      s3: {
        buckets: [
          { Name: 'a', BucketRegion: 'eu-central-1' },
          { Name: 'b', BucketRegion: 'eu-central-1' },
        ],
      },
    },
    {
      faults: [
        {
          operation: 'GetBucketVersioning',
          when: input => input.Bucket === 'b',
          fault: 'denied',
        },
        { operation: 'DescribeRegions', nth: 1, fault: 'throttle' },
      ],
    },
  )
  const s3 = new S3Client(config)
  await s3.send(new GetBucketVersioningCommand({ Bucket: 'a' }))
  await expect(s3.send(new GetBucketVersioningCommand({ Bucket: 'b' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('s3:GetBucketVersioning'),
  })
  const ec2 = new EC2Client(config)
  await expect(ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: 'RequestLimitExceeded',
  })
  expect((await ec2.send(new DescribeRegionsCommand({}))).Regions).toHaveLength(2)
})
