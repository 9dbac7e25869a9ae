// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { describe, expect, test } from 'vitest'
import { evaluate } from './evaluate-text.ts'
import { HclError } from './hcl-error.ts'

const values: readonly (readonly [string, string, unknown?])[] = [
  ['1 + 2 * 3', '7', 'number'],
  ['0.1 + 0.2 == 0.3', 'true'],
  ['1 - 0.9 == 0.1', 'false'],
  ['1 / 3 * 3 == 1', 'true'],
  ['9007199254740993 + 1', '9007199254740994'],
  ['-7 % 3', '-1'],
  ['pow(2, 63) - 1', '9223372036854775807'],
  ['"3" + 4', '7', 'number'],
  ['1 == "1"', 'false'],
  ['null == tostring(null)', 'true'],
  ['"\\u00e9" == "e\\u0301"', 'true'],
  ['true ? 1 : "a"', '"1"', 'string'],
  ['true ? "x" : [1][3]', '"x"'],
  ['true ? [1, 2] : ["a"]', '["1","2"]', ['list', 'string']],
  ['true ? { a = 1 } : { b = 2 }', '{"a":1}', ['map', 'number']],
  ['true ? null : [1]', 'null', ['tuple', ['number']]],
  ['[{ a = [1, 2] }, { a = [3] }][*].a[0]', '[1,3]'],
  ['[{ a = [1, 2] }, { a = [3] }].*.a[0]', '[1,2]'],
  ['null[*]', '[]'],
  ['"x"[*]', '["x"]'],
  ['toset(["b", "a"])[*]', '["a","b"]', ['list', 'string']],
  ['{ for k, v in { a = 1, b = 2 } : v => k... if v > 1 }', '{"2":["b"]}'],
  ['[for v in { b = 2, a = 1 } : v]', '[1,2]'],
  ['"a ${~ "x" ~} b"', '"axb"'],
  ['"$${a} %%{b} ${1}"', '"${a} %{b} 1"'],
  ['"${1}"', '1', 'number'],
  ['"%{ for i, x in ["a", "b"] }${i}${x}%{ endfor }"', '"0a1b"'],
  ['"%{ if false }a%{ else }b%{ endif }"', '"b"'],
  ['<<-EOT\n    a\n      ${"b"}\n\n    c\n  EOT', '"a\\n  b\\n\\nc\\n"'],
  ['<<EOT\n%{ for x in ["a", "b"] ~}\n- ${x}\n%{ endfor ~}\nEOT', '"- a\\n- b\\n"'],
  ['{ a = 1, a = 2, "b c" = 3, (1 + 1) = 4 }', '{"2":4,"a":2,"b c":3}'],
  ['max([1, 3, 2]...)', '3'],
  ['try(nosuch(), [1][5], "c")', '"c"'],
  ['can(tonumber("x"))', 'false'],
  ['(\n  true\n  || false\n)', 'true'],
  ['local.m.__proto__', '"p"'],
  ['local.m["constructor"]', '"c"'],
]

test.each(values.map(([text, json, type]) => ({ text, json, type })))('$text is $json', one => {
  const { text, json, type } = one
  const answer = evaluate(text, { locals: { m: '{ __proto__ = "p", constructor = "c" }' } })
  expect(answer.json).toBe(json)
  if (type !== undefined) expect(answer.type).toEqual(type)
})

const errors: readonly (readonly [string, string, number])[] = [
  ['1 +', 'Invalid expression', 3],
  ['[1, 2', 'Missing item separator', 6],
  ['{ a = 1 b = 2 }', 'Missing attribute separator', 8],
  ['max(1 2)', 'Missing argument separator', 6],
  ['a b', 'Missing newline after argument', 2],
  ['true ? 1', 'Missing false expression in conditional', 8],
  ['"${1"', 'Unclosed template interpolation sequence', 1],
  ['"abc', 'Invalid multi-line string', 0],
  ['<<EOT\na', 'Unterminated template string', 0],
  ['"\\q"', 'Invalid escape sequence', 1],
  ["'a'", 'Invalid character', 0],
  ['1 & 2', 'Unsupported operator', 2],
  ['local.l.0.1', 'Invalid legacy index syntax', 8],
  ['"%{ if true }"', 'Unexpected end of template', 1],
  ['2 + local.no', 'Reference to undeclared local value', 4],
  ['try(local.no, 1)', 'Reference to undeclared local value', 4],
  ['x', 'Invalid reference', 0],
  ['nosuch()', 'Call to unknown function', 0],
  ['[1] + 1', 'Invalid operand', 0],
  ['1 + null', 'Operation failed', 0],
  ['false && [1][5] == 1', 'Invalid index', 9],
  ['[1, 2][1.5]', 'Invalid index', 0],
  ['null.a', 'Attempt to get attribute from null value', 0],
  ['{ a = 1 }.b', 'Unsupported attribute', 0],
  ['true ? 1 : true', 'Inconsistent conditional result types', 0],
  ['"a${null}"', 'Invalid template interpolation value', 4],
  ['[for x in 5 : x]', 'Iteration over non-iterable value', 10],
  ['upper(null)', 'Invalid function argument', 6],
  ['upper()', 'Not enough function arguments', 0],
]

test.each(errors)('%s: %s at %i', (text, summary, at) => {
  const error = errorOf(text)
  expect([error.summary, error.range.start]).toEqual([summary, at])
})

test('an error ends with its place in the text', () => {
  expect(errorOf('[\n  1,\n  1 + true\n]').message).toMatch(/\(\(expression\):3,7\)$/)
})

describe('work that has no end', () => {
  const chain = (first: string, step: (before: string) => string): Record<string, string> => {
    const locals: Record<string, string> = { a0: first }
    for (let i = 1; i <= 60; i++) locals[`a${i}`] = step(`local.a${i - 1}`)
    return locals
  }

  test.each([
    ['shared parts', '[1]', (x: string) => `[${x}, ${x}]`],
    ['shared parts, converted', '["a"]', (x: string) => `tolist([${x}, ${x}])`],
    ['doubled text', '"0123456789"', (x: string) => `"\${${x}}\${${x}}"`],
  ])('%s', (_name, first, step) => {
    expect(errorOf('local.a60', chain(first, step)).summary).toBe('Limit reached')
  })

  test('nested loops', () => {
    const text = `[for a in range(1000): [for b in range(1000): [for c in range(1000): 1]]]`
    expect(errorOf(text).summary).toBe('Limit reached')
    expect(errorOf(`try(${text}, 1)`).summary).toBe('Limit reached')
  })

  test('a value that is deeper than the stack', () => {
    const locals: Record<string, string> = { a0: '1' }
    for (let i = 1; i <= 5000; i++) locals[`a${i}`] = `[local.a${i - 1}]`
    expect(errorOf('local.a5000', locals).summary).toBe('Limit reached')
  })

  test('a number of a billion digits', () => {
    expect(evaluate('1e1000000000 > 1').json).toBe('true')
  })

  test('locals in a circle', () => {
    const error = errorOf('local.a', { a: 'local.b', b: 'local.c', c: 'local.b' })
    expect(error.message).toBe('Cycle: local.b, local.c')
  })
})

function errorOf(text: string, locals: Readonly<Record<string, string>> = {}): HclError {
  try {
    evaluate(text, { locals: { l: '[[1]]', ...locals } })
  } catch (error) {
    if (error instanceof HclError) return error
    throw error
  }
  throw new Error(`${text} is no error`)
}
