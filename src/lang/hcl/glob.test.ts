import picomatch from 'picomatch'
import { expect, test } from 'vitest'
import { globMatcher } from './glob.ts'
import { Refused } from './scope.ts'

const paths = ['a', 'a.tf', '.a', 'b/a.tf', 'b/c/a.tf', 'b/c/d', 'ab', 'a]', '{a}', 'a*', 'é.tf']

test.each([
  '*',
  '*.tf',
  '**',
  '**/*.tf',
  'b/**',
  'b/**/a.tf',
  'b/*/a.tf',
  '?.tf',
  '[ab]*',
  '[^a]*',
  '[a-c]',
  '{a,b/*}.tf',
  '{b/**,a}',
  'a\\*',
  '\\{a\\}',
  'a',
  '',
  '.*',
  '***',
])('%s fits what it fits elsewhere', pattern => {
  const known = pattern === '' ? () => false : picomatch(pattern, { dot: true })
  const fits = globMatcher(pattern)
  expect(paths.filter(fits)).toEqual(paths.filter(path => known(path)))
})

test('[!a] is not a, as [^a] is', () => {
  expect(paths.filter(globMatcher('[!a]*'))).toEqual(['.a', '{a}', 'é.tf'])
})

test.each(['[', '[]', 'a[', '{', '{a', 'a\\', '[z-a]', '{'.repeat(500), 'a'.repeat(5_000)])(
  '%s is refused',
  pattern => {
    expect(() => globMatcher(pattern)('a')).toThrow(Refused)
  },
)

test.each([
  `${'*a'.repeat(60)}*b`,
  `${'**/a/'.repeat(60)}b`,
  `${'{a,aa}'.repeat(60)}b`,
  `${'{a,*}'.repeat(60)}b`,
])('%s comes to an end', pattern => {
  const fits = globMatcher(pattern)
  expect(fits('a'.repeat(250))).toBe(false)
  expect(fits('a/'.repeat(1_000))).toBe(false)
})
