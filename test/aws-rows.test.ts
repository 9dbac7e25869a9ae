import { expect, test } from 'vitest'
import type { Check } from '../src/check.ts'
import type { Row } from '../src/sources/aws/row.ts'
import { collectedTypes, isCollected, rowOf } from '../src/sources/aws/rows.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import { checkSources } from './check-harness.ts'
import { readingsOf } from './check-readings.ts'

test('every row is where the index says, and says what it takes', async () => {
  for (const type of collectedTypes) {
    const row = await rowOf(type)
    expect(row?.type, type).toBe(type)
    for (const permission of permissionsOf(row))
      expect(permission, type).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/)
  }
})

test('rows tell only what the vocabulary knows, and no detail tells what another does', async () => {
  const { types } = await loadVocabulary(collectedTypes)
  for (const type of collectedTypes) {
    const row = await rowOf(type)
    const told = row?.details.flatMap(({ attributes }) => attributes) ?? []
    expect(new Set(told).size, type).toBe(told.length)
    const schema = types.get(type)?.schema
    expect(schema, type).toBeDefined()
    for (const name of [...(row?.attributes ?? []), ...told])
      expect(schema?.[name], `${type}.${name}`).toBeDefined()
  }
})

test('every type that a check names or asks for is collected', async () => {
  const types = (await readings()).flatMap(reading => [...reading.keys()])
  expect([...new Set(types)].filter(type => !isCollected(type)).sort()).toEqual([])
})

test('every attribute that a check reads of a running account is told by a row', async () => {
  const untold = new Set<string>()
  for (const reading of await readings())
    for (const [type, names] of reading) {
      const row = await rowOf(type)
      const told = new Set([
        ...(row?.attributes ?? []),
        ...(row?.details.flatMap(detail => detail.attributes) ?? []),
      ])
      for (const name of names)
        if (!told.has(name) && !(name === 'tags_all' && told.has('tags')))
          untold.add(`${type}.${name}`)
    }
  expect([...untold].sort()).toEqual([])
})

async function readings() {
  const sources = await checkSources()
  const checks = sources.flatMap(source => source.checks).filter(isForLive)
  return Promise.all(checks.map(readingsOf))
}

function isForLive(check: Check): boolean {
  return check.provider === 'aws' && check.on !== 'code'
}

function permissionsOf(row: Row | null): readonly string[] {
  return row === null
    ? []
    : [...row.permissions, ...row.details.flatMap(detail => detail.permissions)]
}
