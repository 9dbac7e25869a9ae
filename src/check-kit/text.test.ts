import { describe, expect, test } from 'vitest'
import { Absent, Missing } from '../resource.ts'
import { contains, endsWith, equals, filled, isOneOf, isSame, startsWith } from './text.ts'

const text = (...parts: (string | null)[]) =>
  new Absent('unresolved', 'var.name has no value', { parts, from: ['var.name'] })
const nothing = new Absent('unresolved', 'var.name has no value')

describe('literal parts decide where they can', () => {
  test('equals', () => {
    expect(equals('*', '*')).toBe(true)
    expect(equals(text('arn:', null), '*')).toBe(false)
    expect(equals(text(null, '/*'), '*')).toBe(false)
    expect(equals(text('ab', null, 'ba'), 'aba')).toBe(false)
    expect(equals(text('a', null, 'x', null, 'c'), 'abc')).toBe(false)
    for (const one of [text(null), text(null, '*'), nothing, text('*', null)])
      expect(() => equals(one, '*')).toThrow(Missing)
    expect(() => equals(text('a', null, 'b', null, 'c'), 'abc')).toThrow(Missing)
  })

  test('isOneOf', () => {
    expect(isOneOf('b', ['a', 'b'])).toBe(true)
    expect(isOneOf(text('x', null), ['a', 'b'])).toBe(false)
    expect(() => isOneOf(text('a', null), ['ab', 'b'])).toThrow(Missing)
  })

  test('startsWith and endsWith', () => {
    expect(startsWith(text('arn:aws:', null), 'arn:')).toBe(true)
    expect(startsWith(text('s3:', null), 'arn:')).toBe(false)
    expect(() => startsWith(text('ar', null), 'arn:')).toThrow(Missing)
    expect(endsWith(text(null, '/*'), '/*')).toBe(true)
    expect(endsWith(text(null, 'x'), '/*')).toBe(false)
    expect(() => endsWith(text('/*', null), '/*')).toThrow(Missing)
  })

  test('contains', () => {
    expect(contains(text(null, 'AKIA'), 'AKIA')).toBe(true)
    expect(contains('a1', /\d/)).toBe(true)
    expect(() => contains(text('x', null), /\d/)).toThrow(Missing)
  })
})

test('a hole can be filled', () => {
  expect([filled(text('a', null), '-'), filled('a', '-'), filled(nothing, '-')]).toEqual([
    'a-',
    'a',
    null,
  ])
})

test('the same expression gives the same text', () => {
  expect(isSame(text(null, '/*'), text(null, '/*'))).toBe(true)
  expect(isSame(text(null, '/*'), text(null, '/a'))).toBe(false)
  expect(isSame(nothing, nothing)).toBe(false)
  expect(isSame('a', 'a')).toBe(true)
  expect(isSame('a', text(null))).toBe(false)
})
