import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, jsonText, plain, plainLines, valueText } from './text.ts'

test.each([
  ['nothing to do', 'größe 日本 🚀', 'größe 日本 🚀'],
  ['colour', 'a\u001b[31;1mred\u001b[0mb', 'aredb'],
  ['clear screen in one byte', 'a\u009b2Jb', 'ab'],
  ['window title', 'a\u001b]0;title\u0007b', 'ab'],
  ['link', '\u001b]8;;https://evil.example\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['unfinished title hides nothing', 'a\u001b]0;rest', 'a]0;rest'],
  ['line ends and tabs', 'a\r\nb\tc\u2028d', 'a b c d'],
  ['bell, backspace, delete, null', 'a\u0007\b\u007f\0b', 'ab'],
  ['order overrides', 'a\u202egpj.exe\u202c\u2066b\u2069', 'agpj.exeb'],
  ['zero width', 'a\u200bb\ufeffc', 'abc'],
  ['lone surrogates', 'a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
])('plain: %s', (_, given, expected) => {
  expect(plain(given)).toBe(expected)
})

test('plain leaves no control character whatever it gets', () => {
  const character = fc.constantFrom(
    '\u001b',
    '[',
    ']',
    '0',
    ';',
    'm',
    '\u0007',
    '\\',
    '\u009b',
    'é',
  )
  fc.assert(
    fc.property(fc.array(character), parts => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(plain(parts.join(''))).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
    }),
  )
})

test('plain on a million unfinished sequences ends', () => {
  expect(plain('\u001b]'.repeat(1_000_000))).toBe(']'.repeat(1_000_000))
  expect(plain('\u0090'.repeat(1_000_000))).toBe('')
})

test('lines stay lines', () => {
  expect(plainLines('a\u001b[1m\r\nb')).toBe('a\nb')
})

test('JSON loses nothing and passes nothing on', () => {
  const value = { '\u009b': 'a\u001b\u2028\u202e\ufeff\u200b' }
  expect(JSON.parse(jsonText(value))).toEqual(value)
  expect(jsonText(value)).toBe(String.raw`{"\u009b":"a\u001b\u2028\u202e\ufeff\u200b"}`)
  expect(jsonText(undefined)).toBe('null')
})

test('cut does not split a character', () => {
  expect(cut('abcdef', 6)).toBe('abcdef')
  expect(cut('abcdefg', 6)).toBe('abcde…')
  expect(cut('abcd🚀fg', 6)).toBe('abcd…')
})

test('a value as text', () => {
  expect(valueText('a\nb')).toBe('a b')
  expect(valueText({ a: ['b'] })).toBe('{"a":["b"]}')
  expect(valueText(undefined)).toBe('null')
})
