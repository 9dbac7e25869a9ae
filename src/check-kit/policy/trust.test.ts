import { expect, test } from 'vitest'
import { policy, type Written } from './document.fixture.ts'
import { trusts, trustsServiceForAnyone } from './trust.ts'

const trust = (more: Written) => policy({ Action: 'sts:AssumeRole', ...more })
const sns = { Service: 'sns.amazonaws.com' }

test('a service for anyone', () => {
  const free = (more: Written) => trustsServiceForAnyone(trust(more), ['ec2.amazonaws.com'])
  expect(free({ Principal: sns })).toBe(true)
  expect(free({ Principal: { Service: ['ec2.amazonaws.com', 'sns.amazonaws.com'] } })).toBe(true)
  expect(free({ Principal: { Service: 'ec2.amazonaws.com' } })).toBe(false)
  expect(free({ Principal: { AWS: '111122223333' } })).toBe(false)
  expect(free({ Principal: sns, Effect: 'Deny' })).toBe(false)
  expect(free({ Principal: sns, Action: 'sts:TagSession' })).toBe(false)
})

test.each<[boolean, Written['Condition']]>([
  [false, { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
  [false, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }],
  [false, { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }],
  [true, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }],
  [true, { StringEquals: { 'sts:ExternalId': 'a' } }],
  [true, { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }],
])('for anyone is %s with %o', (expected, condition) => {
  const document = trust({ Principal: sns, ...(condition ? { Condition: condition } : {}) })
  expect(trustsServiceForAnyone(document, [])).toBe(expected)
})

test('trusts', () => {
  const isRoot = (principal: unknown) => principal === 'arn:aws:iam::111122223333:root'
  const of = (AWS: string) => trusts(trust({ Principal: { AWS } }), isRoot)
  expect([of('arn:aws:iam::111122223333:root'), of('arn:aws:iam::1:root')]).toEqual([true, false])
  expect(trusts(trust({ Principal: sns }), isRoot)).toBe(false)
})
