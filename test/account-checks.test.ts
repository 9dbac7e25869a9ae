import { describe, expect, test } from 'vitest'
import { frameworkCards, requirementsOf } from '../src/frameworks/framework.ts'
import { recordedAccount } from '../src/sandbox/aws/estate/recorded-account.ts'
import type { Estate } from '../src/sandbox/aws/estate.ts'
import { type LiveOptions, liveScan } from './live-scan.ts'

/** What is not there at all is a fault of the account, and what could not be listed is none. */
const twoRegions = { aws: { regions: ['us-east-1', 'eu-central-1'] } }
const trail = { Name: 'all', S3BucketName: 'trail', IsMultiRegionTrail: true }

async function verdict(check: string, estate: Estate, options: LiveOptions = {}) {
  const { findings } = await liveScan(estate, { ...options, checks: [check] })
  return findings.map(({ Status, ResourceType, UnknownReason }) => ({
    Status,
    ResourceType,
    ...(UnknownReason === null ? {} : { UnknownReason }),
  }))
}

describe('an empty account', () => {
  test.each([
    ['cloudtrail_multi_region_enabled', 'aws_account'],
    ['cloudtrail_s3_dataevents_write_enabled', 'aws_account'],
    ['iam_check_saml_providers_sts', 'aws_account'],
    ['iam_support_role_created', 'aws_account'],
    ['account_security_contact_information_is_registered', 'aws_account'],
    ['iam_password_policy_minimum_length_14', 'aws_iam_account_password_policy'],
    ['s3_account_level_public_access_blocks', 'aws_s3_account_public_access_block'],
    ['ec2_ebs_default_encryption', 'aws_ebs_encryption_by_default'],
  ])('fails %s', async (check, ResourceType) => {
    expect(await verdict(check, {})).toEqual([{ Status: 'FAIL', ResourceType }])
  })

  test('has no subscription to fail for without a database', async () => {
    expect(await verdict('rds_instance_critical_event_subscription', {})).toEqual([])
  })
})

describe('what could not be listed', () => {
  const account = 'aws_account'

  test('is neither there nor missing', async () => {
    const faults = [{ operation: 'DescribeTrails', fault: 'denied' }] as const
    expect(await verdict('cloudtrail_multi_region_enabled', {}, { faults })).toEqual([
      {
        Status: 'UNKNOWN',
        ResourceType: account,
        UnknownReason: expect.stringContaining('cloudtrail:DescribeTrails'),
      },
    ])
  })

  test('does not hide what another region tells', async () => {
    const faults = [{ operation: 'DescribeTrails', nth: 1, fault: 'denied' }] as const
    const estate = {
      cloudtrail: { 'us-east-1': { trails: [trail] }, 'eu-central-1': { trails: [] } },
    }
    expect(
      await verdict('cloudtrail_multi_region_enabled', estate, { ...twoRegions, faults }),
    ).toEqual([{ Status: 'PASS', ResourceType: account }])
  })

  test('leaves a volume without a snapshot unknown', async () => {
    const estate = {
      ec2: { 'us-east-1': { Volumes: [{ VolumeId: 'vol-0a1b2c3d4e5f60718', Size: 8 }] } },
    }
    const check = 'ec2_ebs_volume_snapshots_exists'
    expect(await verdict(check, estate)).toMatchObject([{ Status: 'FAIL' }])
    const faults = [{ operation: 'DescribeSnapshots', fault: 'denied' }] as const
    expect(await verdict(check, estate, { faults })).toMatchObject([
      { Status: 'UNKNOWN', UnknownReason: expect.stringContaining('ec2:DescribeSnapshots') },
    ])
  })
})

test('a trail of another region counts in a scan of one', async () => {
  const estate = { cloudtrail: { 'eu-central-1': { trails: [trail] } } }
  expect(await verdict('cloudtrail_multi_region_enabled', estate)).toEqual([
    { Status: 'PASS', ResourceType: 'aws_account' },
  ])
})

test('every requirement of CIS 2.0 that has checks gets verdicts from the example account', async () => {
  const estate = recordedAccount(new Date('2026-01-01T00:00:00Z'))
  const { findings } = await liveScan(estate, { ...twoRegions, frameworks: ['cis_2.0_aws'] })
  expect(findings.filter(({ Status }) => Status === 'UNKNOWN')).toEqual([])
  const card = (await frameworkCards()).find(({ id }) => id === 'cis_2.0_aws')
  const file = (await card?.load())?.default
  const judged = (file ? requirementsOf(file) : []).filter(({ checks }) => checks.length > 0)
  expect(judged.length).toBeGreaterThanOrEqual(40)
  const answered = new Set(findings.flatMap(({ Compliance }) => Compliance['cis_2.0_aws'] ?? []))
  expect(judged.map(({ id }) => id).filter(id => !answered.has(id))).toEqual([])
})
