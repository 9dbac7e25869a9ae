import { madeId } from '../call.ts'

/** The account of the example, and the shop that runs in it. */
export const account = '123456789012'
/** Where the shop's data warehouse lives: an account of the same organisation. */
export const warehouseAccount = '210987654321'
/** A contractor's account that should have no way in. */
export const foreignAccount = '444455556666'
export const organizationId = 'o-b7k2m9x4q1'
export const virginia = 'us-east-1'
export const frankfurt = 'eu-central-1'

export type Environment = 'production' | 'staging' | 'development' | 'shared'

export interface Tag {
  Key: string
  Value: string
}

export function tags(
  name: string,
  environment: Environment,
  more: Record<string, string> = {},
): Tag[] {
  const all = { Name: name, environment, team: 'platform', ...more }
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }))
}

/** Identifiers that look like AWS's and are the same in every run. */
export function id(prefix: string, ...parts: readonly (string | number)[]): string {
  return madeId(`${prefix}-`, ...parts)
}

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000)
}

export function keyArn(region: string, alias: string): string {
  return `arn:aws:kms:${region}:${account}:key/${keyId(region, alias)}`
}

export function keyId(region: string, alias: string): string {
  const hex = madeId('', 'key', region, alias).padEnd(32, '0')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    '4a1b',
    '8c2d',
    hex.slice(12, 24).padEnd(12, '7'),
  ].join('-')
}

export function roleArn(name: string): string {
  return `arn:aws:iam::${account}:role/${name}`
}

export function document(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
