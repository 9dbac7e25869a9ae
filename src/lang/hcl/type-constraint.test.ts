import { expect, test } from 'vitest'
import { applyType } from './apply-type.ts'
import { valueOfText } from './evaluate-text.ts'
import { parseWholeExpression } from './parse-expression.ts'
import { toJson } from './to-json.ts'
import { parseType } from './type-constraint.ts'

const parse = (text: string) => parseType(parseWholeExpression(text))

test.each([
  ['string', 'string'],
  ['any', 'dynamic'],
  ['map(any)', ['map', 'dynamic']],
  ['list', ['list', 'dynamic']],
  ['tuple([string, set(number)])', ['tuple', ['string', ['set', 'number']]]],
  ['object({ a = string, b = optional(bool) })', ['object', { a: 'string', b: 'bool' }, ['b']]],
])('%s', (text, type) => {
  expect(JSON.parse(JSON.stringify(parse(text).type))).toEqual(type)
})

test.each([
  ['"string"', 'Invalid quoted type constraints'],
  ['strng', 'Invalid type specification'],
  ['list()', 'Invalid type specification'],
  ['list(string, string)', 'Invalid type specification'],
  ['object(string)', 'Invalid type specification'],
  ['optional(string)', 'Invalid type specification'],
  ['object({ a = optional(number, "x") })', 'Invalid default value for optional attribute'],
  ['object({ a = optional(string, local.x) })', 'Variables not allowed'],
])('%s: %s', (text, summary) => {
  expect(() => parse(text)).toThrow(summary)
})

const nested = `object({
  name = optional(string, "n")
  list = list(object({ on = optional(bool, true), size = optional(number) }))
  deep = optional(object({ x = optional(string, "y") }), {})
})`

test.each([
  ['list(string)', '[1, true]', '["1","true"]'],
  ['set(string)', '["b", "a", "b"]', '["a","b"]'],
  ['map(number)', '{ a = "1" }', '{"a":1}'],
  ['list(any)', '[1, "a"]', '["1","a"]'],
  ['object({ a = string })', '{ a = 1, b = 2 }', '{"a":"1"}'],
  [
    nested,
    '{ list = [{}, { on = false }] }',
    '{"deep":{"x":"y"},"list":[{"on":true,"size":null},{"on":false,"size":null}],"name":"n"}',
  ],
  [nested, '{ name = null, list = [], deep = null }', '{"deep":{"x":"y"},"list":[],"name":"n"}'],
  [nested, 'null', 'null'],
  ['map(object({ a = optional(string, "d") }))', '{ k = {} }', '{"k":{"a":"d"}}'],
])('%s takes %s', (type, text, json) => {
  expect(toJson(applyType(valueOfText(text, {}), parse(type), { start: 0, end: 0 }))).toBe(json)
})

test.each([
  ['number', '"x"', 'a number is required'],
  ['list(number)', '[1, "x"]', 'element 1: a number is required'],
  ['object({ a = string, b = string })', '{}', 'attributes "a" and "b" are required'],
  ['map(string)', '[1]', 'map of string required'],
  ['tuple([string])', '[]', 'tuple with 1 elements required, not 0'],
  ['bool', '"True"', 'use lowercase "true"'],
])('%s refuses %s', (type, text, message) => {
  expect(() => applyType(valueOfText(text, {}), parse(type), { start: 0, end: 0 })).toThrow(message)
})
