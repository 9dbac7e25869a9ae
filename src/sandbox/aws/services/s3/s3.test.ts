import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../index.ts'
import { clientConfig } from '../../testing.ts'
import type { BucketEstate } from './state.ts'

let sandbox: Sandbox | undefined
afterEach(() => sandbox?.close())

async function serve(...buckets: BucketEstate[]) {
  sandbox = await startSandbox({ s3: { buckets } })
  return clientConfig(sandbox)
}

const publicRead = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
})
const a = { Bucket: 'a' }

test('a block is replaced whole, and taken back to having none', async () => {
  const s3 = new S3Client(await serve({ Name: 'a', policy: publicRead }))
  const ask = new GetPublicAccessBlockCommand(a)
  await s3.send(
    new PutPublicAccessBlockCommand({
      ...a,
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    }),
  )
  expect((await s3.send(ask)).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  })
  await expect(
    s3.send(new PutBucketPolicyCommand({ ...a, Policy: publicRead })),
  ).rejects.toMatchObject({ name: 'AccessDenied' })
  await s3.send(new DeletePublicAccessBlockCommand(a))
  await expect(s3.send(ask)).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' })
})

test('a policy is kept as it was written, and says whether it is public', async () => {
  const s3 = new S3Client(await serve({ Name: 'a' }))
  const Policy = `${publicRead}\n`
  await s3.send(new PutBucketPolicyCommand({ ...a, Policy }))
  expect((await s3.send(new GetBucketPolicyCommand(a))).Policy).toBe(Policy)
  const status = await s3.send(new GetBucketPolicyStatusCommand(a))
  expect(status.PolicyStatus?.IsPublic).toBe(true)
  await expect(s3.send(new PutBucketPolicyCommand({ ...a, Policy: '{' }))).rejects.toMatchObject({
    name: 'MalformedPolicy',
  })
  await s3.send(new DeleteBucketPolicyCommand(a))
  await expect(s3.send(new GetBucketPolicyCommand(a))).rejects.toMatchObject({
    name: 'NoSuchBucketPolicy',
  })
})

test('ACLs, canned and written out, unless the owner is enforced', async () => {
  const s3 = new S3Client(
    await serve({ Name: 'a' }, { Name: 'b', ownership: 'BucketOwnerEnforced' }),
  )
  await s3.send(new PutBucketAclCommand({ ...a, ACL: 'public-read' }))
  const open = await s3.send(new GetBucketAclCommand(a))
  expect(open.Grants?.map(grant => [grant.Grantee?.URI, grant.Permission])).toEqual([
    [undefined, 'FULL_CONTROL'],
    ['http://acs.amazonaws.com/groups/global/AllUsers', 'READ'],
  ])
  const { Owner, Grants } = open
  await s3.send(
    new PutBucketAclCommand({ ...a, AccessControlPolicy: { Owner, Grants: Grants?.slice(0, 1) } }),
  )
  expect((await s3.send(new GetBucketAclCommand(a))).Grants).toHaveLength(1)
  await expect(
    s3.send(new PutBucketAclCommand({ Bucket: 'b', ACL: 'private' })),
  ).rejects.toMatchObject({ name: 'AccessControlListNotSupported' })
})

test('versioning, encryption and logging', async () => {
  const s3 = new S3Client(await serve({ Name: 'a' }))
  expect((await s3.send(new GetBucketVersioningCommand(a))).Status).toBeUndefined()
  await s3.send(
    new PutBucketVersioningCommand({ ...a, VersioningConfiguration: { Status: 'Enabled' } }),
  )
  expect((await s3.send(new GetBucketVersioningCommand(a))).Status).toBe('Enabled')

  const algorithm = async () =>
    (await s3.send(new GetBucketEncryptionCommand(a))).ServerSideEncryptionConfiguration?.Rules?.[0]
      ?.ApplyServerSideEncryptionByDefault
  expect(await algorithm()).toEqual({ SSEAlgorithm: 'AES256' })
  const key = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'alias/shop' }
  await s3.send(
    new PutBucketEncryptionCommand({
      ...a,
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: key }] },
    }),
  )
  expect(await algorithm()).toEqual(key)

  const LoggingEnabled = { TargetBucket: 'logs', TargetPrefix: 'a/' }
  await s3.send(new PutBucketLoggingCommand({ ...a, BucketLoggingStatus: { LoggingEnabled } }))
  expect(await s3.send(new GetBucketLoggingCommand(a))).toMatchObject({ LoggingEnabled })
  await s3.send(new PutBucketLoggingCommand({ ...a, BucketLoggingStatus: {} }))
  expect((await s3.send(new GetBucketLoggingCommand(a))).LoggingEnabled).toBeUndefined()
})

test('any text comes back as it was sent', async () => {
  const s3 = new S3Client(await serve({ Name: 'a' }))
  // What XML cannot carry, no AWS service accepts either; white space at the ends is the SDK's to trim.
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .map(one => `x${[...one].filter(char => char >= ' ').join('')}x`)
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async values => {
      const TagSet = values.map((Value, index) => ({ Key: `k${index}${Value}`, Value }))
      await s3.send(new PutBucketTaggingCommand({ ...a, Tagging: { TagSet } }))
      expect((await s3.send(new GetBucketTaggingCommand(a))).TagSet).toEqual(TagSet)
    }),
    { numRuns: 60 },
  )
})
