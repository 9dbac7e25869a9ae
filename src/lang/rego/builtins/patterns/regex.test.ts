import { expect, test } from 'vitest'
import { compile, RegoError } from '../../index.ts'
import { toNative } from './native.ts'

const text = 'a'.repeat(5_000)
const policy = compile({ 'p.rego': 'package p\nhit if regex.match(input.pattern, input.text)\n' })
const isMatch = (pattern: string, subject: string): boolean =>
  policy.query('data.p.hit', { input: { pattern, text: subject } }).length > 0

test.each([
  '^(a|a)*$',
  '^(?:a|aa)+$',
  '(\\w|a)*b',
  '(a|b|ab){0,60}c',
  '(?:a|a){30}b',
  `${'(?:a|a)'.repeat(30)}b`,
  `${'a?'.repeat(30)}${'a'.repeat(30)}b`,
  'a{0,999}a{0,999}a{0,999}a{0,999}b',
  'a*a*b',
  'a{999}b',
  '.*.*=',
])('%s comes to an end, whatever the text', pattern => {
  for (const subject of [text, `${text}!`, 'b'.repeat(5_000)]) {
    try {
      isMatch(pattern, subject)
    } catch (error) {
      // An evaluation that costs too much says so.
      expect(error).toBeInstanceOf(RegoError)
    }
  }
})

test.each([
  ['^(dev|test|prod)-[a-z0-9-]+$', 'prod-data', true],
  ['^(dev|test|prod)-[a-z0-9-]+$', 'qa-data', false],
  ['^arn:aws:.*:role/.*$', 'arn:aws:iam::123456789012:role/ci', true],
  ['(user|role)?/x', 'role/x', true],
  ['[a-z]{2,63}', 'a', false],
  ['(ab)+c', 'ababc', true],
])('%s on %s is %s, by either engine', (pattern, subject, matches) => {
  expect(toNative(pattern)).toBeDefined()
  expect(isMatch(pattern, subject)).toBe(matches)
  // So long that the other engine takes it; the pattern finds what it found where nothing is added in its way.
  if (!pattern.endsWith('$'))
    expect(isMatch(pattern, `${subject} ${' '.repeat(2_000_000)}`)).toBe(matches)
})
