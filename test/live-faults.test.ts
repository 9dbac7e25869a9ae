import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Estate } from '../src/sandbox/aws/estate.ts'
import type { FaultKind } from '../src/sandbox/aws/faults.ts'
import { liveScan } from './live-scan.ts'

const versioning = 's3_bucket_object_versioning'
const encryption = 'ec2_ebs_volume_encryption'
const kept = { versioning: { Status: 'Enabled' as const } }
const buckets: Estate = {
  s3: { buckets: ['a', 'b', 'c', 'd'].map(Name => ({ Name, ...kept })) },
}
const volumes = (count: number): Estate => ({
  ec2: {
    'us-east-1': {
      Volumes: Array.from({ length: count }, (_, at) => ({
        VolumeId: `vol-${String(at).padStart(8, '0')}`,
        Encrypted: true,
      })),
    },
  },
})

test('a denied list leaves its checks unknown and names the permission', async () => {
  const { findings, summary } = await liveScan(buckets, {
    checks: [versioning],
    faults: [{ operation: 'ListBuckets', fault: 'denied' }],
  })
  expect(findings).toMatchObject(
    [{ CheckID: versioning, Status: 'UNKNOWN', UnknownReason: /s3:ListAllMyBuckets/ }].map(
      ({ UnknownReason: _, ...rest }) => rest,
    ),
  )
  expect(findings[0]?.UnknownReason).toContain('s3:ListAllMyBuckets')
  expect(summary.gaps).toMatchObject([{ kind: 'permissions', subject: 's3:ListAllMyBuckets' }])
  expect(summary.coverage).toEqual({ planned: 1, decided: 0, percent: 0 })
  expect(summary).toMatchObject({ resources: 0, exit: 3 })
})

test.each(['denied', 'scp-denied'] as const)(
  '%s on one item is about that item alone',
  async fault => {
    const { of, findings, summary } = await liveScan(buckets, {
      checks: [versioning],
      faults: [{ operation: 'GetBucketVersioning', when: ({ Bucket }) => Bucket === 'b', fault }],
    })
    expect(of('b')).toMatchObject({
      Status: 'UNKNOWN',
      UnknownReason: 'no permission for s3:GetBucketVersioning',
    })
    expect(findings.filter(({ Status }) => Status === 'PASS')).toHaveLength(3)
    expect(summary.gaps).toMatchObject([{ kind: 'permissions', subject: 's3:GetBucketVersioning' }])
    expect(summary.gaps[0]?.reason).toContain('arn:aws:s3:::b')
    if (fault === 'scp-denied')
      expect(summary.gaps[0]?.reason).toContain('explicit deny in a service control policy')
    expect(summary.coverage).toMatchObject({ planned: 4, decided: 3 })
    expect(summary.exit).toBe(3)
  },
)

test('a call that is throttled is made again', async () => {
  const { findings, calls, summary } = await liveScan(buckets, {
    checks: [versioning],
    faults: [{ operation: 'GetBucketVersioning', nth: 1, fault: 'throttle' }],
  })
  expect(findings.every(({ Status }) => Status === 'PASS')).toBe(true)
  expect(calls.filter(call => call === 's3:GetBucketVersioning')).toHaveLength(5)
  expect(summary.gaps).toEqual([])
})

test('what is throttled for ever is given up after a few', async () => {
  const many = { s3: { buckets: Array.from({ length: 300 }, (_, at) => ({ Name: `b${at}` })) } }
  const { findings, calls, summary } = await liveScan(many, {
    checks: [versioning],
    faults: [{ operation: 'GetBucketVersioning', fault: 'throttle' }],
  })
  expect(findings).toHaveLength(300)
  expect(findings.every(({ Status }) => Status === 'UNKNOWN')).toBe(true)
  // Those under way end their attempts, and nothing is begun for the others.
  expect(calls.length).toBeLessThan(findings.length)
  expect(summary.gaps).toMatchObject([{ kind: 'calls', subject: 's3:GetBucketVersioning' }])
  expect(summary.exit).toBe(3)
})

test('credentials that expire are renewed once', async () => {
  const { findings, summary, sandbox } = await liveScan(volumes(35), {
    checks: [encryption],
    pageSize: 5,
    aws: { profile: 'renewing' },
    env: { AWS_CONFIG_FILE: renewing('new'), AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    faults: [{ operation: 'DescribeVolumes', nth: 7, fault: 'expired-token' }],
  })
  expect(summary.gaps).toEqual([])
  expect(findings.filter(({ Status }) => Status === 'PASS')).toHaveLength(35)
  expect(sandbox.calls.filter(({ operation }) => operation === 'DescribeVolumes')).toHaveLength(8)
})

test.each(['new', 'same'])(
  'where credentials stay expired the scan ends, and says what it did not read (%s)',
  async mode => {
    const { findings, summary, calls } = await liveScan(
      { ...volumes(35), ...buckets },
      {
        checks: [encryption, versioning],
        pageSize: 5,
        aws: { profile: 'renewing' },
        env: { AWS_CONFIG_FILE: renewing(mode), AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
        faults: [
          { operation: 'DescribeVolumes', nth: n => n >= 7, fault: 'expired-token' },
          { operation: 'GetBucketVersioning', fault: 'expired-token' },
        ],
      },
    )
    // What was listed before stands; the rest is one finding.
    expect(findings.filter(({ Status }) => Status === 'PASS')).toHaveLength(30)
    expect(findings.filter(({ Status }) => Status === 'UNKNOWN')).toHaveLength(5)
    expect(summary.exit).toBe(3)
    expect(summary.gaps.map(({ subject }) => subject)).toEqual([
      'ec2:DescribeVolumes',
      's3:GetBucketVersioning',
    ])
    expect(calls.filter(call => call === 's3:GetBucketVersioning').length).toBeLessThan(3)
  },
)

test('a region that is not enabled is a gap, and is not asked', async () => {
  const { summary, sandbox, findings } = await liveScan(
    {
      ...volumes(1),
      regions: [
        { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
        { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
      ],
    },
    { checks: [encryption], aws: { regions: ['us-east-1', 'me-south-1', 'mars-1'] } },
  )
  expect(summary.gaps.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['regions', 'me-south-1'],
    ['regions', 'mars-1'],
  ])
  expect(findings).toMatchObject([{ Status: 'PASS' }])
  expect(new Set(sandbox.calls.map(({ region }) => region))).toEqual(new Set(['us-east-1']))
  expect(summary.coverage).toMatchObject({ planned: 3, decided: 1 })
  expect(summary.exit).toBe(3)
})

test('without a region named, those are scanned that are enabled', async () => {
  const { summary, sandbox } = await liveScan(
    {
      regions: [
        { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
        { RegionName: 'eu-central-1', OptInStatus: 'opt-in-not-required' },
        { RegionName: 'af-south-1', OptInStatus: 'opted-in' },
        { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
      ],
    },
    { checks: [encryption], aws: { regions: [] } },
  )
  const asked = sandbox.calls.filter(({ operation }) => operation === 'DescribeVolumes')
  expect(asked.map(({ region }) => region).sort()).toEqual([
    'af-south-1',
    'eu-central-1',
    'us-east-1',
  ])
  expect(summary).toMatchObject({ gaps: [], exit: 0 })
})

test('a page that comes twice ends the list', async () => {
  const { findings, summary, calls } = await liveScan(volumes(10), {
    checks: [encryption],
    pageSize: 2,
    faults: [{ operation: 'DescribeVolumes', nth: n => n >= 2, fault: 'repeat-token' }],
  })
  expect(summary.gaps).toMatchObject([{ kind: 'calls', subject: 'ec2:DescribeVolumes' }])
  expect(summary.gaps[0]?.reason).toContain('same page twice')
  expect(findings.filter(({ Status }) => Status === 'UNKNOWN')).toHaveLength(1)
  expect(calls.length).toBeLessThan(8)
  // The item that came twice is one resource.
  expect(new Set(findings.map(({ ResourceId }) => ResourceId)).size).toBe(findings.length)
})

test('a page without items is not the end', async () => {
  const { findings, summary } = await liveScan(volumes(4), {
    checks: [encryption],
    pageSize: 2,
    faults: [
      {
        operation: 'DescribeVolumes',
        nth: 1,
        fault: {
          body: `<DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><volumeSet/><nextToken>${Buffer.from('page:0').toString('base64url')}</nextToken></DescribeVolumesResponse>`,
        },
      },
    ],
  })
  expect(summary.gaps).toEqual([])
  expect(findings).toHaveLength(4)
})

const noAnswers: readonly FaultKind[] = [
  'empty',
  'html',
  'truncated',
  'no-request-id',
  'hang',
  'drip',
  'reset',
  'internal-error',
  'unavailable',
  { body: 'not even XML' },
  { body: '<DescribeVolumesResponse><volumeSet><item>' },
  { body: '<SomethingElse/>' },
]

test.each(noAnswers.map(fault => [fault] as const))('%s is no empty list', async fault => {
  const { findings, summary } = await liveScan(volumes(1), {
    checks: [encryption],
    faults: [{ operation: 'DescribeVolumes', fault }],
  })
  expect(findings).toMatchObject([{ Status: 'UNKNOWN' }])
  expect(summary.gaps).toMatchObject([{ kind: 'calls', subject: 'ec2:DescribeVolumes' }])
  expect(summary.exit).toBe(3)
})

test.each(['reset', 'internal-error', 'unavailable', 'hang'] as const)(
  '%s once is tried again',
  async fault => {
    const { findings, summary } = await liveScan(volumes(1), {
      checks: [encryption],
      faults: [{ operation: 'DescribeVolumes', nth: 1, fault }],
    })
    expect(findings).toMatchObject([{ Status: 'PASS' }])
    expect(summary.gaps).toEqual([])
  },
)

test.each(['http://ec2.invalid', 'https://127.0.0.1:1', 'http://127.0.0.1:1'])(
  'a service that cannot be reached at %s is a gap',
  async url => {
    const { findings, summary } = await liveScan(
      { ...volumes(1), ...buckets },
      { checks: [encryption, versioning], env: { AWS_ENDPOINT_URL_EC2: url } },
    )
    expect(findings.filter(({ Status }) => Status === 'PASS')).toHaveLength(4)
    expect(findings.filter(({ Status }) => Status === 'UNKNOWN')).toHaveLength(1)
    expect(summary.exit).toBe(3)
  },
)

test('what is deleted between list and reading has no verdict', async () => {
  const { findings, summary } = await liveScan(buckets, {
    checks: [versioning, 's3_bucket_default_encryption'],
    faults: [
      {
        operation: 'GetBucketVersioning',
        when: ({ Bucket }) => Bucket === 'b',
        fault: { code: 'NoSuchBucket', status: 404 },
      },
    ],
  })
  expect(findings.filter(({ ResourceName }) => ResourceName === 'b')).toEqual([])
  expect(findings).toHaveLength(6)
  expect(summary).toMatchObject({ gaps: [], exit: 0 })
})

test('a bucket is asked in its own region, and where that is not known S3 says it', async () => {
  const { findings, sandbox } = await liveScan(
    { s3: { buckets: [{ Name: 'far', BucketRegion: 'eu-central-1', ...kept }] } },
    {
      checks: [versioning],
      aws: { regions: [] },
      faults: [
        {
          operation: 'ListBuckets',
          fault: {
            body: '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket><Name>far</Name></Bucket></Buckets></ListAllMyBucketsResult>',
          },
        },
      ],
    },
  )
  expect(findings).toMatchObject([{ Status: 'PASS', Region: 'eu-central-1' }])
  const asked = sandbox.calls.filter(({ operation }) => operation === 'GetBucketVersioning')
  expect(asked.map(({ region }) => region)).toEqual(['eu-central-1'])
})

test('a bucket that is not where the list says is followed to its region', async () => {
  const { findings, sandbox } = await liveScan(
    { s3: { buckets: [{ Name: 'moved', BucketRegion: 'eu-west-1', ...kept }] } },
    {
      checks: [versioning],
      faults: [
        {
          operation: 'ListBuckets',
          fault: {
            body: '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket><Name>moved</Name><BucketRegion>us-east-1</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>',
          },
        },
      ],
    },
  )
  expect(findings).toMatchObject([{ Status: 'PASS' }])
  const asked = sandbox.calls.filter(({ operation }) => operation === 'GetBucketVersioning')
  expect(asked.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1'])
})

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::p/*' }

test.each([
  ['"*"', '*'],
  ['{"AWS":"*"}', { AWS: '*' }],
  ['a list', { AWS: ['arn:aws:iam::111122223333:root', '*'] }],
])('a policy for %s is public', async (_, Principal) => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, Principal } })
  const { findings } = await liveScan(
    { s3: { buckets: [{ Name: 'p', policy }] } },
    { checks: ['s3_bucket_public_access'] },
  )
  expect(findings).toMatchObject([{ Status: 'FAIL' }])
})

test('a policy that is no JSON is unknown, not harmless', async () => {
  const { findings } = await liveScan(
    { s3: { buckets: [{ Name: 'p', policy: '{"Statement":[' }] } },
    { checks: ['s3_bucket_public_access'] },
  )
  expect(findings).toMatchObject([{ Status: 'UNKNOWN', UnknownReason: 'policy is not valid JSON' }])
})

test('policies of IAM are read through their percent signs', async () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  const { findings } = await liveScan(
    {
      iam: {
        users: [
          {
            UserName: 'ada',
            Arn: 'arn:aws:iam::123456789012:user/ada',
            UserPolicyList: [{ PolicyName: 'all', PolicyDocument: document }],
          },
        ],
      },
    },
    { checks: ['iam_inline_policy_no_administrative_privileges'] },
  )
  expect(findings).toMatchObject([{ Status: 'FAIL', ResourceName: 'ada' }])
})

test('a clock that is wrong is set right', async () => {
  const { findings, summary } = await liveScan(buckets, {
    checks: [versioning],
    faults: [{ operation: 'GetBucketVersioning', nth: 1, fault: 'clock-skew' }],
  })
  expect(findings.every(({ Status }) => Status === 'PASS')).toBe(true)
  expect(summary.gaps).toEqual([])
})

test.each([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('ARNs are of the partition %s', async (partition, region) => {
  const { findings } = await liveScan(
    {
      caller: { Arn: `arn:${partition}:iam::123456789012:user/audit`, UserId: 'A' },
      regions: [{ RegionName: region, OptInStatus: 'opt-in-not-required' }],
      s3: { buckets: [{ Name: 'b', BucketRegion: region, ...kept }] },
      ec2: { [region]: { Volumes: [{ VolumeId: 'vol-1', Encrypted: true }] } },
    },
    { checks: [versioning, encryption], aws: { regions: [region] } },
  )
  expect(findings.map(({ ResourceId }) => ResourceId).sort()).toEqual([
    `arn:${partition}:ec2:${region}:123456789012:volume/vol-1`,
    `arn:${partition}:s3:::b`,
  ])
})

test('roles that cannot be assumed leave their accounts out, and the rest is scanned', async () => {
  const roles = Array.from({ length: 10 }, (_, at) => `arn:aws:iam::00000000000${at}:role/audit`)
  const { findings, summary } = await liveScan(buckets, {
    checks: [versioning],
    aws: { roles },
    faults: [
      {
        operation: 'AssumeRole',
        when: ({ RoleArn }) => /00000000000[258]:/.test(String(RoleArn)),
        fault: 'denied',
      },
      ...roles.map((_, at) => ({
        operation: 'GetCallerIdentity',
        nth: at + 1,
        fault: { body: identity(`00000000000${at}`) },
      })),
    ],
  })
  expect(summary.gaps.map(({ kind, subject }) => [kind, subject])).toEqual(
    [2, 5, 8].map(at => ['permissions', `arn:aws:iam::00000000000${at}:role/audit`]),
  )
  expect(summary.targets).toHaveLength(7)
  expect(findings.filter(({ Status }) => Status === 'PASS')).toHaveLength(28)
})

test('names are shown as they are, whatever they hold', async () => {
  const name = 'a<&"\n\u202e🙂'
  const { findings } = await liveScan(
    {
      ec2: {
        'us-east-1': {
          SecurityGroups: [
            {
              GroupId: 'sg-1',
              GroupName: name,
              Description: name,
              Tags: [{ Key: '__proto__', Value: name }],
            },
          ],
        },
      },
    },
    { checks: ['ec2_securitygroup_allow_ingress_from_internet_to_all_ports'] },
  )
  expect(findings).toMatchObject([{ Status: 'PASS', ResourceName: name }])
})

test('a credential report that somebody else has asked for is waited for', async () => {
  const { findings, summary, calls } = await liveScan(
    { iam: { users: [{ UserName: 'ada', Arn: 'arn:aws:iam::123456789012:user/ada' }] } },
    {
      checks: ['iam_user_mfa_enabled_console_access'],
      faults: [
        {
          operation: 'GenerateCredentialReport',
          nth: n => n <= 2,
          fault: { code: 'LimitExceeded', status: 409 },
        },
        {
          operation: 'GetCredentialReport',
          nth: 1,
          fault: { code: 'ReportInProgress', status: 404 },
        },
      ],
    },
  )
  expect(summary.gaps).toEqual([])
  expect(findings.filter(({ Status }) => Status === 'UNKNOWN')).toEqual([])
  expect(calls.filter(call => call === 'iam:GetCredentialReport').length).toBeGreaterThan(1)
})

function identity(account: string): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/audit/batten</Arn><UserId>A</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`
}

/** A profile whose credentials come from a program: new ones each time, or the same. */
function renewing(mode: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'batten-test-'))
  const program = join(folder, 'credentials.mjs')
  const token = mode === 'new' ? 'String(process.hrtime.bigint())' : '"same"'
  writeFileSync(
    program,
    `console.log(JSON.stringify({ Version: 1, AccessKeyId: 'A', SecretAccessKey: 'x', SessionToken: ${token} }))`,
  )
  const file = join(folder, 'config')
  writeFileSync(
    file,
    `[profile renewing]\nregion = us-east-1\ncredential_process = ${process.execPath} ${program}\n`,
  )
  return file
}
