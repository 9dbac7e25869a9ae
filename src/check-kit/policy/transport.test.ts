import { expect, test } from 'vitest'
import { Absent } from '../../resource.ts'
import { policy, type Written } from './document.fixture.ts'
import { requiresTls } from './transport.ts'

const deny: Written = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}
const hole = (...parts: (string | null)[]) =>
  new Absent('unresolved', 'aws_s3_bucket.logs.arn is known after apply', { parts })

test.each<[string, Written]>([
  ['the usual one', deny],
  ['every action', { ...deny, Action: '*', Principal: { AWS: '*' } }],
  ['every resource', { ...deny, Resource: '*' }],
  ['a computed bucket', { ...deny, Resource: [hole(null), hole(null, '/*')] }],
  ['not true', { ...deny, Condition: { StringNotEquals: { 'aws:securetransport': 'true' } } }],
  ['if there', { ...deny, Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } }],
])('%s', (_, statement) => expect(requiresTls(policy(statement))).toBe(true))

test.each<[string, Written]>([
  [
    'an Allow',
    { ...deny, Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  ],
  ['somebody', { ...deny, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
  ['reading', { ...deny, Action: 's3:GetObject' }],
  ['the bucket without its objects', { ...deny, Resource: 'arn:aws:s3:::logs' }],
  ['a folder', { ...deny, Resource: 'arn:aws:s3:::logs/a/*' }],
  ['no test', { ...deny, Condition: {} }],
  ['TLS itself', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  [
    'a further test',
    {
      ...deny,
      Condition: {
        Bool: { 'aws:SecureTransport': 'false' },
        StringEquals: { 'aws:PrincipalAccount': '111122223333' },
      },
    },
  ],
])('not %s', (_, statement) => expect(requiresTls(policy(statement))).toBe(false))
