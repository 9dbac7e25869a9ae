import { expect, test } from 'vitest'
import type { Check } from '../src/check.ts'
import { pathOf } from '../src/engine/explore.ts'
import { judgeOf } from '../src/engine/judge.ts'
import { relate } from '../src/engine/relate.ts'
import type { Row } from '../src/sources/aws/row.ts'
import { collectedTypes, isCollected, liveTypeOf, rowOf } from '../src/sources/aws/rows.ts'
import { knowledgeOf } from '../src/vocabulary/knowledge.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import { checkSources, estatesOf } from './check-harness.ts'

const now = new Date('2026-01-01T00:00:00Z')

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
  const { types } = await readings()
  expect([...types].filter(type => !isCollected(type)).sort()).toEqual([])
})

test('every attribute that a check reads of a running account is told by a row', async () => {
  const { attributes } = await readings()
  const untold: string[] = []
  for (const [type, names] of attributes) {
    const live = liveTypeOf(type)
    const row = await rowOf(live)
    const told = new Set([
      ...(row?.attributes ?? []),
      ...(row?.details.flatMap(detail => detail.attributes) ?? []),
      'tags_all',
    ])
    for (const name of names) if (!told.has(name)) untold.push(`${live}.${name}`)
  }
  expect([...new Set(untold)].sort()).toEqual([])
})

/** What the checks' own examples make them read. */
async function readings() {
  const types = new Set<string>()
  const attributes = new Map<string, Set<string>>()
  for (const { checks } of await checkSources())
    for (const check of checks.filter(isForLive)) {
      for (const type of check.types) types.add(type)
      for (const example of [...check.bad, ...(check.good ?? [])])
        for (const { tables, resources } of await estatesOf(check, example)) {
          const linked = relate(tables, resources)
          const judge = judgeOf(check, {
            now,
            knows: knowledgeOf(tables),
            related(resource, type, which) {
              types.add(type)
              return linked(resource, type, which)
            },
          })
          for (const resource of resources.filter(each => check.types.some(t => t === each.type)))
            for (const read of judge.traced(resource).reads) {
              const [name] = pathOf(read.place)
              if (typeof name !== 'string' || name.startsWith('aws_')) continue
              const names = attributes.get(read.resource.type) ?? new Set()
              attributes.set(read.resource.type, names.add(name))
            }
        }
    }
  return { types, attributes }
}

function isForLive(check: Check): boolean {
  return check.provider === 'aws' && check.on !== 'code'
}

function permissionsOf(row: Row | null): readonly string[] {
  return row === null
    ? []
    : [...row.permissions, ...row.details.flatMap(detail => detail.permissions)]
}
