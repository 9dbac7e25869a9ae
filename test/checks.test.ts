import { describe, test } from 'vitest'
import { type Example, sidesOf } from '../src/check.ts'
import { checkSources } from './check-harness.ts'
import { decidesNothing, fails, mends, passes } from './check-invariants.ts'

/** Every check's examples are its tests. `npx vitest run test/checks.test.ts -t <id>` runs one check. */
const sources = await checkSources()

for (const { checks } of sources) {
  for (const check of checks.flatMap(sidesOf)) {
    describe(check.id, () => {
      test.each(check.bad.map(named))('bad: %s', (_, example) => fails(check, example))
      test.each((check.good ?? []).map(named))('good: %s', (_, example) => passes(check, example))
      test('nothing known is nothing decided', () => decidesNothing(check))
      if (check.set) test('`set` mends every bad example', () => mends(check))
    })
  }
}

function named(example: Example, at: number): [string, Example] {
  const text = typeof example === 'string' ? example : JSON.stringify(example)
  return [`${at + 1} ${text.trim().replace(/\s+/g, ' ').slice(0, 80)}`, example]
}
