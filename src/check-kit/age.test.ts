import { expect, test } from 'vitest'
import { daysSince } from './age.ts'

const now = new Date('2026-01-31T12:00:00Z')

test.each([
  ['2026-01-31T11:59:59Z', 0],
  ['2026-01-30T12:00:01Z', 0],
  ['2026-01-30T12:00:00Z', 1],
  ['2025-12-31T12:00:00+00:00', 31],
  ['2026-02-01T12:00:00Z', -1],
  ['N/A', null],
  [undefined, null],
])('%s: %s', (moment, days) => expect(daysSince(moment, now)).toBe(days))
