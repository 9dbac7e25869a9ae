import { expect, test } from 'vitest'
import { defaultPort, isPastStandardSupport, isWithdrawn } from './database-engine.ts'

test('defaultPort', () => {
  expect(
    ['postgres', 'aurora-postgresql', 'aurora-mysql', 'sqlserver-ex', 'oracle-ee', 'neptune'].map(
      defaultPort,
    ),
  ).toEqual([5432, 5432, 3306, 1433, 1521, undefined])
})

test('standard support ends at the end of its last day', () => {
  const past = (engine: string, version: string, now: string) =>
    isPastStandardSupport(engine, version, new Date(now))
  expect(past('mysql', '5.7.44', '2024-02-29T12:00:00Z')).toBe(false)
  expect(past('mysql', '5.7.44', '2024-03-01T00:00:00Z')).toBe(true)
  expect(past('aurora-mysql', '5.7.mysql_aurora.2.11.2', '2024-03-01')).toBe(false)
  expect(past('aurora-postgresql', '11', '2025-01-01')).toBe(true)
  expect(past('postgres', '110.1', '2040-01-01')).toBe(false)
  expect(past('sqlserver-ex', '15.00', '2040-01-01')).toBe(false)
})

test('isWithdrawn', () => {
  expect(isWithdrawn('mysql', '5.6.51')).toBe(true)
  expect(isWithdrawn('mysql', '5.7')).toBe(false)
  expect(isWithdrawn('postgres', '10.21')).toBe(true)
  expect(isWithdrawn('postgres', '11.1')).toBe(false)
  expect(isWithdrawn('mariadb', '10.3.39')).toBe(true)
})
