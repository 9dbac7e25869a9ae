import { createHash } from 'node:crypto'
import type { Resource } from '../resource.ts'

/**
 * What makes a finding the same in every scan: the check and the resource, never a line. `more` tells apart findings
 * that share both.
 */
export function fingerprint(checkId: string, identity: string, ...more: readonly string[]): string {
  const text = [checkId, identity, ...more].join('\n')
  return createHash('sha256').update(text).digest('hex')
}

/**
 * What makes a resource the same in every scan: account (code: the root module), type and id. The `twin`th reading of
 * one that was read before is told apart. JSON, so that no part passes for another.
 */
export function identityOf({ type, id, account, region, origin }: Resource, twin = 0): string {
  const home = origin.root === null ? [account, region] : [`code:${origin.root}`]
  return JSON.stringify(twin > 0 ? [...home, type, id, twin] : [...home, type, id])
}
