import { describe, expect, test } from 'vitest'
import { Absent, Missing } from '../../resource.ts'
import { anything, covers, coversAction, meets, overlaps } from './wildcard.ts'

const unset = (...parts: (string | null)[]) =>
  new Absent('unresolved', 'var.name has no value', { parts, from: ['var.name'] })
const computed = (...parts: (string | null)[]) =>
  new Absent('unresolved', 'aws_s3_bucket.a.id is known after apply', {
    parts,
    from: ['aws_s3_bucket.a'],
  })

describe('covers', () => {
  test.each([
    ['*', 'anything'],
    ['s3:*', 's3:GetObject'],
    ['s3:Get*', 's3:GetObject'],
    ['s3:Get*', 's3:Get*'],
    ['a?c', 'abc'],
    ['*a*b*', 'xxaxxbxx'],
    ['**', ''],
    ['*', anything],
    [`arn:*:s3:::*`, `arn:aws:s3:::${anything}`],
  ])('%s covers %s', (pattern, value) => expect(covers(pattern, value)).toBe(true))

  test.each([
    ['s3:Get*', 's3:*'],
    ['s3:Get', 's3:GetObject'],
    ['a?c', 'ac'],
    ['A', 'a'],
    ['*a', 'ab'],
    ['', 'a'],
    ['arn:aws:s3:::logs/*', anything],
  ])('%s does not cover %s', (pattern, value) => expect(covers(pattern, value)).toBe(false))

  test('many stars take no exponential time', () => {
    expect(covers('*a'.repeat(2000), 'a'.repeat(4000))).toBe(true)
    expect(() => covers('*a'.repeat(50_000), 'a'.repeat(100_000))).toThrow(Missing)
    expect(() => meets('*a'.repeat(50_000), 'a*'.repeat(50_000))).toThrow(Missing)
    expect(covers(`${'*a'.repeat(200)}b`, 'a'.repeat(4000))).toBe(false)
  })

  test('holes', () => {
    expect(covers('*', unset(null, '/*'))).toBe(true)
    expect(covers(unset(null, '/*'), unset(null, '/*'))).toBe(true)
    expect(covers(unset('arn:aws:s3:::', null), anything)).toBe(false)
    expect(covers('arn:aws:s3:::logs', unset('arn:aws:sqs:', null))).toBe(false)
    expect(() => covers(unset(null), anything)).toThrow(Missing)
    expect(() => covers('arn:aws:s3:::logs/*', unset(null, '/*'))).toThrow(Missing)
  })

  test('a computed id is no wildcard, but may be a name', () => {
    expect(covers(computed(null), anything)).toBe(false)
    expect(() => covers(computed(null), 'logs')).toThrow(Missing)
  })
})

test('actions are compared without regard to letter case', () => {
  expect(coversAction('S3:getobject', 's3:GetObject')).toBe(true)
  expect(coversAction(unset('s3:', null), 'iam:PassRole')).toBe(false)
  expect(() => coversAction(unset('s3:', null), 's3:GetObject')).toThrow(Missing)
})

describe('overlaps', () => {
  test.each([
    ['s3:Get*', 's3:*Object'],
    ['*', ''],
    ['*', 'a'],
    ['a*', '*b'],
    ['a?c', 'ab*'],
    ['abc', 'abc'],
    ['**a', 'a**'],
    ['*a*', '*b*'],
  ])('%s and %s', (one, other) => {
    expect(overlaps(one, other)).toBe(true)
    expect(overlaps(other, one)).toBe(true)
  })

  test.each([
    ['s3:Get*', 's3:Put*'],
    ['a', ''],
    ['a?', 'a'],
    ['*a', '*b'],
    ['ab*', 'a'],
  ])('not %s and %s', (one, other) => {
    expect(overlaps(one, other)).toBe(false)
    expect(overlaps(other, one)).toBe(false)
  })

  test('meets', () => {
    expect(meets('S3:Get*', 's3:*')).toBe(true)
    expect(meets(unset('s3:', null), 'iam:*')).toBe(false)
    expect(() => meets(unset('s3:', null), 's3:*')).toThrow(Missing)
  })
})
