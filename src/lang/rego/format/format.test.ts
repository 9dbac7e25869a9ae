import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegoError } from '../error.ts'
import { parseModule } from '../syntax/module.ts'
import { formatRego } from './index.ts'

/** NAME.rego and what opa fmt 1.22.2 makes of it: `npm run compare:rego -- fmt test/fixtures/rego-format`. */
const folder = join(import.meta.dirname, '../../../../test/fixtures/rego-format')
const cases = readdirSync(folder)
  .filter(name => name.endsWith('.rego'))
  .map(name => ({
    name,
    version: name.endsWith('.v0.rego') ? ('v0' as const) : ('v1' as const),
    text: readFileSync(join(folder, name), 'utf8'),
    formatted: readFileSync(join(folder, name.replace(/\.rego$/, '.formatted')), 'utf8'),
  }))

describe('layout is opa’s', () => {
  test.each(cases)('$name', ({ name, version, text, formatted }) => {
    expect(formatRego(name, text, version)).toBe(formatted)
    expect(formatRego(name, formatted, version)).toBe(formatted)
  })
})

describe('what opa would change, or lose', () => {
  const rule = (line: string): string => `package a\n\np if {\n\t${line}\n\tx\n}\n`

  test.each([
    ['x == (1 in [1])', 'x == (1 in [1])'],
    ['1 == (2 == 3)', '1 == (2 == 3)'],
    ['1 in ([1] in [[1]])', '1 in ([1] in [[1]])'],
    ['1 == 2 == 3', '1 == 2 == 3'],
    ['(x + 1) * 2 == y', '(x + 1) * 2 == y'],
    ['x - (y - z) == 1', 'x - (y - z) == 1'],
  ])('parentheses that mean something stay: %s', (line, formatted) => {
    expect(formatRego('a.rego', rule(line))).toBe(rule(formatted))
  })

  test('comments within a list that goes on one line', () => {
    const text = rule('x := [{\n\t\t"a": 1, # one\n\t\t# two\n\t\t"b": 2\n\t}] # three\n\t# four')
    expect(formatRego('a.rego', text)).toBe(text.replace('\n\t# four', '\n\n\t# four'))
  })

  test('a module that does not parse is refused with its place', () => {
    expect(() => formatRego('a.rego', 'package a\n\np if {')).toThrow(
      expect.objectContaining({ code: 'rego_parse_error', location: expect.anything() }),
    )
  })
})

/** Space, breaks and comments where they mean nothing, or nearly. */
type Change = readonly [at: number, kind: 'blank' | 'comment' | 'behind' | 'break' | 'join']

test('whatever is said in comments is kept, means the same, and settles at once', () => {
  const changes: fc.Arbitrary<readonly Change[]> = fc.array(
    fc.tuple(fc.nat(200), fc.constantFrom('blank', 'comment', 'behind', 'break', 'join')),
    { minLength: 1, maxLength: 6 },
  )
  let formatted = 0
  fc.assert(
    fc.property(fc.constantFrom(...cases), changes, ({ name, version, text }, made) => {
      const changed = made.reduce(change, text)
      if (!parses(name, changed, version)) return
      // It throws where the result would not be the same module with the same comments.
      const once = formatRego(name, changed, version)
      expect(formatRego(name, once, version)).toBe(once)
      formatted++
    }),
    { numRuns: 400, seed: 20 },
  )
  expect(formatted).toBeGreaterThan(100)
})

function change(text: string, [at, kind]: Change): string {
  const lines = text.split('\n')
  const row = at % lines.length
  const line = lines[row] ?? ''
  if (line.includes('`') || line.includes('#')) return text
  switch (kind) {
    case 'blank':
      return lines.toSpliced(row, 0, '').join('\n')
    case 'comment':
      return lines.toSpliced(row, 0, `# ${at}`).join('\n')
    case 'behind':
      return lines.with(row, `${line} # ${at}`).join('\n')
    case 'break':
      return lines
        .with(
          row,
          line.replace(/[,{[(] */, found => `${found}\n`),
        )
        .join('\n')
    case 'join':
      return lines.toSpliced(row, 2, `${line} ${lines[row + 1] ?? ''}`).join('\n')
  }
}

function parses(name: string, text: string, version: 'v0' | 'v1'): boolean {
  try {
    parseModule(name, text, version)
    return true
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return false
  }
}
