import type { PolicyDocument } from '../vocabulary/policy-document.ts'
import { both, either, some } from './decide.ts'
import { isPublic } from './policy/public.ts'
import { isAllow } from './policy/statement.ts'
import { equals } from './text.ts'

/** What of a bucket decides who gets in. */
export interface Bucket {
  readonly acl: string
  readonly grant: readonly {
    readonly uri: string | undefined
    readonly permissions: readonly string[]
  }[]
  readonly policy: PolicyDocument | undefined
  readonly public_access_block: PublicAccessBlock
  readonly ownership_controls: { readonly rule: { readonly object_ownership: string } }
}

export interface PublicAccessBlock {
  readonly block_public_acls: boolean
  readonly block_public_policy: boolean
  readonly ignore_public_acls: boolean
  readonly restrict_public_buckets: boolean
}

export type Permission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP'

export function isFullyBlocked(block: PublicAccessBlock): boolean {
  return both(
    () => block.block_public_acls,
    () => block.block_public_policy,
    () => block.ignore_public_acls,
    () => block.restrict_public_buckets,
  )
}

/** Whether the ACL gives everybody, or every AWS user, one of the permissions, and nothing switches the ACL off. */
export function opensByAcl(bucket: Bucket, permissions: readonly Permission[]): boolean {
  return both(
    () => !bucket.public_access_block.ignore_public_acls,
    () => bucket.ownership_controls.rule.object_ownership !== 'BucketOwnerEnforced',
    () =>
      either(
        () => some(permissions, permission => cannedFor(permission).includes(bucket.acl)),
        () => bucket.grant.some(grant => isPublicGrant(grant, permissions)),
      ),
  )
}

/** Whether the policy lets in strangers, and the bucket does not restrict what a public policy gives. */
export function opensByPolicy(bucket: Bucket): boolean {
  return both(
    () => !bucket.public_access_block.restrict_public_buckets,
    () => bucket.policy !== undefined && isPublic(bucket.policy),
  )
}

/** Whether S3 may deliver other buckets' access logs here. Code that writes such an ACL means it, a running account says what counts. */
export function takesAccessLogs(
  bucket: Omit<Bucket, 'public_access_block'>,
  { account }: { readonly account: string | null },
): boolean {
  return either(
    () =>
      both(
        () =>
          account === null ||
          bucket.ownership_controls.rule.object_ownership !== 'BucketOwnerEnforced',
        () =>
          either(
            () => bucket.acl === 'log-delivery-write',
            () => bucket.grant.some(grant => (grant.uri ?? '').endsWith('/s3/LogDelivery')),
          ),
      ),
    () =>
      bucket.policy?.Statement.some(statement =>
        both(
          () => isAllow(statement),
          () =>
            statement.Principal?.Service.some(service =>
              equals(service, 'logging.s3.amazonaws.com'),
            ) ?? false,
        ),
      ) ?? false,
  )
}

function cannedFor(permission: Permission): readonly string[] {
  if (permission === 'READ') return ['public-read', 'public-read-write', 'authenticated-read']
  return permission === 'WRITE' ? ['public-read-write'] : []
}

function isPublicGrant(
  grant: Bucket['grant'][number],
  permissions: readonly Permission[],
): boolean {
  return both(
    () => /\/global\/(?:AllUsers|AuthenticatedUsers)$/.test(grant.uri ?? ''),
    () =>
      grant.permissions.some(
        given => given === 'FULL_CONTROL' || permissions.some(one => one === given),
      ),
  )
}
