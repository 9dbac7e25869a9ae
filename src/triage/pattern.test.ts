import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern, PatternError } from './pattern.ts'

describe('as re.search says', () => {
  test.each([
    ['logs', 'ci-logs-replica', true],
    ['i-123', 'i-1234', true],
    ['s3_bucket_public', 's3_bucket_public_access', true],
    ['env=dev', 'env=development', true],
    ['Logs', 'logs', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['eu-*', 'eu-west-1', true],
    ['prod-*-logs', 'my-prod-eu-logs-2', true],
    ['prod-*-logs', 'logs-prod-eu', false],
    ['a*a', 'a', false],
    ['[0-9]*', 'x', false],
    ['x[0-9]*y', 'x1abcy', true],
    ['^logs$', 'logs', true],
    ['^logs$', 'logs\n', true],
    ['^logs$', 'logs-2', false],
    ['a.c', 'abc', true],
    ['a*c', 'a\nc', false],
    ['a=b|c=d', 'x=y | c=d', true],
    ['^(?:dev|test)-', 'test-1', true],
    ['^(?!prod-)', 'prod-1', false],
    ['^(?!prod-)', 'dev-1', true],
    ['^(?!.*prod)(?=dev).+$', 'dev-1', true],
    ['^(?!.*prod)(?=dev).+$', 'dev-prod', false],
    ['^(?!.*prod)(?=dev).+$', 'test', false],
    ['\\d{2}', '١٢', true],
    ['^\\w+$', 'größe_1', true],
    ['^[\\w-]+$', 'größe-1', true],
    ['a{,2}b', 'b', true],
    ['(?P<n>ab)+', 'xabab', true],
    ['(?i)PROD', 'prod', true],
    ['[]]', ']', true],
    ['[$]', '$', true],
    ['abc\\Z', 'abc\n', false],
  ])('%j in %j: %s', (source, text, expected) => {
    expect(compilePattern(source).found(text)).toBe(expected)
  })
})

test.each([
  ['logs', 'logs', true],
  ['logs', 'logs-2', false],
  ['logs*', 'logs-2', true],
  ['*logs', 'logs-2', false],
  ['a*a', 'a', false],
  ['a*b*c', 'axbxc', true],
  ['a*b*c', 'axxc', false],
  ['a+', 'aaa', true],
  ['a+', 'aab', false],
])('whole: %j is %j: %s', (source, text, expected) => {
  expect(compilePattern(source).whole(text)).toBe(expected)
})

test('string search answers as the engine does', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '-'), { maxLength: 6 })
  const texts = fc.array(fc.constantFrom('a', 'b', '-', '\n'), { maxLength: 8 })
  fc.assert(
    fc.property(letters, texts, (pattern, characters) => {
      const source = pattern.join('')
      const text = characters.join('')
      const { found, whole } = compilePattern(source)
      const { found: byEngine, whole: wholeByEngine } = compilePattern(`(?:${source})`)
      expect([found(text), whole(text)]).toEqual([byEngine(text), wholeByEngine(text)])
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['(', 'missing closing )'],
  ['[a', 'missing closing ]'],
  ['a(?=b)', 'look-around'],
  ['(?<!a)b', 'look-around'],
  ['(?!a)b', 'look-around'],
  ['^(?!a)b|c', 'alternatives'],
  ['(a)\\1', 'back-reference'],
  ['(?P<n>a)(?P=n)', 'back-reference'],
  ['+', 'missing argument'],
  ['x'.repeat(2_001), 'longer than'],
])('%j is refused', (source, reason) => {
  expect(() => compilePattern(source)).toThrow(PatternError)
  expect(() => compilePattern(source)).toThrow(reason)
})

test('a catastrophic pattern ends', () => {
  const text = `${'a'.repeat(5_000)}!`
  expect(compilePattern('^(a+)+$').found(text)).toBe(false)
  expect(compilePattern('(a|aa)+$').found(text)).toBe(false)
  expect(compilePattern('a*'.repeat(50)).found(text)).toBe(true)
})
