import type { GetBucketAclOutput, Grant } from '@aws-sdk/client-s3'

const groups = 'http://acs.amazonaws.com/groups/'
/** EC2's own canonical id, which `aws-exec-read` lets read. */
const ec2 = '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c'

/** What each canned ACL gives beside the owner's full control. */
const canned: readonly (readonly [name: string, grants: readonly string[]])[] = [
  ['private', []],
  ['public-read', [`${groups}global/AllUsers READ`]],
  ['public-read-write', [`${groups}global/AllUsers READ`, `${groups}global/AllUsers WRITE`]],
  ['authenticated-read', [`${groups}global/AuthenticatedUsers READ`]],
  ['aws-exec-read', [`${ec2} READ`]],
  ['log-delivery-write', [`${groups}s3/LogDelivery READ_ACP`, `${groups}s3/LogDelivery WRITE`]],
]

/** The ACL as it is declared: by a canned name where one says it all, else by its grants. */
export function aclOf(answer: GetBucketAclOutput | null): {
  readonly acl: string
  readonly grant: readonly object[]
} {
  const { Grants = [], Owner } = answer ?? {}
  const own = `${Owner?.ID} FULL_CONTROL`
  const given = Grants.map(
    ({ Grantee, Permission }) =>
      `${Grantee?.URI ?? Grantee?.ID ?? Grantee?.EmailAddress} ${Permission}`,
  )
  const others = given.filter(grant => grant !== own).sort()
  const name = canned.find(([, grants]) => grants.join() === others.join())?.[0]
  if (name !== undefined && given.includes(own)) return { acl: name, grant: [] }
  return { acl: 'private', grant: Grants.map(grantOf) }
}

function grantOf({ Grantee, Permission }: Grant): object {
  return {
    id: Grantee?.ID,
    permissions: [Permission],
    type: Grantee?.Type,
    uri: Grantee?.URI,
  }
}
