import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account'
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail'
import { DescribeRegionsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetBucketVersioningCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { afterEach, expect, test } from 'vitest'
import type { Estate } from './estate.ts'
import type { Fault, FaultKind } from './faults.ts'
import type { Sandbox } from './index.ts'
import { open } from './testing.ts'

let sandbox: Sandbox | undefined
afterEach(() => sandbox?.close())

async function withFaults(faults: readonly Fault[], estate: Estate = {}) {
  const opened = await open(estate, { faults })
  sandbox = opened.sandbox
  return opened
}

const codes = {
  denied: [
    'AccessDenied',
    'UnauthorizedOperation',
    'AccessDenied',
    'AccessDeniedException',
    'AccessDeniedException',
  ],
  throttle: [
    'SlowDown',
    'RequestLimitExceeded',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
  ],
  'expired-token': [
    'ExpiredToken',
    'RequestExpired',
    'ExpiredToken',
    'ExpiredTokenException',
    'ExpiredTokenException',
  ],
  'region-closed': [
    'InvalidAccessKeyId',
    'AuthFailure',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'UnrecognizedClientException',
  ],
} satisfies Partial<Record<Extract<FaultKind, string>, readonly string[]>>

test.each(Object.entries(codes))('%s: in the words of each service', async (kind, wanted) => {
  const { config } = await withFaults([{ fault: kind as keyof typeof codes }])
  const named = (call: Promise<unknown>) =>
    call.then(
      () => '',
      error => error.name,
    )
  expect([
    await named(new S3Client(config).send(new ListBucketsCommand({}))),
    await named(new EC2Client(config).send(new DescribeRegionsCommand({}))),
    await named(new IAMClient(config).send(new GetAccountSummaryCommand({}))),
    await named(new CloudTrailClient(config).send(new DescribeTrailsCommand({}))),
    await named(new AccountClient(config).send(new ListRegionsCommand({}))),
  ]).toEqual(wanted)
})

test('a denial names the permission, which S3 calls unlike the operation', async () => {
  const { config } = await withFaults([{ fault: 'denied' }])
  await expect(new S3Client(config).send(new ListBucketsCommand({}))).rejects.toThrow(
    /is not authorized to perform: s3:ListAllMyBuckets/,
  )
})

test('counts the calls that match, from one', async () => {
  const { config } = await withFaults([
    { operation: 'DescribeRegions', nth: n => n > 1, fault: 'unavailable' },
  ])
  const ec2 = new EC2Client(config)
  await ec2.send(new DescribeVpcsCommand({}))
  await ec2.send(new DescribeRegionsCommand({}))
  await expect(ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: 'Unavailable',
    $metadata: { httpStatusCode: 503 },
  })
})

test('narrows by region and by input', async () => {
  const { config } = await withFaults(
    [
      { region: 'eu-central-1', fault: 'internal-error' },
      {
        operation: 'GetBucketVersioning',
        when: input => input.Bucket === 'b',
        fault: { code: 'NoSuchBucket', status: 404, message: 'gone' },
      },
    ],
    { s3: { buckets: [{ Name: 'a' }, { Name: 'b' }] } },
  )
  await new EC2Client(config).send(new DescribeVpcsCommand({}))
  const there = new EC2Client({ ...config, region: 'eu-central-1' })
  await expect(there.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
    name: 'InternalError',
  })
  const s3 = new S3Client(config)
  await s3.send(new GetBucketVersioningCommand({ Bucket: 'a' }))
  await expect(s3.send(new GetBucketVersioningCommand({ Bucket: 'b' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
    message: 'gone',
  })
})

test('a page may be asked for again and again', async () => {
  const { config } = await withFaults([{ operation: 'DescribeVpcs', fault: 'repeat-token' }], {
    ec2: { 'us-east-1': { Vpcs: [{ VpcId: 'vpc-1' }] } },
  })
  const ec2 = new EC2Client(config)
  const first = await ec2.send(new DescribeVpcsCommand({}))
  const second = await ec2.send(new DescribeVpcsCommand({ NextToken: first.NextToken }))
  expect(first.NextToken).toBeTruthy()
  expect(second.NextToken).toBe(first.NextToken)
  expect(second.Vpcs).toEqual(first.Vpcs)
})

async function raw(kind: FaultKind) {
  const { sandbox } = await withFaults([{ fault: kind }], {
    s3: { buckets: [{ Name: 'some-bucket' }] },
  })
  return (signal?: AbortSignal) =>
    fetch(sandbox.url, {
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
      },
      ...(signal && { signal }),
    })
}

test('empty: 200 and nothing in it', async () => {
  const response = await (await raw('empty'))()
  expect([response.status, await response.text()]).toEqual([200, ''])
  expect(response.headers.has('x-amz-request-id')).toBe(true)
})

test('html: a page that is not AWS’s', async () => {
  const response = await (await raw('html'))()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html'])
  expect(response.headers.has('x-amz-request-id')).toBe(false)
})

test('truncated: half of the answer, said to be all of it', async () => {
  const response = await (await raw('truncated'))()
  const text = await response.text()
  expect(text).toContain('<ListAllMyBucketsResult')
  expect(text).not.toContain('</ListAllMyBucketsResult>')
})

test('no-request-id: otherwise as ever', async () => {
  const response = await (await raw('no-request-id'))()
  expect(await response.text()).toContain('some-bucket')
  expect(response.headers.has('x-amz-request-id')).toBe(false)
})

test('a body of the test’s own', async () => {
  const response = await (await raw({ body: '<a/>', status: 502 }))()
  expect([response.status, await response.text()]).toEqual([502, '<a/>'])
})

test('reset: no answer at all', async () => {
  await expect((await raw('reset'))()).rejects.toThrow()
})

test.each(['hang', 'drip'] as const)('%s: does not end', async kind => {
  const ask = await raw(kind)
  const abort = AbortSignal.timeout(600)
  await expect(ask(abort).then(response => response.text())).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})
