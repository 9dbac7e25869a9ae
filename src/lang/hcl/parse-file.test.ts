// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceFile } from './ast.ts'
import { parseFile } from './parse-file.ts'

/** `type label: summary line:column` for errors, addresses for blocks. */
function outline(file: SourceFile): { blocks: string[]; errors: string[] } {
  return {
    blocks: file.body.blocks.map(block => [block.type, ...block.labels].join('.')),
    errors: file.errors.map(error => `${error.line}:${error.column} ${error.summary}`),
  }
}

const parsed = (text: string | Uint8Array) => outline(parseFile('a.tf', text))

test('spans are exact', () => {
  const text = 'resource "aws_x" y {\n  size = 1 + 2 # why\n  tag { a = "é" }\n}\n'
  const file = parseFile('a.tf', text)
  const of = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  const [block] = file.body.blocks
  const size = block?.body.attributes.get('size')
  expect(block && [of(block.header), ...block.labelRanges.map(of)]).toEqual([
    'resource "aws_x" y',
    '"aws_x"',
    'y',
  ])
  expect(block && of(block.range)).toBe(text.trimEnd())
  expect(size && [of(size.nameRange), of(size.expr.range), of(size.range)]).toEqual([
    'size',
    '1 + 2',
    'size = 1 + 2',
  ])
  expect(block?.body.blocks.map(inner => of(inner.range))).toEqual(['tag { a = "é" }'])
  expect(file.comments.map(comment => of(comment.range))).toEqual(['# why'])
})

describe('a torn block loses only itself', () => {
  const before = 'resource "a" "before" {\n}\n'
  const after = 'resource "a" "after" {\n  x = "}"\n}\n'
  test.each([
    ['a missing brace', 'resource "a" "torn" {\n  x = 1\n', '3:21 Unclosed configuration block'],
    [
      'a brace too many',
      'resource "a" "torn" {\n  x = { }}\n}\n',
      '4:10 Missing newline after argument',
    ],
    ['an open quote', 'resource "a" "torn" {\n  x = "y\n}\n', '4:7 Invalid multi-line string'],
    [
      'an open interpolation',
      'resource "a" "torn" {\n  x = "${y"\n}\n',
      '4:8 Unclosed template interpolation sequence',
    ],
    [
      'an open heredoc',
      'resource "a" "torn" {\n  x = <<EOT\n  y\n}\n',
      '4:7 Unterminated template string',
    ],
    ['an open bracket', 'resource "a" "torn" {\n  x = [1,\n}\n', '5:1 Invalid expression'],
    ['no value', 'resource "a" "torn" {\n  x =\n}\n', '4:6 Invalid expression'],
    ['a name twice', 'resource "a" "torn" {\n  x = 1\n  x = 2\n}\n', '5:3 Attribute redefined'],
    [
      'no newline',
      'resource "a" "torn" { x = 1 y = 2 }\n',
      '3:29 Invalid single-argument block definition',
    ],
  ])('%s', (_name, torn, error) => {
    const file = parseFile('a.tf', before + torn + after)
    expect(outline(file).blocks).toEqual(['resource.a.before', 'resource.a.after'])
    expect(outline(file).errors[0]).toBe(error)
    expect(file.errors[0]?.block).toEqual({ type: 'resource', labels: ['a', 'torn'] })
  })

  test('whatever character is put in or taken out', () => {
    const torn =
      'resource "a" "torn" {\n  x = "a${b["c"]}d"\n  y = [1, { z = (2) }]\n  w {\n  }\n}\n'
    fc.assert(
      fc.property(
        fc.nat(torn.length - 22),
        fc.constantFrom('', '"', '{', '}', '[', ']', '(', ')', '$', '\n', '#', '\\', '=', '<<A\n'),
        (offset, character) => {
          const at = offset + 21
          const text = torn.slice(0, at) + character + torn.slice(character === '' ? at + 1 : at)
          const { blocks } = parsed(before + text + after)
          expect(blocks[0]).toBe('resource.a.before')
          expect(blocks.at(-1)).toBe('resource.a.after')
        },
      ),
    )
  })

  test('each torn block is named', () => {
    const torn = (name: string): string => `resource "a" "${name}" {\n  x = [\n}\n`
    const { blocks, errors } = parsed(torn('one') + before + torn('two'))
    expect(blocks).toEqual(['resource.a.before'])
    expect(errors).toHaveLength(2)
  })

  test('in a file of values a line', () => {
    const file = parseFile('a.tfvars', 'a = 1\nb = [\nc = 2\n\nd = 3\n')
    expect([...file.body.attributes.keys()]).toEqual(['a', 'c', 'd'])
    expect(file.errors.map(error => error.line)).toEqual([3])
  })
})

describe('files that are none', () => {
  const utf16 = new Uint8Array(Buffer.from('\ufeffa = 1\n', 'utf16le'))
  test.each([
    ['UTF-16', utf16, '1:1 Invalid character encoding'],
    ['UTF-16 without a mark', utf16.slice(2), '1:2 Invalid character encoding'],
    ['binary', new Uint8Array([0x61, 0x0a, 0xff, 0xfe, 0x80]), '2:1 Invalid character encoding'],
    ['NUL', 'a = 1\nb = "\0"\n', '2:6 Invalid character encoding'],
    ['too long', `# ${'x'.repeat(9_000_000)}`, '1:1 File too large'],
  ])('%s', (_name, source, error) => {
    expect(parsed(source)).toEqual({ blocks: [], errors: [error] })
  })

  test('a byte order mark, CRLF and no last newline are fine', () => {
    const text = '\ufeffresource "a" "b" {\r\n  x = <<EOT\r\n  y\r\nEOT\r\n  z = 1 # c\r\n}'
    for (const source of [text, new Uint8Array(Buffer.from(text))]) {
      const file = parseFile('a.tf', source)
      expect(outline(file)).toEqual({ blocks: ['resource.a.b'], errors: [] })
      expect(file.comments.map(comment => comment.text)).toEqual(['# c'])
    }
  })
})

describe('depth', () => {
  const n = 100_000
  test.each([
    ['parentheses', `a = ${'('.repeat(n)}1${')'.repeat(n)}`],
    ['brackets', `a = ${'['.repeat(n)}`],
    ['braces', `a = ${'{a='.repeat(n)}`],
    ['blocks', 'a {\n'.repeat(n)],
    ['interpolations', `a = ${'"${'.repeat(n)}`],
    ['directives', `a = "${'%{if true}'.repeat(n)}"`],
    ['conditionals', `a = ${'x ? 1 : '.repeat(n)}1`],
    ['signs', `a = ${'!'.repeat(n)}1`],
    ['a sum', `a = ${'1 + '.repeat(n)}1`],
    ['steps', `a = x${'.y'.repeat(n)}`],
    ['indexes', `a = x${'[0]'.repeat(n)}`],
    ['splats', `a = x${'[*]'.repeat(n)}`],
  ])('%s', (_name, text) => {
    const { blocks, errors } = parsed(`# first\n${text}\nresource "a" "b" {\n}\n`)
    expect(errors[0]).toMatch(/^\d+:\d+ Nesting too deep$/)
    expect(blocks).toEqual(['resource.a.b'])
  })
})

test('a hundred thousand torn things are given up on', () => {
  for (const line of ['a = <<A\n', 'a = "${\n', 'a = 1 /*\n', '}\n', 'a = "\n']) {
    expect(parsed(line.repeat(100_000)).errors.length).toBeLessThanOrEqual(100)
  }
})

test('no text makes the parser throw or point outside', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      '1',
      '"',
      '${',
      '%{',
      '}',
      '{',
      '(',
      ')',
      '[',
      ']',
      '=',
      '\n',
      '<<A\n',
      'A\n',
      '.',
      '*',
    ],
    ...['for', ' ', ',', ':', '?', '#', '/*', '*/', '\\', 'é', '\u{1f600}', '~', '-', '!', '\r\n'],
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece).map(pieces => pieces.join('')),
  )
  fc.assert(
    fc.property(texts, text => {
      for (const { range, line } of parseFile('a.tf', text).errors) {
        expect(range.start).toBeLessThanOrEqual(text.length)
        expect(line).toBeLessThanOrEqual(text.split('\n').length)
      }
    }),
    { numRuns: 2000 },
  )
})
