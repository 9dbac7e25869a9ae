import { expect, test } from 'vitest'
import { Absent, Missing } from '../../resource.ts'
import type { Text } from '../text.ts'
import { policy } from './document.fixture.ts'
import { trustsOutsiders } from './outsider.ts'

const home = { account: '111122223333', trusted: ['444455556666'] }
const allow = (AWS: Text) => policy({ Principal: { AWS }, Action: 's3:*', Resource: '*' })
const hole = (reason: string, from: string[], ...parts: (string | null)[]) =>
  new Absent('unresolved', reason, { from, parts })

test('anyone, and accounts that are neither home nor trusted', () => {
  expect(trustsOutsiders(allow('*'), home)).toBe(true)
  expect(trustsOutsiders(allow('arn:aws:iam::777788889999:root'), home)).toBe(true)
  expect(trustsOutsiders(allow('777788889999'), home)).toBe(true)
  expect(trustsOutsiders(allow('arn:aws:iam::111122223333:role/app'), home)).toBe(false)
  expect(trustsOutsiders(allow('arn:aws:iam::444455556666:root'), home)).toBe(false)
  const denied = policy({ Effect: 'Deny', Principal: { AWS: '777788889999' }, Action: '*' })
  expect(trustsOutsiders(denied, home)).toBe(false)
})

test('code that does not say which account it is for', () => {
  const nowhere = { account: null, trusted: ['444455556666'] }
  expect(trustsOutsiders(allow('*'), nowhere)).toBe(true)
  expect(trustsOutsiders(allow('arn:aws:iam::444455556666:root'), nowhere)).toBe(false)
  expect(() => trustsOutsiders(allow('777788889999'), nowhere)).toThrow(Missing)
})

test('what the same code manages is home', () => {
  const role = hole('aws_iam_role.app.arn is known after apply', ['aws_iam_role.app'], 'arn:', null)
  const root = hole(
    'data.aws_partition.p.partition is known only when Terraform runs',
    ['data.aws_partition.p', 'data.aws_caller_identity.me'],
    'arn:',
    null,
    ':iam::',
    null,
    ':root',
  )
  const given = hole('var.role has no value', ['var.role'], 'arn:', null)
  expect(trustsOutsiders(allow(role), home)).toBe(false)
  expect(trustsOutsiders(allow(root), home)).toBe(false)
  const identity = 'aws_cloudfront_origin_access_identity.site.iam_arn is known after apply'
  expect(trustsOutsiders(allow(hole(identity, [], null)), home)).toBe(false)
  expect(() => trustsOutsiders(allow(given), home)).toThrow(Missing)
})
