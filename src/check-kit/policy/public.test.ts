import { describe, expect, test } from 'vitest'
import { Absent, Missing } from '../../resource.ts'
import { policy, type Written } from './document.fixture.ts'
import { isPublic, strangersMay } from './public.ts'

const read: Written = { Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' }
const when = (Condition: Written['Condition'], more: Written = read) =>
  policy({ ...more, ...(Condition ? { Condition } : {}) })
const role = 'arn:aws:iam::111122223333:role/app'
const unset = (...parts: (string | null)[]) =>
  new Absent('unresolved', 'var.x has no value', { parts })

describe('principals', () => {
  test.each<[string, Written['Principal']]>([
    ['*', '*'],
    ['AWS *', { AWS: '*' }],
    ['* among others', { AWS: [role, '*'] }],
    ['any account', { AWS: 'arn:aws:iam::*:root' }],
    ['anyone federated', { Federated: '*' }],
  ])('%s is everyone', (_, Principal) =>
    expect(isPublic(policy({ ...read, ...(Principal ? { Principal } : {}) }))).toBe(true),
  )

  test.each<[string, Written]>([
    ['a role', { Principal: { AWS: role } }],
    ['an account', { Principal: { AWS: '111122223333' } }],
    ['a service', { Principal: { Service: 'sns.amazonaws.com' } }],
    ['a provider', { Principal: { Federated: 'accounts.google.com' } }],
    ['an ARN with a hole', { Principal: { AWS: unset('arn:aws:iam::', null, ':root') } }],
  ])('%s is not', (_, more) => expect(isPublic(policy({ ...read, ...more }))).toBe(false))

  test('everyone but somebody is everyone', () => {
    const { Principal: _, ...rest } = read
    expect(isPublic(policy({ ...rest, NotPrincipal: { AWS: role } }))).toBe(true)
    expect(isPublic(policy({ ...rest, NotPrincipal: '*' }))).toBe(false)
    expect(isPublic(policy(rest))).toBe(false)
  })

  test('nor is what the cloud makes up, every hole of it', () => {
    const made = (...holes: string[]) =>
      new Absent('unresolved', holes[0] ?? '', { parts: holes.map(() => null), holes })
    const provider = 'aws_iam_saml_provider.a.id is known after apply'
    const account = 'data.aws_caller_identity.a.account_id is known only when Terraform runs'
    expect(isPublic(policy({ ...read, Principal: { Federated: made(provider, account) } }))).toBe(
      false,
    )
    const given = policy({ ...read, Principal: { AWS: made(provider, 'var.who has no value') } })
    expect(() => isPublic(given)).toThrow(Missing)
  })

  test('a principal that nothing is known of may be everyone', () => {
    expect(() => isPublic(policy({ ...read, Principal: { AWS: unset(null) } }))).toThrow(Missing)
  })
})

test('a condition names who calls by the part that does, whatever else is not known', () => {
  const open = (...holes: string[]) =>
    new Absent('unresolved', holes[0] ?? '', { parts: [null, '/*/', null, '/*'], holes })
  const organization = 'data.aws_organizations_organization.a.id is known only when Terraform runs'
  const given = (value: Absent) =>
    policy({ ...read, Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': value } } })
  expect(isPublic(given(open(organization, 'var.unit has no value')))).toBe(false)
  expect(() => isPublic(given(open('var.a has no value', organization)))).toThrow(Missing)
})

describe('conditions that keep strangers out', () => {
  test.each<[string, Written['Condition']]>([
    ['account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    ['any letter case', { StringEquals: { 'AWS:sourceaccount': '111122223333' } }],
    ['accounts', { StringLike: { 'aws:SourceAccount': ['111122223333', '444455556666'] } }],
    ['organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
    ['paths', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } }],
    ['a source of an account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }],
    ['a bucket', { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::logs' } }],
    ['addresses', { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '2001:db8::/48'] } }],
    ['an endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }],
    ['a principal', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }],
    ['callers of a key', { StringEquals: { 'kms:CallerAccount': '111122223333' } }],
    ['a role id', { StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }],
    ['services', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
    ['a star that is a letter', { StringEquals: { 'aws:PrincipalOrgID': '*' } }],
    ['a value whatever it is', { StringEquals: { 'aws:SourceAccount': unset(null) } }],
    [
      'one of two tests',
      {
        Bool: { 'aws:SecureTransport': 'true' },
        StringEquals: { 'aws:SourceVpc': 'vpc-1' },
      },
    ],
  ])('%s', (_, condition) => expect(isPublic(when(condition))).toBe(false))

  test.each<[string, Written['Condition']]>([
    ['none', undefined],
    ['what a stranger may say', { StringEquals: { 'aws:Referer': 'https://example.com' } }],
    ['what a stranger may tag', { StringEquals: { 'aws:PrincipalTag/team': 'core' } }],
    ['what a stranger may be called', { StringEquals: { 'aws:username': 'admin' } }],
    ['nobody who signs', { StringEquals: { 'aws:userid': 'anonymous' } }],
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['the internet', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '0.0.0.0/0'] } }],
    ['half the internet', { IpAddress: { 'aws:SourceIp': '128.0.0.0/1' } }],
    ['all but some addresses', { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }],
    ['any organisation', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['any account', { StringLike: { 'aws:SourceAccount': '*' } }],
    ['one account or any', { StringLike: { 'aws:SourceAccount': ['111122223333', '*'] } }],
    ['any bucket of a name', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::logs-*' } }],
    ['any source', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }],
    ['only if it is there', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }],
    ['all of none', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
    ['all but an account', { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } }],
    ['some organisation', { Null: { 'aws:PrincipalOrgID': 'false' } }],
    ['all but services', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['through a service', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }],
  ])('not %s', (_, condition) => expect(isPublic(when(condition))).toBe(true))

  test('a pattern with a hole may be wide', () => {
    const arn = unset('arn:aws:sns:*:', null, ':*')
    expect(() => isPublic(when({ ArnLike: { 'aws:SourceArn': arn } }))).toThrow(Missing)
    const own = unset('arn:aws:sns:', null, ':111122223333:*')
    expect(isPublic(when({ ArnLike: { 'aws:SourceArn': own } }))).toBe(false)
  })
})

describe('a Deny takes back', () => {
  const everything: Written = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }

  test.each<[string, Written]>([
    ['all', everything],
    [
      'all but from an endpoint',
      {
        ...everything,
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
    ],
    [
      'all but from addresses and services',
      {
        ...everything,
        Condition: {
          NotIpAddressIfExists: { 'aws:SourceIp': '198.51.100.0/24' },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ],
    [
      'for everyone else',
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: role },
        Action: '*',
        Resource: 'arn:aws:s3:::logs/*',
      },
    ],
    ['all other actions', { Effect: 'Deny', Principal: '*', NotAction: 's3:List*', Resource: '*' }],
    [
      'all other resources',
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:Get*',
        NotResource: 'arn:aws:s3:::pictures/*',
      },
    ],
  ])('%s', (_, deny) => {
    expect(isPublic(policy(read, deny))).toBe(false)
    expect(isPublic(policy(deny, read))).toBe(false)
  })

  test.each<[string, Written]>([
    ['plain HTTP', { ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    ['writing', { ...everything, Action: 's3:Put*' }],
    ['some objects', { ...everything, Resource: 'arn:aws:s3:::logs/secret/*' }],
    ['a role', { ...everything, Principal: { AWS: role } }],
    [
      'any organisation but one, through a set',
      {
        ...everything,
        Condition: { 'ForAnyValue:StringNotEquals': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5' } },
      },
    ],
    [
      'outside of everywhere',
      {
        ...everything,
        Condition: { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
      },
    ],
    ['other actions', { ...everything, Action: [], NotAction: 's3:Get*' }],
    [
      'all who sign their requests',
      { ...everything, Condition: { StringNotEquals: { 'aws:userid': 'anonymous' } } },
    ],
  ])('not for %s', (_, deny) => expect(isPublic(policy(read, deny))).toBe(true))

  test('an action each', () => {
    const both: Written = { ...read, Action: ['s3:GetObject', 's3:PutObject'] }
    const put = { ...everything, Action: 's3:PutObject' }
    const get = { ...everything, Action: 's3:GetObject' }
    expect(isPublic(policy(both, put, get))).toBe(false)
    expect(isPublic(policy(both, put))).toBe(true)
    expect(strangersMay(policy(both, put), ['s3:PutObject'])).toBe(false)
    expect(strangersMay(policy(both, put), ['s3:GetObject'])).toBe(true)
  })
})

test('strangersMay', () => {
  const write = ['s3:PutObject', 's3:DeleteObject']
  expect(strangersMay(policy(read), write)).toBe(false)
  expect(strangersMay(policy({ ...read, Action: 's3:*' }), write)).toBe(true)
  expect(strangersMay(policy({ ...read, Action: 's3:delete*' }), write)).toBe(true)
  const allBut = (NotAction: string) => policy({ Principal: '*', NotAction, Resource: '*' })
  expect(strangersMay(allBut('s3:Get*'), write)).toBe(true)
  expect(strangersMay(allBut('s3:*'), write)).toBe(false)
})

test('a statement that is decided wins over one that is not', () => {
  const unknown: Written = { ...read, Action: unset(null) }
  expect(isPublic(policy({ ...read, Principal: { AWS: role } }))).toBe(false)
  expect(isPublic(policy({ ...unknown, Principal: { AWS: role } }))).toBe(false)
})

test('nobody is let in by an empty policy', () => expect(isPublic(policy())).toBe(false))
