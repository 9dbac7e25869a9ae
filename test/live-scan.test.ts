import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from './cli.ts'
import { liveScan } from './live-scan.ts'

const versioning = 's3_bucket_object_versioning'

test('only the calls that the checks read', async () => {
  const { sandbox } = await liveScan(
    { s3: { buckets: [{ Name: 'a' }, { Name: 'b' }] } },
    { checks: [versioning] },
  )
  expect(sandbox.calls.map(({ operation, input }) => [operation, input.Bucket])).toEqual([
    ['GetCallerIdentity', undefined],
    ['ListBuckets', undefined],
    ['GetBucketVersioning', 'a'],
    ['GetBucketVersioning', 'b'],
  ])
})

test('what an earlier answer decides is not asked for', async () => {
  const blocked = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  }
  const { calls, findings } = await liveScan(
    { s3: { buckets: [{ Name: 'shut', publicAccessBlock: blocked }, { Name: 'open' }] } },
    { checks: ['s3_bucket_policy_public_write_access'] },
  )
  expect(findings.map(({ Status }) => Status)).toEqual(['PASS', 'PASS'])
  // The bucket that lets nothing public through has its policy left alone.
  expect(calls.filter(call => call === 's3:GetBucketPolicy')).toHaveLength(1)
})

test('only a snapshot that the list of public ones holds is asked for itself', async () => {
  const snapshot = (SnapshotId: string, permission: { Group: 'all' } | { UserId: string }) => ({
    SnapshotId,
    CreateVolumePermissions: [permission],
  })
  const { sandbox, findings } = await liveScan(
    {
      ec2: {
        'us-east-1': {
          Snapshots: [
            snapshot('snap-1', { Group: 'all' }),
            snapshot('snap-2', { UserId: '210987654321' }),
            snapshot('snap-3', { UserId: '210987654321' }),
          ],
        },
      },
    },
    { checks: ['ec2_ebs_public_snapshot'], aws: { regions: ['us-east-1'] } },
  )
  expect(findings.map(({ Status, ResourceId }) => [Status, ResourceId])).toEqual([
    ['FAIL', 'arn:aws:ec2:us-east-1::snapshot/snap-1'],
    ['PASS', 'arn:aws:ec2:us-east-1::snapshot/snap-2'],
    ['PASS', 'arn:aws:ec2:us-east-1::snapshot/snap-3'],
  ])
  const asked = sandbox.calls.filter(({ operation }) => operation === 'DescribeSnapshotAttribute')
  expect(asked.map(({ input }) => input.SnapshotId)).toEqual(['snap-1'])
})

test('what a detail names is linked as what the list names', async () => {
  const copying = (Bucket: string) => ({
    Role: 'arn:aws:iam::123456789012:role/copy',
    Rules: [{ Status: 'Enabled' as const, Destination: { Bucket: `arn:aws:s3:::${Bucket}` } }],
  })
  const { of } = await liveScan(
    {
      s3: {
        buckets: [
          { Name: 'near', replication: copying('here') },
          { Name: 'far', replication: copying('there') },
          { Name: 'away', replication: copying('elsewhere') },
          { Name: 'here' },
          { Name: 'there', BucketRegion: 'eu-central-1' },
        ],
      },
    },
    { checks: ['s3_bucket_cross_region_replication'] },
  )
  const statuses = ['near', 'far', 'away', 'here'].map(name => [name, of(name)?.Status])
  expect(Object.fromEntries(statuses)).toEqual({
    near: 'FAIL',
    far: 'PASS',
    // Of another account, it may be anywhere.
    away: 'UNKNOWN',
    here: 'FAIL',
  })
})

test('regional services are asked in the regions, global ones once', async () => {
  const regions = ['us-east-1', 'eu-central-1'].map(RegionName => ({
    RegionName,
    OptInStatus: 'opt-in-not-required' as const,
  }))
  const { sandbox } = await liveScan(
    { regions, iam: { users: [{ UserName: 'ada', Arn: 'arn:aws:iam::123456789012:user/ada' }] } },
    {
      checks: ['iam_user_two_active_access_key', 'ec2_ebs_volume_encryption'],
      aws: { regions: [] },
    },
  )
  const regionsOf = (name: string) =>
    sandbox.calls.filter(({ operation }) => operation === name).map(({ region }) => region)
  expect(regionsOf('DescribeVolumes').sort()).toEqual(['eu-central-1', 'us-east-1'])
  expect(regionsOf('GetAccountAuthorizationDetails')).toHaveLength(1)
})

test('what a check asks of other types is listed when it asks, and in one round', async () => {
  const { sandbox, findings } = await liveScan(
    {
      s3: { buckets: [{ Name: 'logs', versioning: { Status: 'Enabled', MFADelete: 'Enabled' } }] },
      cloudtrail: {
        'us-east-1': {
          trails: [
            {
              TrailARN: 'arn:aws:cloudtrail:us-east-1:123456789012:trail/t',
              Name: 't',
              S3BucketName: 'logs',
              HomeRegion: 'us-east-1',
            },
          ],
        },
      },
    },
    { checks: ['cloudtrail_bucket_requires_mfa_delete'] },
  )
  expect(findings).toMatchObject([{ Status: 'PASS', ResourceType: 'aws_cloudtrail' }])
  const asked = sandbox.calls.map(({ operation }) => operation)
  expect(asked.indexOf('ListBuckets')).toBeGreaterThan(asked.indexOf('DescribeTrails'))
  expect(asked.filter(name => name.startsWith('GetBucket'))).toEqual(['GetBucketVersioning'])
})

test('a list that a check asks for and may not read leaves it unknown', async () => {
  const { findings, summary } = await liveScan(
    { ec2: { 'us-east-1': { Volumes: [{ VolumeId: 'vol-1' }] } } },
    {
      checks: ['ec2_ebs_volume_snapshots_exists'],
      faults: [{ operation: 'DescribeSnapshots', fault: 'denied' }],
    },
  )
  expect(findings).toMatchObject([
    { Status: 'UNKNOWN', UnknownReason: 'no permission for ec2:DescribeSnapshots' },
  ])
  expect(summary.coverage).toMatchObject({ planned: 1, decided: 0 })
})

test('tags are asked for where a mute goes by them', async () => {
  const directory = folder({
    'mutes.yaml': `Mutelist:
  Accounts:
    '*':
      Checks:
        ${versioning}:
          Regions: ['*']
          Resources: ['*']
          Tags: ['keep=no']
`,
  })
  const buckets = [{ Name: 'a', tags: [{ Key: 'keep', Value: 'no' }] }, { Name: 'b' }]
  const { of, calls } = await liveScan(
    { s3: { buckets } },
    { checks: [versioning], mutelistFile: join(directory, 'mutes.yaml') },
  )
  expect([of('a')?.Muted, of('b')?.Muted]).toEqual([true, false])
  expect(of('a')?.ResourceTags).toEqual({ keep: 'no' })
  expect(calls.filter(call => call === 's3:GetBucketTagging')).toHaveLength(2)
})
