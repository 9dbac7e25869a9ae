// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { describe, expect, test } from 'vitest'
import { evaluateExpr } from './evaluate.ts'
import { bool, object, string, tuple, unknown } from './make.ts'
import { parseWholeExpression } from './parse-expression.ts'
import type { Scope } from './scope.ts'
import { budgetOf } from './spend.ts'
import { toJson } from './to-json.ts'
import { isEntries, isItems, Unknown, type Value } from './value.ts'

const names: ReadonlyMap<string, Value> = new Map([
  ['id', unknown('string', 'a.b.id is known after apply', { from: ['a.b'] })],
  ['flag', unknown('bool', 'var.flag has no value')],
  ['open', unknown('dynamic', 'var.open has no value')],
  ['secret', { ...string('s'), marks: { sensitive: true } }],
  ['bucket', { ...string('logs'), marks: { from: ['aws_s3_bucket.logs'] } }],
  ['on', { ...bool(true), marks: { sensitive: true, from: ['a.c'] } }],
  ['pair', tuple([string('x'), { ...string('y'), marks: { via: ['local.y'] } }])],
  ['box', object([['a', { ...string('v'), marks: { from: ['a.d'] } }]])],
])

function value(text: string, more: Partial<Scope> = {}): Value {
  const scope: Scope = {
    budget: budgetOf(1000),
    resolve(root) {
      const found = names.get(root)
      return found === undefined ? undefined : { value: found, used: 0 }
    },
    ...more,
  }
  return evaluateExpr(parseWholeExpression(text), scope)
}

function hole(text: string): Unknown {
  const { v } = value(text)
  if (v instanceof Unknown) return v
  throw new Error(`${text} is known`)
}

describe('what is known of the unknown', () => {
  test.each([
    ['false && flag', 'false'],
    ['flag || true', 'true'],
    ['flag ? "a" : "a"', '"a"'],
    ['"a-${id}" == null', 'false'],
    ['{ a = 1, b = id } == { a = 2, b = id }', 'false'],
    ['can(id)', undefined],
    ['flag && true', undefined],
    ['id == "x"', undefined],
    ['id == null', undefined],
    ['open[0].a', undefined],
    ['[for x in open : 1]', undefined],
    ['{ (id) = 1 }', undefined],
  ])('%s is %s', (text, json) => {
    expect(toJson(value(text))).toBe(json)
  })

  test('a reason goes along', () => {
    expect(hole('upper(id)').reason).toBe('a.b.id is known after apply')
    expect(hole('flag ? 1 : 2').reason).toBe('var.flag has no value')
    expect(hole('id == "x"').reason).toBe('a.b.id is known after apply')
  })

  test('a template keeps its text around a hole, across templates', () => {
    const parts = hole('"arn:${"${bucket}/${id}"}/*"').parts
    expect(parts?.map(part => (typeof part === 'string' ? part : null))).toEqual([
      'arn:logs/',
      null,
      '/*',
    ])
  })

  test('an unknown test leaves what both arms share', () => {
    const { v } = value('flag ? { a = "x", b = [1, 2] } : { a = "x", b = [1, 3] }')
    if (!isEntries(v)) throw new Error('no object')
    const b = v.get('b')?.v
    expect(v.get('a')?.v).toBe('x')
    expect(b !== undefined && isItems(b) && b.map(item => item.v instanceof Unknown)).toEqual([
      false,
      true,
    ])
  })

  test('an error in an arm that an unknown test may not choose is no error', () => {
    expect(value('flag ? [1][2] : 1').v).toBeInstanceOf(Unknown)
  })

  test('types of unknowns are kept and checked', () => {
    expect(value('id').type).toBe('string')
    expect(value('length(open)').type).toBe('number')
    expect(() => value('id.name')).toThrow('Unsupported attribute')
    expect(() => value('flag + 1')).toThrow('Invalid operand')
  })
})

describe('marks', () => {
  test.each([
    ['"x-${secret}"', { sensitive: true }],
    ['upper(bucket)', { from: ['aws_s3_bucket.logs'] }],
    ['[bucket][0]', { from: ['aws_s3_bucket.logs'] }],
    ['pair[0]', undefined],
    ['pair[1]', { via: ['local.y'] }],
    ['box.a', { from: ['a.d'] }],
    ['[bucket]', undefined],
    ['join(",", [bucket, id])', { from: ['aws_s3_bucket.logs', 'a.b'] }],
    // A test taints what it chooses, but does not link to it.
    ['on ? 1 : 2', { sensitive: true }],
    ['[for x in [1] : x if on]', { sensitive: true }],
  ])('%s: %j', (text, marks) => {
    expect(value(text).marks).toEqual(marks)
  })
})

test('a scope may leave out a right side that decides nothing', () => {
  expect(() => value('false && [1][2]')).toThrow('Invalid index')
  expect(value('false && [1][2]', { shortCircuit: true }).v).toBe(false)
  expect(value('true || null', { shortCircuit: true }).v).toBe(true)
})
