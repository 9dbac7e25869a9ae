// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equals } from '../equal.ts'
import { bool, number, object, string, tuple, untypedNull } from '../make.ts'
import type { Value } from '../value.ts'
import { errorOf, json, value } from './test-scope.ts'

/** Values that JSON and YAML hold without loss. */
const { plain } = fc.letrec<{ plain: Value }>(tie => ({
  plain: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(untypedNull),
    fc.boolean().map(bool),
    fc.integer().map(number),
    fc.string({ unit: 'binary' }).map(string),
    fc
      .array(fc.constantFrom(' ', '\n', 'a', ':', '"', '#'), { maxLength: 8 })
      .map(each => string(each.join(''))),
    fc.array(tie('plain'), { maxLength: 4 }).map(tuple),
    fc.array(fc.tuple(fc.string(), tie('plain')), { maxLength: 4 }).map(object),
  ),
}))

describe('what is encoded decodes to itself', () => {
  test.each(['jsondecode(jsonencode(x))', 'yamldecode(yamlencode(x))'])('%s', text => {
    fc.assert(
      fc.property(plain, x => {
        expect(equals(value(text, { names: { x } }), x)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    'base64decode(base64encode(x))',
    'textdecodebase64(textencodebase64(x, "UTF-16LE"), "UTF-16LE")',
    'textdecodebase64(textencodebase64(x, "UTF-16"), "utf-16")',
    'csvdecode("a\\n\\"${replace(replace(x, "\\r", ""), "\\"", "\\"\\"")}\\"\\n")[0].a',
    'provider::terraform::decode_tfvars(provider::terraform::encode_tfvars({ a = [x] })).a[0]',
  ])('%s', text => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter(x => !/[\r\ufeff]/.test(x)),
        x => {
          expect(value(text, { names: { x: string(x) } }).v).toBe(x.normalize('NFC'))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('YAML', () => {
  const long = `${'word '.repeat(20)}end`

  test.each([
    ['yamlencode("a\\n")', '|\n  a\n'],
    ['yamlencode("a\\n\\n")', '|+\n  a\n\n...\n'],
    ['yamlencode({ a = "x\\n\\n", b = 1 })', '"a": |+\n  x\n\n"b": 1\n'],
    ['yamlencode({ a = " x\\ny" })', '"a": |2-\n   x\n  y\n'],
    ['yamlencode({ a = "x \\ny" })', '"a": "x \\ny"\n'],
    ['yamlencode([{ a = "x\\ny" }, ["p\\nq"]])', '- "a": |-\n    x\n    y\n- - |-\n    p\n    q\n'],
    ['yamlencode({ a = { b = [] }, c = [[]] })', '"a":\n  "b": []\n"c":\n- []\n'],
    ['yamlencode("\\u0007\\u00a0\\u2028")', '"\\a\u00a0\\L"\n'],
    // Terraform breaks long lines at the first space behind column 80.
    [
      `yamlencode({ a = "${long}" })`,
      `"a": "${'word '.repeat(15)}word\n  word word word word end"\n`,
    ],
  ])('%s', (text, expected) => {
    expect(value(text).v).toBe(expected)
  })

  test.each([
    ['0o17', '15'],
    ['0b101', '5'],
    ['017', '17'],
    ['-0x10', '-16'],
    ['1_000', '1000'],
    ['190:20:30', '"190:20:30"'],
    ['2001-12-14t21:59:43.10-05:00', '"2001-12-14T21:59:43-05:00"'],
    ['2001-2-3 4:05:06', '"2001-02-03T04:05:06Z"'],
    ['2001-02-30', '"2001-02-30"'],
    ["'2001-02-03'", '"2001-02-03"'],
    ['! 1', '"1"'],
    ['!!int "3"', '3'],
    ['!!float 3', '3'],
    ['!!timestamp 2001-02-03', '"2001-02-03T00:00:00Z"'],
    ['yes: on', '{"true":true}'],
    ['{<<: [{a: 1}, {a: 2, b: 3}], c: 4}', '{"a":1,"b":3,"c":4}'],
    ['[&x [1], *x]', '[[1],[1]]'],
    ['[&x 1, *x, &x 2, *x]', '[1,1,2,2]'],
    ['a: |\n  x\n   y\n', '{"a":"x\\n y\\n"}'],
    ['a: >-\n  x\n  y\n', '{"a":"x y"}'],
  ])('%j is %s', (text, expected) => {
    expect(json('yamldecode(x)', { names: { x: string(text) } })).toBe(expected)
  })

  test.each([
    '!!int 3.5',
    '!!bool 1',
    '!!set {a}',
    '!Ref x',
    '*x',
    '[a',
    'a: {<<: 1}',
    'a: "\\q"',
    '',
  ])('%j is an error', text => {
    expect(errorOf('yamldecode(x)', { names: { x: string(text) } })).toContain('YAML')
  })
})

describe('JSON', () => {
  test.each([
    ['"\\ud83d"', '"\ufffd"'],
    ['"\\ud83d\\ude00"', '"\u{1f600}"'],
    ['[1.50, -0, 1e2]', '[1.5,0,100]'],
    ['{"b":1,"a":{}}', '{"a":{},"b":1}'],
    ['12345678901234567890.5', '12345678901234567890.5'],
  ])('%s is %s', (text, expected) => {
    expect(json('jsondecode(x)', { names: { x: string(text) } })).toBe(expected)
  })

  test.each([
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '{"a"}',
    '"\\x"',
    '"a\nb"',
    '"a',
    '01',
    '.5',
    '1.',
    '+1',
    'NaN',
    'tru',
    '1 2',
  ])('%j is an error', text => {
    expect(errorOf('jsondecode(x)', { names: { x: string(text) } })).toContain('JSON')
  })
})

describe('bytes', () => {
  test('gzip is gzip', () => {
    const { v } = value(`base64gzip("${'ab'.repeat(500)}")`)
    expect(gunzipSync(Buffer.from(String(v), 'base64')).toString()).toBe('ab'.repeat(500))
  })

  test.each([
    ['textencodebase64("\u00e9\u20ac", "windows-1252")', '6YA='],
    ['textencodebase64("\u4e2d", "GBK")', '1tA='],
    ['textencodebase64("\u044f", "KOI8-R")', '0Q=='],
    ['textencodebase64("\u00e9", "latin1")', '6Q=='],
    ['textdecodebase64("gOk=", "cp1252")', '\u20ac\u00e9'],
    ['textdecodebase64("6Q==", "ISO-8859-1")', '\u00e9'],
    ['textdecodebase64("gA==", "ISO-8859-1")', '\u0080'],
    ['textdecodebase64("//5hAA==", "UTF-16")', 'a'],
    ['textdecodebase64("AGE=", "UTF-16")', 'a'],
  ])('%s', (text, expected) => {
    expect(value(text).v).toBe(expected)
  })

  test.each([
    'textencodebase64("\u20ac", "ISO-8859-1")',
    'textencodebase64("\u00e9", "US-ASCII")',
    'textencodebase64("\u4e2d", "KOI8-R")',
    'textdecodebase64("6Q==", "US-ASCII")',
    'textdecodebase64("6Q==", "UTF-8")',
    'base64decode("YQ")',
    'base64decode("YQ=a")',
    'base64decode("/w==")',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})

describe('CSV', () => {
  test.each([
    ['a,b\n\n1,\n', '[{"a":"1","b":""}]'],
    ['a\n""\n', '[{"a":""}]'],
    ['a\n"x""y\r\nz"', '[{"a":"x\\"y\\nz"}]'],
    ['a,b', '[]'],
  ])('%j is %s', (text, expected) => {
    expect(json('csvdecode(x)', { names: { x: string(text) } })).toBe(expected)
  })

  test.each(['\n\n', 'a\n"x"y\n', 'a,b\n1\n', 'a\nx,\n'])('%j is an error', text => {
    expect(errorOf('csvdecode(x)', { names: { x: string(text) } })).not.toBe('')
  })
})

describe('tfvars', () => {
  test.each([
    [
      'provider::terraform::encode_tfvars({ a = 1, long = "x", o = { b = null, "c d" = [true] }, z = {} })',
      'a    = 1\nlong = "x"\no = {\n  b     = null\n  "c d" = [true]\n}\nz = {}\n',
    ],
    ['provider::terraform::encode_tfvars({})', ''],
    ['provider::terraform::encode_expr("$${a} %%{b}\\n\\"")', '"$${a} %%{b}\\n\\""'],
    ['provider::terraform::encode_expr(toset(["b", "a"]))', '["a", "b"]'],
    ['provider::terraform::encode_expr(null)', 'null'],
    ['provider::terraform::encode_expr([{ a = 1 }])', '[{\n  a = 1\n}]'],
  ])('%s', (text, expected) => {
    expect(value(text).v).toBe(expected)
  })

  test.each([
    'provider::terraform::encode_tfvars(tomap({ a = 1 }))',
    'provider::terraform::encode_tfvars(null)',
    'provider::terraform::decode_tfvars("a = b")',
    'provider::terraform::decode_tfvars("a {")',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})
