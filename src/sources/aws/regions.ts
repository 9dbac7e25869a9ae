import { DescribeRegionsCommand } from '@aws-sdk/client-ec2'
import { failureOf } from '../../clouds/aws/failure.ts'
import type { Gap } from '../../errors.ts'
import { cut } from '../../text.ts'
import type { Account } from './account.ts'
import { service } from './ec2-client.ts'

/**
 * The regions to scan: a region that is not enabled answers as if the credentials were wrong, so it is known before
 * it is asked.
 */
export async function regionsOf(
  account: Account,
  wanted: readonly string[],
): Promise<{ readonly regions: readonly string[]; readonly gaps: readonly Gap[] }> {
  try {
    const { Regions = [] } = await account
      .place(account.home)
      .call(service, DescribeRegionsCommand, { AllRegions: true })
    const enabled = Regions.filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in').flatMap(
      ({ RegionName }) => RegionName ?? [],
    )
    if (wanted.length === 0) {
      const strange = enabled.filter(name => !isRegion(name))
      return {
        regions: enabled.filter(isRegion).sort(),
        gaps: strange.map(name => ({
          kind: 'regions',
          subject: cut(name, 64),
          reason: `what the account ${account.id} names is no region`,
        })),
      }
    }
    const closed = wanted.filter(region => !enabled.includes(region))
    return {
      regions: wanted.filter(region => enabled.includes(region)),
      gaps: closed.map(region => ({
        kind: 'regions',
        subject: region,
        reason: Regions.some(({ RegionName }) => RegionName === region)
          ? `the account ${account.id} has not enabled it`
          : `the account ${account.id} has no such region`,
      })),
    }
  } catch (error) {
    const { kind, message } = failureOf(error)
    const regions = wanted.length > 0 ? wanted : (byDefault[account.partition] ?? [account.home])
    const gap: Gap = {
      kind: kind === 'denied' ? 'permissions' : 'calls',
      subject: 'ec2:DescribeRegions',
      reason: `which regions the account ${account.id} has enabled is not known: ${message}`,
    }
    return { regions, gaps: wanted.length > 0 ? [] : [gap] }
  }
}

/** It becomes part of the names of hosts. */
function isRegion(name: string): boolean {
  return /^[a-z]{2,8}(?:-[a-z]{1,16}){1,4}-\d{1,2}$/.test(name)
}

/** Enabled in every account: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const byDefault: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
}
