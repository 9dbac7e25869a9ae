import { expect, test } from 'vitest'
import {
  asksForAttestation,
  bindsDeployment,
  grantsOfSecrets,
  isTakenBack,
  speaksOfAttestation,
} from './attestation.ts'
import { policy, type Written } from './document.fixture.ts'

const image = 'kms:RecipientAttestation:ImageSha384'
const grant = (Condition: NonNullable<Written['Condition']> = {}, Action = 'kms:Decrypt') =>
  policy({ Principal: { AWS: '111122223333' }, Action, Resource: '*', Condition })

test('grants of what an enclave does with its key', () => {
  const count = (action: string) => grantsOfSecrets(grant({}, action)).length
  expect(['kms:*', 'kms:GenerateDataKey*', 'KMS:decrypt', '*'].map(count)).toEqual([1, 1, 1, 1])
  expect(['kms:Describe*', 'kms:Encrypt', 's3:*'].map(count)).toEqual([0, 0, 0])
})

test.each<[boolean, NonNullable<Written['Condition']>]>([
  [true, { StringEquals: { [image]: 'ab' } }],
  [true, { 'ForAnyValue:StringEqualsIgnoreCase': { [image]: ['ab', 'cd'] } }],
  [true, { 'ForAllValues:StringEquals': { [image]: 'ab' }, Null: { [image]: 'false' } }],
  [false, { 'ForAllValues:StringEquals': { [image]: 'ab' } }],
  [false, { 'ForAllValues:StringEquals': { [image]: 'ab' }, Null: { [image]: 'true' } }],
  [false, { StringEqualsIfExists: { [image]: 'ab' } }],
  [false, { StringLike: { [image]: '*' } }],
  [false, { StringNotEquals: { [image]: 'ab' } }],
  [false, { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }],
])('asks for the proof: %s with %o', (expected, condition) => {
  expect(grant(condition).Statement.some(asksForAttestation)).toBe(expected)
})

test.each<[boolean, NonNullable<Written['Condition']>]>([
  [true, { StringEquals: { 'kms:RecipientAttestation:PCR3': 'ab' } }],
  [true, { StringEquals: { [image]: 'ab', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
  [false, { StringEquals: { [image]: 'ab', 'kms:RecipientAttestation:PCR1': 'cd' } }],
  [false, { StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } }],
])('says where: %s with %o', (expected, condition) => {
  expect(grant(condition).Statement.some(bindsDeployment)).toBe(expected)
})

test.each<[boolean, Partial<Written>]>([
  [true, {}],
  [true, { Condition: { Null: { [image]: 'true' } } }],
  [true, { Condition: { StringNotEqualsIgnoreCase: { [image]: 'ab' } } }],
  [false, { Condition: { Null: { [image]: 'false' } } }],
  [false, { Condition: { Null: { [image]: 'true' }, Bool: { 'aws:SecureTransport': 'false' } } }],
  [false, { Action: 'kms:GenerateDataKey' }],
  [false, { Principal: { AWS: '111122223333' } }],
])('a Deny takes the grant back: %s with %o', (expected, more) => {
  const allow: Written = {
    Principal: { AWS: '444455556666' },
    Action: 'kms:Decrypt',
    Resource: '*',
  }
  const deny: Written = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', ...more }
  const document = policy(allow, deny)
  expect(grantsOfSecrets(document).every(each => isTakenBack(document, each))).toBe(expected)
})

test('speaks of it wherever a condition names it', () => {
  expect(speaksOfAttestation(grant({ Null: { [image]: 'true' } }))).toBe(true)
  expect(speaksOfAttestation(grant())).toBe(false)
})
