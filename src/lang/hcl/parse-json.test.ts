// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { expect, test } from 'vitest'
import type { Block, Expr } from './ast.ts'
import { evaluateExpr } from './evaluate.ts'
import { string } from './make.ts'
import { parseJsonFile } from './parse-json.ts'
import { references } from './references.ts'
import { budgetOf } from './spend.ts'
import { toJson } from './to-json.ts'

function json(expr: Expr | undefined): string | undefined {
  const resolve = () => ({ value: string('V'), used: 1 })
  return expr && toJson(evaluateExpr(expr, { budget: budgetOf(1000), resolve }))
}

function attribute(block: Block | undefined, name: string): Expr | undefined {
  return block?.body.attributes.get(name)?.expr
}

test('blocks, labels and strings as templates', () => {
  const file = parseJsonFile(
    'a.tf.json',
    JSON.stringify({
      '//': 'a remark',
      resource: {
        aws_x: {
          a: {
            name: '${upper("b")}-${var.v}',
            n: [1, true, null],
            lifecycle: { ignore_changes: ['tags'] },
            dynamic: { rule: { for_each: ['x'], content: { v: '${rule.value}' } } },
            depends_on: ['aws_x.b'],
          },
        },
      },
      variable: { v: { type: 'list(string)', default: '${no}' } },
      provider: { aws: [{ region: 'a' }, { alias: 'b' }] },
    }),
  )
  const [resource, variable, ...providers] = file.body.blocks
  expect(file.errors).toEqual([])
  expect(file.comments.map(comment => comment.text)).toEqual(['// a remark'])
  expect(resource?.labels).toEqual(['aws_x', 'a'])
  expect(json(attribute(resource, 'name'))).toBe('"B-V"')
  expect(json(attribute(resource, 'n'))).toBe('[1,true,null]')
  const lifecycle = attribute(resource?.body.blocks[0], 'ignore_changes')
  expect(lifecycle && references(lifecycle).map(reference => reference.root)).toEqual(['tags'])
  expect(resource?.body.blocks[1]?.labels).toEqual(['rule'])
  expect(resource?.body.blocks[1]?.body.blocks[0]?.type).toBe('content')
  const dependencies = attribute(resource, 'depends_on')
  expect(dependencies && references(dependencies)[0]?.steps).toEqual([{ name: 'b' }])
  expect(attribute(variable, 'type')?.kind).toBe('call')
  expect(json(attribute(variable, 'default'))).toBe('"${no}"')
  expect(providers).toHaveLength(2)
})

test('numbers keep their digits', () => {
  const file = parseJsonFile('a.tf.json', '{"locals": {"n": 12345678901234567890}}')
  expect(json(attribute(file.body.blocks[0], 'n'))).toBe('12345678901234567890')
})

test.each([
  '{"locals": {"a": "x${var.b}"}}',
  '{"locals": {"a": "\\u00e9\\n${lookup(var.b, \\"k\\")}"}}',
])('places inside strings: %s', text => {
  const expr = attribute(parseJsonFile('a.tf.json', text).body.blocks[0], 'a')
  const [reference] = expr ? references(expr) : []
  expect(reference && text.slice(reference.range.start, reference.range.end)).toBe('var.b')
})

test('a name twice and a wrong type cost their block alone', () => {
  const file = parseJsonFile(
    'a.tf.json',
    `{"resource": {"aws_x": {
      "twice": {"a": 1, "a": 2},
      "number": 5,
      "torn": {"a": "\${1 +}"},
      "fine": {"a": 1}
    }}, "output": "no"}`,
  )
  expect(file.body.blocks.map(block => block.labels[1])).toEqual(['fine'])
  expect(file.errors.map(e => [e.summary, e.line, e.block?.labels[1]])).toEqual([
    ['Attribute redefined', 2, 'twice'],
    ['Incorrect JSON value type', 3, 'number'],
    ['Invalid expression', 4, 'torn'],
    ['Incorrect JSON value type', 6, undefined],
  ])
})

test.each([
  ['{', 1, 2],
  ['{\n  "a": 1,\n}', 3, 1],
  ['{"a": "\t"}', 1, 7],
  ['{"a": 01}', 1, 8],
  ['{} {}', 1, 4],
  ['', 1, 1],
  ['['.repeat(100_000), 1, 202],
])('what is no JSON: %.20s', (text, line, column) => {
  expect(parseJsonFile('a.tf.json', text).errors).toMatchObject([{ line, column }])
})

test('`__proto__` is a name like others', () => {
  const file = parseJsonFile('a.tf.json', '{"locals": {"__proto__": {"__proto__": 1}}}')
  expect(json(attribute(file.body.blocks[0], '__proto__'))).toBe('{"__proto__":1}')
})
