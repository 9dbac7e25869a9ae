import { describe, expect, test } from 'vitest'
import { HclError } from '../hcl-error.ts'
import { isUnknown, string, unknown } from '../make.ts'
import type { Value } from '../value.ts'
import { errorOf, hole, json, value } from './test-scope.ts'

const long = 'x'.repeat(100_000)

/** Lines that each repeat the line before nine times. */
function bomb(repeat: (name: string) => string): string {
  const lines = ['a0: &a0 {x: 1}']
  for (let i = 0; i < 40; i++) lines.push(`a${i + 1}: &a${i + 1} ${repeat(`*a${i}`)}`)
  return lines.join('\n')
}

describe('work that hostile input asks for ends in an error', () => {
  test.each<[string, string]>([
    ['range(1e9)', ''],
    ['range(0, 1 / 0)', ''],
    [`setproduct(${Array(60).fill('[1, 2]').join(', ')})`, ''],
    [`length(setproduct(${Array(4).fill('range(1000)').join(', ')}))`, ''],
    ['format("%999999999d", 1)', ''],
    ['format("%.99999999f", 1)', ''],
    ['format("%[99999999999]d", 1)', ''],
    ['indent(1e12, "a\\nb")', ''],
    ['replace(x, "", x)', long],
    ['replace(x, "x", x)', long],
    ['replace(x, "/x/", x)', long],
    ['regexall("a.*z|b", x)', 'ab'.repeat(50_000)],
    ['regex(x, "")', '('.repeat(5000) + ')'.repeat(5000)],
    ['regex(x, "")', '[ab]{1000}'.repeat(900)],
    ['jsondecode(x)', '['.repeat(1_000_000)],
    ['jsondecode(x)', `[${'1,'.repeat(2_000_000)}1]`],
    ['yamldecode(x)', '['.repeat(100_000)],
    ['yamldecode(x)', '- '.repeat(5000)],
    ['yamldecode(x)', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['yamldecode(x)', bomb(name => `[${Array(9).fill(name).join(', ')}]`)],
    ['yamldecode(x)', bomb(name => `{<<: [${Array(3).fill(name).join(', ')}]}`)],
    ['yamldecode(x)', 'a: &a [*a]'],
    ['yamldecode(x)', 'a: &a {<<: *a}'],
    ['csvdecode(x)', `a${',b'.repeat(100_000)}`],
    ['parseint(x, 62)', long],
    ['formatdate(x, "2018-01-02T23:12:01Z")', 'Y'.repeat(100_000)],
    ['timeadd("2018-01-02T23:12:01Z", x)', '1'.repeat(100_000)],
    ['cidrsubnet("10.0.0.0/8", 9223372036854775807, 0)', ''],
    ['cidrhost("10.0.0.0/8", 1e5000)', ''],
  ])('%s', (text, x) => {
    expect(errorOf(text, { names: { x: string(x) } })).not.toBe('')
  })

  test.each<[string, string, string]>([
    ['regexall("(x+x+)+y", x)', long, '[]'],
    ['length(chomp(x))', `${'\n'.repeat(200_000)}a`, '200001'],
    ['trimspace(x)', `${' '.repeat(200_000)}a`, '"a"'],
    // V8 alone would take minutes.
    ['length(x)', '\u{1f468}\u200d\u{1f469}'.repeat(100_000), '100000'],
    ['length(x)', `e${'\u0323'.repeat(100_000)}`, '1'],
    ['length(x)', '\u{1f1fa}\u{1f1f8}'.repeat(1001), '1001'],
    ['element([1], 9223372036854775807)', '', '1'],
    ['length(chunklist([1, 2], 9223372036854775807))', '', '1'],
    ['substr("abc", -9223372036854775807, 9223372036854775807)', '', '"abc"'],
  ])('%s', (text, x, expected) => {
    expect(json(text, { names: { x: string(x) }, units: 10_000_000 })).toBe(expected)
  })
})

describe('a name of the language below is a name like any other', () => {
  test.each([
    ['merge({ __proto__ = 1 }, { constructor = 2 })', '{"__proto__":1,"constructor":2}'],
    ['keys({ __proto__ = 1 })', '["__proto__"]'],
    ['lookup({}, "__proto__", "none")', '"none"'],
    ['lookup(tomap({}), "constructor", "none")', '"none"'],
    ['zipmap(["__proto__"], [1])', '{"__proto__":1}'],
    ['jsondecode("{\\"__proto__\\": {\\"a\\": 1}}").__proto__.a', '1'],
    ['yamldecode("__proto__: {a: 1}")', '{"__proto__":{"a":1}}'],
    ['csvdecode("__proto__\\n1\\n")', '[{"__proto__":"1"}]'],
    ['regex("(?P<__proto__>a)", "a")', '{"__proto__":"a"}'],
    ['replace("a", "/(?P<__proto__>a)/", "[$__proto__]")', '"[a]"'],
    ['transpose({ __proto__ = ["constructor"] })', '{"constructor":["__proto__"]}'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected)
  })

  test('types too', () => {
    expect(JSON.stringify(value('jsondecode("{\\"__proto__\\": 1}")').type)).toBe(
      '["object",{"__proto__":"number"}]',
    )
  })
})

describe('values that double', () => {
  test('JSON within JSON keeps its parts only as long as there are few', () => {
    const doubled = 'jsonencode([x, x])'
    let x: Value = unknown('string', 'var.x has no value')
    const kept: boolean[] = []
    for (let i = 0; i < 20; i++) {
      x = value(doubled, { names: { x } })
      kept.push(isUnknown(x) && x.v.json !== undefined)
    }
    expect(kept.slice(0, 10)).not.toContain(false)
    expect(kept).toContain(false)
    expect(hole(doubled, { names: { x } }).reason).toBe('var.x has no value')
  })

  test.each([
    'chunklist([x, x], 2)',
    'concat([x], [x])',
    'setproduct([x], [x])',
    'merge({ a = x }, { b = x })',
    'zipmap(["a", "b"], [x, x])',
    'matchkeys([x, x], [1, 1], [1])',
    'values({ a = x, b = x })',
  ])('%s', text => {
    let x: Value = string('x')
    expect(() => {
      for (let i = 0; i < 40; i++) x = value(text, { names: { x }, units: 1e12 })
    }).toThrow(HclError)
  })

  test('a long text with many holes is a hole', () => {
    const names = { x: unknown('string', 'var.x has no value') }
    expect(hole('join("-", [for i in range(900) : x])', { names }).parts).toBe(undefined)
    expect(hole('join("-", [for i in range(90) : x])', { names }).parts?.length).toBe(179)
  })
})
