import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { readSimpleBlock } from './simple-block.ts'

/** As the library reads it; undefined where it complains. */
function library(lines: readonly string[]): unknown {
  const document = parseDocument(lines.join('\n'), { uniqueKeys: true })
  if (document.errors.length > 0) return undefined
  const value: unknown = document.toJS({ mapAsMap: true })
  return value instanceof Map ? new Map([...value].map(([key, it]) => [key, plain(it)])) : undefined
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value
  return Object.fromEntries([...value].map(([key, it]) => [key, plain(it)]))
}

test('reads what METADATA mostly is', () => {
  const lines = [
    'title: Buckets of acme are private',
    'description: See https://example.com/a#b, (or not) 100%',
    'entrypoint: true',
    'organizations:',
    '- Acme Inc.',
    'custom:',
    '  severity: HIGH',
    '  frameworks:',
    '    - cis-1.2',
    '  deep:',
    '      er: yes',
    '',
  ]
  expect(readSimpleBlock(lines)).toEqual(library(lines))
  expect(readSimpleBlock(lines)?.get('custom')).toEqual({
    severity: 'HIGH',
    frameworks: ['cis-1.2'],
    deep: { er: 'yes' },
  })
})

test.each([
  'a: 1',
  'a: "b"',
  'a: b: c',
  'a: b #c',
  'a:',
  'a: Null',
  'null: a',
  'a: b\na: c',
  'a: b\n  c',
  'a: >\n  b',
  'a:\n  b: c\n d: e',
  'a: b\n\nc: d',
  'a: [b]',
  'a: é',
])('leaves %j to the library', text => {
  expect(readSimpleBlock(text.split('\n'))).toBeUndefined()
})

test('reads no block otherwise than the library', () => {
  const pieces = ['a:', 'b: x', 'c', ' ', '  ', '- ', '- y', ': ', ' #', 'true', ':', 'd: e f', '#']
  let state = 42
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 16) % below
  }
  let read = 0
  for (let round = 0; round < 20_000; round++) {
    const lines = Array.from({ length: 1 + random(4) }, () =>
      Array.from({ length: 1 + random(3) }, () => pieces[random(pieces.length)]).join(''),
    )
    const own = readSimpleBlock(lines)
    if (own === undefined) continue
    read++
    expect(own, lines.join('\n')).toEqual(library(lines))
  }
  expect(read).toBeGreaterThan(200)
})
