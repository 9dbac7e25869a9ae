import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Estate } from '../src/sandbox/aws/estate.ts'
import { folder } from './cli.ts'
import { type LiveOptions, liveScan } from './live-scan.ts'

const seed = resolve(import.meta.dirname, '../../shared/bars/fixtures/seed/policy')
const buckets: Estate = {
  s3: {
    buckets: [
      { Name: 'kept', versioning: { Status: 'Enabled' } },
      { Name: 'loose' },
      { Name: 'far', BucketRegion: 'eu-central-1' },
    ],
  },
}

/** Scans with policies: rules of a package `live`, or a folder. */
async function policyScan(
  estate: Estate,
  rules: string,
  more: LiveOptions & { readonly tags?: Readonly<Record<string, string>> } = {},
) {
  const { tags = {}, checks = ['live.deny'], ...options } = more
  const text = `package live\n\nimport rego.v1\n\nimport data.batten\n\n${rules}\n`
  const policies = existsSync(rules) ? rules : join(folder({ 'policy/live.rego': text }), 'policy')
  const run = await liveScan(estate, {
    aws: { regions: ['us-east-1', 'eu-central-1'] },
    ...options,
    checks,
    policies: { folders: [policies], accountTags: tags },
  })
  return {
    ...run,
    said: run.findings
      .filter(({ Status }) => Status !== 'PASS')
      .map(
        ({ Status, ResourceId, StatusExtended }) => `${Status} ${ResourceId}: ${StatusExtended}`,
      ),
  }
}

const versions = `deny contains sprintf("%s keeps no versions", [name]) if {
	some name, bucket in input.resource.aws_s3_bucket
	not bucket.versioning[_].enabled == true
}`

describe('a policy on a running account', () => {
  test.skipIf(!existsSync(seed))(
    'that was written for code works unchanged, with ARN and region',
    async () => {
      const production = { environment: 'production' }
      const checks = ['aws.s3.deny']
      const { findings, said } = await policyScan(buckets, seed, { tags: production, checks })
      expect(said).toEqual([
        "FAIL arn:aws:s3:::far: Production S3 bucket 'far' must have versioning enabled",
        "FAIL arn:aws:s3:::loose: Production S3 bucket 'loose' must have versioning enabled",
      ])
      expect(findings).toMatchObject([
        { ResourceId: 'arn:aws:s3:::far', Region: 'eu-central-1', Source: 'aws', File: null },
        { ResourceId: 'arn:aws:s3:::kept', Region: 'us-east-1', Status: 'PASS' },
        { ResourceId: 'arn:aws:s3:::loose', Region: 'us-east-1', ResourceName: 'loose' },
      ])
      expect((await policyScan(buckets, seed, { checks })).said).toEqual([])
    },
  )

  test('asks for what it reads, and for nothing else', async () => {
    const { calls } = await policyScan(buckets, versions)
    expect(new Set(calls.filter(call => call.startsWith('s3:')))).toEqual(
      new Set(['s3:ListBuckets', 's3:GetBucketVersioning']),
    )
    expect(calls.filter(call => call.startsWith('ec2:Describe'))).not.toContain(
      'ec2:DescribeInstances',
    )
  })

  test('is UNKNOWN where a read is denied, of that resource alone, and names the permission', async () => {
    const { said, summary } = await policyScan(buckets, versions, {
      faults: [
        {
          operation: 'GetBucketVersioning',
          when: ({ Bucket }) => Bucket === 'loose',
          fault: 'denied',
        },
      ],
    })
    expect(said).toEqual([
      'FAIL arn:aws:s3:::far: far keeps no versions',
      'UNKNOWN arn:aws:s3:::loose: S3 Bucket loose cannot be judged: no permission for s3:GetBucketVersioning',
    ])
    expect(summary.gaps).toMatchObject([{ kind: 'permissions', subject: 's3:GetBucketVersioning' }])
  })

  test.each([
    ['names the type', versions],
    [
      'says that there is none',
      'deny contains "no bucket at all" if not input.resource.aws_s3_bucket',
    ],
    ['counts', 'deny contains "few" if count(input.resource.aws_s3_bucket) < 1'],
    ['asks the library', 'deny contains "few" if count(batten.all("aws_s3_bucket")) < 1'],
    ['asks for one by name', 'deny contains "no logs" if not input.resource.aws_s3_bucket.logs'],
  ])('that %s is UNKNOWN where the list is denied', async (_, rules) => {
    const faults = [{ operation: 'ListBuckets', fault: 'denied' } as const]
    const { findings, said, summary } = await policyScan(buckets, rules, { faults })
    expect(said).toEqual([expect.stringMatching(/^UNKNOWN .*s3:ListAllMyBuckets/)])
    expect(findings).toHaveLength(1)
    expect(summary).toMatchObject({ exit: 3, coverage: { decided: 0 } })
  })

  test('that asks for what live scans do not collect is UNKNOWN, and says where it is', async () => {
    const { said, findings } = await policyScan(
      buckets,
      `deny contains "no function" if not input.resource.aws_lambda_function

deny_pieces contains "x" if input.resource.aws_s3_bucket_versioning[_].bucket == "x"

deny_both contains name if {
	some name, bucket in input.resource.aws_s3_bucket
	not input.resource.aws_lambda_function[name]
}`,
      { checks: ['live.deny', 'live.deny_pieces', 'live.deny_both'] },
    )
    expect(said.filter(text => !text.includes('arn:'))).toEqual([
      'UNKNOWN 123456789012: Account 123456789012 cannot be judged: live scans do not collect aws_lambda_function',
      'UNKNOWN 123456789012: Account 123456789012 cannot be judged: live scans do not collect aws_lambda_function',
      'UNKNOWN 123456789012: Account 123456789012 cannot be judged: live scans tell of aws_s3_bucket_versioning as part of aws_s3_bucket',
    ])
    const own = findings.filter(({ ResourceType }) => ResourceType === 'aws_s3_bucket')
    expect(own.map(({ Status }) => Status)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN'])
  })

  test('of which one region is denied still judges the others', async () => {
    const volume = (VolumeId: string) => ({
      VolumeId,
      Encrypted: false,
      Tags: [{ Key: 'Name', Value: 'web' }],
    })
    const { said } = await policyScan(
      {
        ec2: {
          'us-east-1': { Volumes: [volume('vol-1')] },
          'eu-central-1': { Volumes: [volume('vol-2')] },
        },
      },
      `deny contains sprintf("%s is open", [name]) if {
	some name, volume in input.resource.aws_ebs_volume
	not volume.encrypted
}`,
      { faults: [{ operation: 'DescribeVolumes', region: 'eu-central-1', fault: 'denied' }] },
    )
    expect(said).toEqual([
      'FAIL arn:aws:ec2:us-east-1:123456789012:volume/vol-1: web is open',
      expect.stringMatching(/^UNKNOWN aws_ebs_volume in eu-central-1 .*ec2:DescribeVolumes/),
    ])
  })

  test('that goes over all resources has them all listed, and leaves out none for its types', async () => {
    const { findings, calls } = await policyScan(
      buckets,
      'deny contains r.type if some r in input.resources',
    )
    expect(findings.map(({ ResourceType }) => ResourceType)).toContain('aws_s3_bucket')
    expect(calls).toContain('ec2:DescribeInstances')
    const named = await policyScan(
      buckets,
      `deny contains r.name if {
	some r in input.resources
	r.type == "aws_s3_bucket"
}`,
    )
    expect(named.findings).toHaveLength(3)
    expect(named.calls).not.toContain('ec2:DescribeInstances')
  })
})
