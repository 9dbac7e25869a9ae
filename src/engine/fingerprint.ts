import { createHash } from 'node:crypto'
import type { Resource } from '../resource.ts'

/**
 * What makes a finding the same in every scan: check, account (code: the root module), resource. Never a line.
 * `more` tells apart what shares all of these.
 */
export function fingerprint(
  checkId: string,
  resource: Resource,
  more: readonly (string | number)[] = [],
): string {
  const text = [checkId, identityOf(resource), ...more].join('\n')
  return createHash('sha256').update(text).digest('hex')
}

/** JSON, so that no part can pass for another. */
export function identityOf({ type, id, account, region, origin }: Resource): string {
  return JSON.stringify(
    origin.root === null ? [account, region, type, id] : [`code:${origin.root}`, type, id],
  )
}
