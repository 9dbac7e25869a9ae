import { describe, expect, test } from 'vitest'
import { Absent, type Plain } from '../resource.ts'
import { canonicalPolicy, policySteps } from './canonical-policy.ts'

const policy = (value: Plain) => canonicalPolicy('policy', value)
const json = (value: unknown) => policy(JSON.stringify(value))
const parts = (...texts: (string | null)[]) =>
  new Absent('unresolved', 'aws_s3_bucket.b.arn is known after apply', {
    parts: texts,
    from: ['aws_s3_bucket.b'],
  })
const statement = {
  Sid: undefined,
  Effect: 'Allow',
  Principal: undefined,
  NotPrincipal: undefined,
  Action: [],
  NotAction: [],
  Resource: [],
  NotResource: [],
  Condition: [],
}
const nobody = { AWS: [], Service: [], Federated: [], CanonicalUser: [] }

describe('one shape', () => {
  test('a single statement, a single action, a single resource are lists', () => {
    expect(
      json({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
    ).toEqual({
      Version: '2012-10-17',
      Id: undefined,
      Statement: [{ ...statement, Action: ['s3:*'], Resource: ['*'] }],
    })
  })

  test.each([
    ['*', { ...nobody, AWS: ['*'] }],
    [{ AWS: '*' }, { ...nobody, AWS: ['*'] }],
    [{ AWS: 123456789012 }, { ...nobody, AWS: ['123456789012'] }],
    [
      { Service: ['a', 'b'], Federated: 'f' },
      { ...nobody, Service: ['a', 'b'], Federated: ['f'] },
    ],
    [undefined, undefined],
  ])('principal %j', (written, canonical) => {
    expect(json({ Statement: [{ Effect: 'Allow', Principal: written }] })).toMatchObject({
      Statement: [{ Principal: canonical }],
    })
  })

  test('conditions are a list of tests, with keys in lower case', () => {
    const Condition = {
      StringEquals: { 'aws:SourceAccount': '1', 'aws:PrincipalOrgID': ['o-1', 'o-2'] },
      Bool: { 'aws:SecureTransport': false },
    }
    expect(json({ Statement: [{ Effect: 'Deny', Condition }] })).toMatchObject({
      Statement: [
        {
          Condition: [
            { operator: 'StringEquals', key: 'aws:sourceaccount', values: ['1'] },
            { operator: 'StringEquals', key: 'aws:principalorgid', values: ['o-1', 'o-2'] },
            { operator: 'Bool', key: 'aws:securetransport', values: ['false'] },
          ],
        },
      ],
    })
  })

  test('is its own canonical form', () => {
    const once = json({ Statement: [{ Effect: 'Deny', Condition: { Bool: { a: true } } }] })
    expect(policy(once)).toEqual(once)
  })

  test('hostile names are data', () => {
    const read = policy('{"Statement":{"Effect":"Allow","Condition":{"__proto__":{"k":"v"}}}}')
    expect(read).toMatchObject({
      Statement: [{ Condition: [{ operator: '__proto__', key: 'k', values: ['v'] }] }],
    })
  })
})

describe('what is no document', () => {
  test.each([
    ['{', 'policy is not valid JSON'],
    ['"text"', 'policy is not a policy document'],
    ['[]', 'policy is not a policy document'],
    [5, 'policy is not a policy document'],
  ])('%s', (written, reason) => {
    const read = policy(written)
    expect(read).toBeInstanceOf(Absent)
    expect(read).toMatchObject({ kind: 'unresolved', reason })
  })

  test('empty text is no policy', () => {
    expect(policy(' ')).toBeUndefined()
    expect(policy(null)).toBeUndefined()
  })

  test('one broken statement leaves the others', () => {
    const read = json({ Statement: ['x', { Effect: 'Allow', Action: '*' }, { Action: '*' }] })
    expect(read).toMatchObject({
      Statement: [
        { reason: 'policy has a statement that is no object' },
        { Effect: 'Allow', Action: ['*'] },
        { Effect: { reason: 'policy has a statement without Effect' }, Action: ['*'] },
      ],
    })
  })

  test('depth is bounded', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(policy(`{"Statement":[{"Effect":"Allow","Action":${deep}}]}`)).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: [expect.any(Absent)] }],
    })
  })
})

describe('partly known', () => {
  test('a value with holes keeps the rest', () => {
    const hidden = parts('arn:', null)
    const read = policy(
      new Absent('unresolved', 'computed', {
        json: {
          Statement: [
            { Effect: 'Allow', Action: '*', Resource: hidden },
            new Absent('unresolved', 'more', { many: true }),
          ],
        },
      }),
    )
    expect(read).toMatchObject({
      Statement: [
        { Action: ['*'], Resource: [hidden] },
        { reason: 'more', many: true },
      ],
    })
  })

  test('text with a hole inside a string', () => {
    const read = policy(
      parts('{"Statement":[{"Effect":"Allow","Action":"*","Resource":"', null, '/*"}]}'),
    )
    expect(read).toMatchObject({
      Statement: [
        {
          Action: ['*'],
          Resource: [
            {
              reason: 'aws_s3_bucket.b.arn is known after apply',
              parts: [null, '/*'],
              from: ['aws_s3_bucket.b'],
            },
          ],
        },
      ],
    })
  })

  test('text with a hole that stands for a value', () => {
    const read = policy(parts('{"Statement":[{"Effect":"Allow","Action":', null, '}]}'))
    expect(read).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: [{ many: true, parts: undefined }] }],
    })
  })

  test('a hole in the key of a condition', () => {
    const read = policy(
      parts(
        '{"Statement":[{"Effect":"Allow","Condition":{"StringEquals":{"',
        null,
        ':Sub":"repo:x"}}}]}',
      ),
    )
    expect(read).toMatchObject({
      Statement: [{ Condition: [{ key: { parts: [null, ':sub'] }, values: ['repo:x'] }] }],
    })
  })

  test('escaped quotes do not end a string', () => {
    const read = policy(parts('{"Id":"a\\"', null, '\\\\","Statement":[]}'))
    expect(read).toMatchObject({ Id: { parts: ['a"', null, '\\'] }, Statement: [] })
  })

  test('what cannot be told apart stays unknown as a whole', () => {
    for (const broken of [parts(null, '}'), parts('{"Id":"\uE000', null, '"}')])
      expect(policy(broken)).toBe(broken)
    const nothing = new Absent('unresolved', 'x')
    expect(policy(nothing)).toBe(nothing)
  })

  test('an unknown that may be one text or a list is any number of elements', () => {
    const x = new Absent('unresolved', 'x')
    const read = policy({
      Statement: [{ Effect: 'Allow', Action: x, Principal: x, Condition: { Bool: x } }],
    })
    expect(read).toMatchObject({
      Statement: [{ Action: [{ many: true }], Principal: x, Condition: [{ many: true }] }],
    })
  })
})

describe('the way back to what was written', () => {
  const written = JSON.stringify({
    Statement: [
      {
        Action: 's3:*',
        Principal: '*',
        Resource: ['a', 'b'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringLike: { k: ['x', 'y'] } },
      },
    ],
  })
  test.each([
    [
      ['Statement', 0, 'Action', 0],
      ['Statement', 0, 'Action'],
    ],
    [
      ['Statement', 0, 'Resource', 1],
      ['Statement', 0, 'Resource', 1],
    ],
    [
      ['Statement', 0, 'Principal', 'AWS', 0],
      ['Statement', 0, 'Principal'],
    ],
    [
      ['Statement', 0, 'Condition', 0, 'values', 0],
      ['Statement', 0, 'Condition', 'Bool', 'aws:SecureTransport'],
    ],
    [
      ['Statement', 0, 'Condition', 1, 'values', 1],
      ['Statement', 0, 'Condition', 'StringLike', 'k', 1],
    ],
    [
      ['Statement', 0, 'Condition', 1, 'key'],
      ['Statement', 0, 'Condition', 'StringLike', 'k'],
    ],
    [
      ['Statement', 0, 'NotAction'],
      ['Statement', 0],
    ],
    [['Version'], ['Version']],
  ])('%j', (path, steps) => expect(policySteps(written, path)).toEqual(steps))

  test('a single statement has no index', () => {
    expect(policySteps({ Statement: { Action: ['a'] } }, ['Statement', 0, 'Action', 0])).toEqual([
      'Statement',
      'Action',
      0,
    ])
  })
})
