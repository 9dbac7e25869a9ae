import { describe, expect, test } from 'vitest'
import { compare } from './equivalence/compare.ts'
import { pairs as compute } from './equivalence/compute.ts'
import { pairs as identity } from './equivalence/identity.ts'
import { pairs as network } from './equivalence/network.ts'
import { pairs as records } from './equivalence/records.ts'
import { pairs as settings } from './equivalence/settings.ts'
import { pairs as storage } from './equivalence/storage.ts'

/** One vocabulary: what code declares and what an account answers come out with equal attributes. */
const pairs = [...compute, ...identity, ...network, ...records, ...settings, ...storage]

test('at least twelve types are compared', () => {
  expect(new Set(pairs.map(({ type }) => type)).size).toBeGreaterThanOrEqual(12)
})

describe('equal from code and from the wire', () => {
  test.each(pairs.map(pair => [pair.type, pair] as const))('%s', async (_, pair) => {
    const { equal, different } = await compare(pair)
    expect(different).toEqual([])
    expect(equal).toEqual(expect.arrayContaining(pair.proves.split(/\s+/)))
  })
})
