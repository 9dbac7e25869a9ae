import { Absent, type Attributes, type Plain } from '../../resource.ts'
import { child, isList } from '../plain.ts'
import type { Settle } from '../statement.ts'

export const blocked = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
}
const open = Object.fromEntries(Object.keys(blocked).map(name => [name, false]))
const publicAcls = ['public-read', 'public-read-write', 'authenticated-read']

/**
 * A public ACL or policy is refused while it is blocked, so code that declares one is about a bucket on which nothing
 * is blocked: one from before April 2023, or one that was opened elsewhere.
 */
export const openedBucket: Settle = (attributes, isDeclared) => {
  const changes: { [name: string]: Plain } = {}
  const { acl } = attributes
  const isOpen = isPublicAcl(attributes) || isPublicPolicy(attributes.policy)
  if (!isDeclared('public_access_block')) {
    if (isOpen) changes.public_access_block = open
    else if (acl instanceof Absent) changes.public_access_block = acl
  }
  if (!isDeclared('ownership_controls')) {
    if (isPublicAcl(attributes))
      changes.ownership_controls = { rule: { object_ownership: 'ObjectWriter' } }
    else if (acl instanceof Absent) changes.ownership_controls = { rule: { object_ownership: acl } }
  }
  return Object.keys(changes).length > 0 ? changes : null
}

function isPublicAcl({ acl, grant }: Attributes): boolean {
  const grants = isList(grant) ? grant : []
  return (
    (typeof acl === 'string' && publicAcls.includes(acl)) ||
    grants.some(each => /\/(AllUsers|AuthenticatedUsers)$/.test(String(child(each, 'uri') ?? '')))
  )
}

/** Allows everybody something under no condition; what is less plain is for the checks to judge. */
function isPublicPolicy(policy: Plain): boolean {
  const statements = child(policy, 'Statement')
  return (
    isList(statements) &&
    statements.some(each => {
      const everybody = child(child(each, 'Principal'), 'AWS')
      const conditions = child(each, 'Condition')
      return (
        child(each, 'Effect') === 'Allow' &&
        isList(everybody) &&
        everybody.includes('*') &&
        isList(conditions) &&
        conditions.length === 0
      )
    })
  )
}
