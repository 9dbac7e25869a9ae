import { expect, test } from 'vitest'
import { exitCode } from './exit.ts'

const none = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 }
const gap = { kind: 'files', subject: 'a.tf', reason: 'torn' } as const
const clean = { failing: none, unknown: 0, gaps: [], percent: 100, interrupted: false }

test('findings are 1, and win over a gap', () => {
  expect(exitCode({ ...clean, failing: { ...none, low: 1 } }, {})).toBe(1)
  expect(exitCode({ ...clean, failing: { ...none, low: 1 }, gaps: [gap] }, {})).toBe(1)
})

test('--fail-on leaves lower findings out', () => {
  expect(exitCode({ ...clean, failing: { ...none, medium: 3 } }, { failOn: 'high' })).toBe(0)
  expect(exitCode({ ...clean, failing: { ...none, high: 1 } }, { failOn: 'high' })).toBe(1)
})

test('--soft-fail hides findings, never a gap', () => {
  const found = { ...clean, failing: { ...none, high: 1 } }
  expect(exitCode(found, { softFail: true })).toBe(0)
  expect(exitCode({ ...found, gaps: [gap] }, { softFail: true })).toBe(3)
})

test('a gap is 3, unless its kind is accepted or enough was decided', () => {
  expect(exitCode({ ...clean, gaps: [gap] }, {})).toBe(3)
  expect(exitCode({ ...clean, gaps: [gap] }, { acceptGap: ['files'] })).toBe(0)
  expect(exitCode({ ...clean, gaps: [gap] }, { acceptGap: ['modules'] })).toBe(3)
  expect(exitCode({ ...clean, gaps: [gap], percent: 96 }, { minCoverage: 95 })).toBe(0)
  expect(exitCode({ ...clean, gaps: [gap], percent: 94 }, { minCoverage: 95 })).toBe(3)
})

test('UNKNOWN counts only under --unknown fail', () => {
  expect(exitCode({ ...clean, unknown: 2 }, {})).toBe(0)
  expect(exitCode({ ...clean, unknown: 2 }, { unknown: 'fail' })).toBe(1)
})

test('an interrupt is 130 whatever was found', () => {
  expect(exitCode({ ...clean, failing: { ...none, high: 1 }, interrupted: true }, {})).toBe(130)
})
