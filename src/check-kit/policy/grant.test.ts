import { describe, expect, test } from 'vitest'
import { Absent, Missing } from '../../resource.ts'
import { policy, type Written } from './document.fixture.ts'
import { escalates } from './escalation.ts'
import { hasFullAccess, isAdministrator } from './grant.ts'

const all: Written = { Action: '*', Resource: '*' }
const statements = (...written: Written[]) => policy(...written).Statement
const unset = (...parts: (string | null)[]) =>
  new Absent('unresolved', 'var.x has no value', { parts })

describe('isAdministrator', () => {
  test.each<[string, ...Written[]]>([
    ['* on *', all],
    ['*:*', { Action: '*:*', Resource: '*' }],
    ['any ARN', { Action: '*', Resource: 'arn:aws:*' }],
    ['among others', { Action: ['s3:Get*', '*'], Resource: ['arn:aws:s3:::a', '*'] }],
    ['all but a little', { NotAction: 's3:DeleteBucket', Resource: '*' }],
    ['all but a thing', { Action: '*', NotResource: 'arn:aws:s3:::a' }],
    ['in two halves', { NotAction: 'iam:*', Resource: '*' }, { Action: 'iam:*', Resource: '*' }],
    ['with MFA', { ...all, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    ['a little denied', all, { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }],
    ['a thing denied', all, { Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::a' }],
    [
      'denied sometimes',
      all,
      {
        ...all,
        Effect: 'Deny',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
  ])('%s', (_, ...written) => expect(isAdministrator(statements(...written))).toBe(true))

  test.each<[string, ...Written[]]>([
    ['nothing'],
    ['one service', { Action: 's3:*', Resource: '*' }],
    ['one bucket', { Action: '*', Resource: 'arn:aws:s3:::a' }],
    ['all but rights', { NotAction: ['iam:*', 'organizations:*'], Resource: '*' }],
    ['denied', all, { ...all, Effect: 'Deny' }],
    ['rights denied', all, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    ['tagged things', { ...all, Condition: { StringEquals: { 'aws:ResourceTag/team': 'core' } } }],
    ['only denials', { ...all, Effect: 'Deny' }],
  ])('not %s', (_, ...written) => expect(isAdministrator(statements(...written))).toBe(false))

  test('what is not known', () => {
    expect(
      isAdministrator(statements({ Action: '*', Resource: unset('arn:aws:s3:::', null) })),
    ).toBe(false)
    expect(isAdministrator(statements({ Action: 's3:*', Resource: unset(null) }))).toBe(false)
    expect(() => isAdministrator(statements({ Action: '*', Resource: unset(null) }))).toThrow(
      Missing,
    )
  })
})

test('hasFullAccess', () => {
  const full = (...written: Written[]) => hasFullAccess(statements(...written), 'kms', 'key')
  expect(full({ Action: 'kms:*', Resource: '*' })).toBe(true)
  expect(full({ Action: 'KMS:*', Resource: 'arn:aws:kms:eu-west-1:111122223333:key/*' })).toBe(true)
  expect(
    full({ Action: 'kms:*', Resource: unset('arn:aws:kms:', null, ':', null, ':key/*') }),
  ).toBe(true)
  expect(full(all)).toBe(true)
  expect(full({ Action: 'kms:*', Resource: 'arn:aws:kms:eu-west-1:111122223333:key/1' })).toBe(
    false,
  )
  expect(full({ Action: 'kms:Encrypt*', Resource: '*' })).toBe(false)
  expect(full(all, { Effect: 'Deny', Action: 'kms:*', Resource: '*' })).toBe(false)
})

describe('escalates', () => {
  const may = (Action: string[], more: Written = {}) =>
    escalates(statements({ Action, Resource: '*', ...more }))

  test('by one action or by all of a combination', () => {
    expect(may(['iam:AttachUserPolicy'])).toBe(true)
    expect(may(['iam:Put*'])).toBe(true)
    expect(may(['iam:pass*', 'ec2:Run*'])).toBe(true)
    expect(may(['iam:PassRole'])).toBe(false)
    expect(may(['ec2:RunInstances'])).toBe(false)
    expect(may(['lambda:CreateFunction', 'iam:PassRole'])).toBe(false)
    expect(may(['lambda:CreateFunction', 'lambda:InvokeFunction', 'iam:PassRole'])).toBe(true)
    expect(may(['s3:*', 'ec2:Describe*', 'iam:Get*', 'iam:List*'])).toBe(false)
  })

  test('only where the resource is any', () => {
    const on = (Resource: Written['Resource']) =>
      escalates(statements({ Action: 'iam:CreateAccessKey', ...(Resource ? { Resource } : {}) }))
    expect(on('arn:aws:iam::111122223333:user/*')).toBe(true)
    expect(on('arn:aws:iam::*:user/*')).toBe(true)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    expect(on('arn:aws:iam::*:user/${aws:username}')).toBe(false)
    expect(on('arn:aws:iam::111122223333:user/robot')).toBe(false)
  })

  test('a role that is passed to another service does not help', () => {
    const passed = (service: string) =>
      escalates(
        statements(
          { Action: 'ec2:RunInstances', Resource: '*' },
          {
            Action: 'iam:PassRole',
            Resource: '*',
            Condition: { StringEquals: { 'iam:PassedToService': service } },
          },
        ),
      )
    expect(passed('ec2.amazonaws.com')).toBe(true)
    expect(passed('glue.amazonaws.com')).toBe(false)
  })

  test('a boundary that must be kept, and a Deny', () => {
    const bound = { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::1:policy/b' } }
    expect(may(['iam:PutUserPolicy'], { Condition: bound })).toBe(false)
    const denied: Written = { Effect: 'Deny', Action: 'iam:*', Resource: '*' }
    expect(escalates(statements({ Action: 'iam:*', Resource: '*' }, denied))).toBe(false)
  })
})
