import { expect, test } from 'vitest'
import {
  type Bucket,
  isFullyBlocked,
  opensByAcl,
  opensByPolicy,
  takesAccessLogs,
} from './bucket.ts'
import { policy } from './policy/document.fixture.ts'

const open = {
  block_public_acls: false,
  block_public_policy: false,
  ignore_public_acls: false,
  restrict_public_buckets: false,
}
const bucket = (more: Partial<Bucket>): Bucket => ({
  acl: 'private',
  grant: [],
  policy: undefined,
  public_access_block: open,
  ownership_controls: { rule: { object_ownership: 'ObjectWriter' } },
  ...more,
})
const grant = (group: string, ...permissions: string[]) =>
  bucket({ grant: [{ uri: `http://acs.amazonaws.com/groups/${group}`, permissions }] })

test('canned ACLs', () => {
  const may = (acl: string) =>
    (['READ', 'WRITE'] as const).map(one => opensByAcl(bucket({ acl }), [one]))
  expect(may('private')).toEqual([false, false])
  expect(may('public-read')).toEqual([true, false])
  expect(may('authenticated-read')).toEqual([true, false])
  expect(may('public-read-write')).toEqual([true, true])
  expect(may('log-delivery-write')).toEqual([false, false])
})

test('grants', () => {
  expect(opensByAcl(grant('global/AllUsers', 'READ'), ['READ'])).toBe(true)
  expect(opensByAcl(grant('global/AuthenticatedUsers', 'FULL_CONTROL'), ['WRITE'])).toBe(true)
  expect(opensByAcl(grant('global/AllUsers', 'READ'), ['WRITE', 'WRITE_ACP'])).toBe(false)
  expect(opensByAcl(grant('s3/LogDelivery', 'WRITE'), ['WRITE'])).toBe(false)
})

test('an ACL that is switched off', () => {
  const acl = 'public-read'
  const ignoring = { ...open, ignore_public_acls: true }
  const enforced = { rule: { object_ownership: 'BucketOwnerEnforced' } }
  expect(opensByAcl(bucket({ acl, public_access_block: ignoring }), ['READ'])).toBe(false)
  expect(opensByAcl(bucket({ acl, ownership_controls: enforced }), ['READ'])).toBe(false)
  expect(
    opensByAcl(bucket({ acl, public_access_block: { ...open, block_public_acls: true } }), [
      'READ',
    ]),
  ).toBe(true)
})

test('a policy, unless it is restricted', () => {
  const document = policy({ Principal: '*', Action: 's3:*', Resource: '*' })
  expect(opensByPolicy(bucket({ policy: document }))).toBe(true)
  expect(opensByPolicy(bucket({}))).toBe(false)
  const restricted = { ...open, restrict_public_buckets: true }
  expect(opensByPolicy(bucket({ policy: document, public_access_block: restricted }))).toBe(false)
})

const service = (Service: string) =>
  bucket({ policy: policy({ Principal: { Service }, Action: 's3:PutObject', Resource: '*' }) })

test('a bucket that takes access logs', () => {
  const code = { account: null }
  expect(takesAccessLogs(bucket({ acl: 'log-delivery-write' }), code)).toBe(true)
  expect(takesAccessLogs(grant('s3/LogDelivery', 'WRITE'), code)).toBe(true)
  expect(takesAccessLogs(service('logging.s3.amazonaws.com'), code)).toBe(true)
  expect(takesAccessLogs(service('cloudtrail.amazonaws.com'), code)).toBe(false)
  expect(takesAccessLogs(grant('global/AllUsers', 'WRITE'), code)).toBe(false)
  expect(takesAccessLogs(bucket({}), code)).toBe(false)
})

test('an ACL that is switched off lets no logs in', () => {
  const off = bucket({
    acl: 'log-delivery-write',
    ownership_controls: { rule: { object_ownership: 'BucketOwnerEnforced' } },
  })
  const { policy } = service('logging.s3.amazonaws.com')
  expect(takesAccessLogs(off, { account: '123456789012' })).toBe(false)
  expect(takesAccessLogs({ ...off, policy }, { account: '123456789012' })).toBe(true)
  // What code says of the ACL it means; of ownership it mostly says nothing.
  expect(takesAccessLogs(off, { account: null })).toBe(true)
})

test('a block is whole or it is not', () => {
  const whole = {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }
  expect(isFullyBlocked(whole)).toBe(true)
  expect(isFullyBlocked({ ...whole, block_public_policy: false })).toBe(false)
})
