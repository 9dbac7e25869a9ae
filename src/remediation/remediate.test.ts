import { afterEach, expect, test } from 'vitest'
import type { Estate } from '../sandbox/aws/estate.ts'
import { type Sandbox, startSandbox } from '../sandbox/aws/index.ts'
import { verify } from './record/entry.ts'
import { remediate } from './remediate.ts'
import { eventOf, finding, testTools } from './sandbox.fixture.ts'

const open = {
  Name: 'customer-data-prod',
  policy: {
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
  },
}
const publicBucket = finding({
  CheckID: 's3_bucket_public_access',
  ResourceId: 'arn:aws:s3:::customer-data-prod',
})

let sandbox: Sandbox
async function start(estate: Estate) {
  sandbox = await startSandbox(estate)
  return sandbox
}
afterEach(() => sandbox?.close())

test('closes the public bucket and records it', async () => {
  const { url, state, calls } = await start({ s3: { buckets: [open] } })
  const { tools, told } = testTools(url)
  const result = await remediate(eventOf(publicBucket), tools)
  expect(result).toMatchObject({ outcome: 'FIXED' })
  expect(state.s3.buckets.get('customer-data-prod')?.publicAccessBlock).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  })
  expect(
    calls.filter(call => /^(Put|Delete)/.test(call.operation)).map(call => call.input),
  ).toEqual([
    expect.objectContaining({ Bucket: 'customer-data-prod', ExpectedBucketOwner: '123456789012' }),
  ])
  expect(told).toHaveLength(1)
  expect(await verify(tools.store.entries(), await tools.store.head())).toMatchObject({
    entries: 2,
    fault: null,
  })
  expect(await remediate(eventOf(publicBucket), tools)).toMatchObject({ outcome: 'ALREADY_OK' })
})
