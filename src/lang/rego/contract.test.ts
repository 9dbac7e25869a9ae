import { describe, expect, test } from 'vitest'
import { compile, type HostFunction, RegoError } from './index.ts'

function outcome(
  rules: string,
  options: Parameters<typeof compile>[1] = {},
  query: NonNullable<Parameters<ReturnType<typeof compile>['query']>[1]> = {},
): unknown {
  const policy = compile({ 'a.rego': `package a\n\n${rules}\n` }, options)
  return policy.query('x = data.a.p', query)[0]?.x
}

function errorOf(run: () => unknown): RegoError {
  try {
    run()
  } catch (error) {
    if (error instanceof RegoError) return error
    throw error
  }
  throw new Error('no error')
}

describe('a query', () => {
  const policy = compile({
    'a.rego':
      'package a\n\np contains x if some x in input.xs\n\nq[x] := y if some x, y in input.xs\n',
  })

  test('gives a list of bindings, in plain JSON: sets as sorted arrays, keys as text', () => {
    expect(policy.query('x = data.a', { input: { xs: [3, 'a', 1] } })).toEqual([
      { x: { p: [1, 3, 'a'], q: { 0: 3, 1: 'a', 2: 1 } } },
    ])
    expect(policy.query('some i; input.xs[i] > 1; y = i', { input: { xs: [1, 2, 3] } })).toEqual([
      { i: 1, y: 1 },
      { i: 2, y: 2 },
    ])
    expect(policy.query('data.a.none')).toEqual([])
    expect(policy.query('x = input', { inputTerm: '{{1, 2}: "set"}' })).toEqual([
      { x: { '[1,2]': 'set' } },
    ])
  })

  test('takes __proto__ for a name like any other', () => {
    const input = JSON.parse('{"xs": {"__proto__": {"y": 1}, "constructor": 2}}')
    const [found] = policy.query('x = {k: v | some k, v in input.xs}', { input })
    expect(JSON.stringify(found?.x)).toBe('{"__proto__":{"y":1},"constructor":2}')
    expect(policy.query('input.xs.toString', { input })).toEqual([])
  })

  test('fails with opa’s code, a message and the place', () => {
    const error = errorOf(() => compile({ 'b.rego': 'package b\n\np if {\n\tnosuch(1)\n}\n' }))
    expect(error).toMatchObject({
      code: 'rego_type_error',
      message: 'b.rego:4: rego_type_error: undefined function nosuch',
      location: { file: 'b.rego', row: 4, col: 2 },
    })
    const conflict = 'p := 1 if input.a\n\np := 2 if input.b'
    expect(errorOf(() => outcome(conflict, {}, { input: { a: 1, b: 1 } }))).toMatchObject({
      code: 'eval_conflict_error',
      location: { file: 'a.rego', row: 5 },
    })
    expect(errorOf(() => policy.query('x = = 1')).code).toBe('rego_parse_error')
  })
})

describe('functions of the host', () => {
  const functions: Readonly<Record<string, HostFunction>> = {
    'acme.owner': { arity: 1, types: 'string -> string', run: name => `${name}@acme.example` },
    'acme.seen': { arity: 1, run: value => JSON.stringify(value) },
    'acme.tags': { arity: 0, run: () => ({ all: new Set(['b', 'a']), big: 2n ** 64n }) },
    'acme.none': { arity: 1, run: () => undefined },
    'acme.fail': {
      arity: 1,
      run: () => {
        throw new Error('out of order')
      },
    },
    'acme.odd': { arity: 0, run: () => Number.NaN },
    count: { arity: 1, run: () => 'mine' },
  }
  const host = (rules: string, query = {}): unknown => outcome(rules, { functions }, query)

  test('are called by their names, with plain JSON, and may give sets and large integers', () => {
    expect(host('p := acme.owner("x")')).toBe('x@acme.example')
    expect(host('p := acme.seen({"k": {2, 1}})')).toBe('{"k":[1,2]}')
    expect(host('p := acme.tags().all | {"c"}')).toEqual(['a', 'b', 'c'])
    expect(host('p := sprintf("%d", [acme.tags().big + 1])')).toBe('18446744073709551617')
  })

  test('have their arity and their types checked', () => {
    const wrong = (call: string): string => errorOf(() => host(`p := ${call}`)).reason
    expect(wrong('acme.owner("a", "b", "c")')).toBe(
      'function acme.owner has arity 1, got 3 arguments',
    )
    expect(wrong('acme.seen()')).toBe('function acme.seen has arity 1, got 0 arguments')
    expect(wrong('acme.owner(1)')).toMatch(/^acme.owner: invalid argument/)
    expect(wrong('acme.unknown(1)')).toBe('undefined function acme.unknown')
    expect(() =>
      outcome('p := 1', { functions: { f: { arity: 2, types: 'string -> any', run: () => 1 } } }),
    ).toThrow(TypeError)
  })

  test('without an answer, or with an error, are undefined; the error ends a strict query', () => {
    expect(host('p if not acme.none(1)')).toBe(true)
    expect(host('p if not acme.fail(1)')).toBe(true)
    expect(host('p if not acme.odd()')).toBe(true)
    const strict = errorOf(() => host('p := acme.fail(1)', { strictBuiltinErrors: true }))
    expect(strict).toMatchObject({ code: 'eval_builtin_error', reason: 'acme.fail: out of order' })
  })

  test('do not replace opa’s, and are replaced by `with`', () => {
    expect(host('p := count([1, 2])')).toBe(2)
    expect(host('p if acme.owner("x") == "mock" with acme.owner as "mock"')).toBe(true)
  })
})

describe('an error of a builtin', () => {
  const rules = 'p := to_number(input.x)'

  test('makes the call undefined, or ends a strict query', () => {
    expect(outcome(rules, {}, { input: { x: 'a' } })).toBeUndefined()
    expect(
      errorOf(() => outcome(rules, {}, { input: { x: 'a' }, strictBuiltinErrors: true })),
    ).toMatchObject({ code: 'eval_builtin_error', location: { file: 'a.rego', row: 3 } })
    expect(outcome(rules, {}, { input: { x: '7' }, strictBuiltinErrors: true })).toBe(7)
  })
})

describe('what reaches outside is refused when the policy is compiled', () => {
  test.each([
    'p := http.send({"method": "get", "url": "http://127.0.0.1"})',
    'p := net.lookup_ip_addr("localhost")',
    'p := opa.runtime().env',
    'p := [y | y := opa.runtime()]',
    'p if not http.send({}).status_code == 200',
    'f(x) := http.send(x)\n\np := f({})',
    'p if count(input) > 1 with count as http.send',
    'p if every x in [1] { http.send(x) }',
  ])('%s', rules => {
    expect(errorOf(() => outcome(rules)).code).toMatch(/^rego_(type|compile|unsafe_var)_error$/)
  })

  test('by a query as well', () => {
    const policy = compile({})
    expect(errorOf(() => policy.query('x = opa.runtime()')).code).toBe('rego_type_error')
  })
})

describe('a budget', () => {
  const over = (rules: string, budget: object): string =>
    errorOf(() => outcome(rules, {}, { budget })).message

  test('of steps ends a loop', () => {
    const loop = 'p := count([1 | some x in numbers.range(1, 1000); some y in numbers.range(1, x)])'
    expect(over(loop, { steps: 10_000 })).toMatch(/eval_budget_error: .* budget of 10000 steps/)
    expect(outcome(loop)).toBe(500_500)
  })

  test('of depth ends a chain of rules', () => {
    const chain = Array.from({ length: 200 }, (_, i) => `p${i} := p${i + 1} + 1`).join('\n\n')
    const rules = `p := p0\n\n${chain}\n\np200 := 1`
    expect(over(rules, { depth: 100 })).toMatch(/eval_budget_error: .* budget of 100 depth/)
    expect(outcome(rules)).toBe(201)
  })

  test('of memory ends what grows', () => {
    const text = 'p := count(concat("", [x | some i in numbers.range(1, 2000); x := "0123456789"]))'
    expect(over(text, { memory: 10_000 })).toMatch(/eval_budget_error: .* budget of 10000 memory/)
    expect(outcome(text)).toBe(20_000)
  })

  test('is there from the start', () => {
    const doubling = Array.from({ length: 60 }, (_, i) =>
      i === 0 ? 's0 := "x"' : `s${i} := concat("", [s${i - 1}, s${i - 1}])`,
    )
    expect(over(`p := s59\n\n${doubling.join('\n\n')}`, {})).toMatch(/eval_budget_error/)
    expect(over('p := numbers.range(1, 1000000000000)', {})).toMatch(/eval_budget_error/)
  })

  test('ends the query though a builtin’s errors are no errors', () => {
    expect(over('p if not numbers.range(1, 1000000000000)', {})).toMatch(/eval_budget_error/)
  })
})

describe('patterns', () => {
  const long = 'a'.repeat(5_000)

  test.each([
    ['(a+)+$', false],
    ['(a|a)*c', false],
    ['(.*a){20}b', false],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', false],
    ['a{0,500}b?!', true],
  ])('run in time that grows with the text, whatever they are: %s', (pattern, found) => {
    const input = { text: `${long}!`, pattern }
    expect(outcome('p := regex.match(input.pattern, input.text)', {}, { input })).toBe(found)
  })

  test.each(['(a)\\1', '(?=a)b', '(?<!a)b', 'a{1001}', '(', '[z-a]', '(?P<n>a)(?P<n>b)'])(
    'of another dialect than RE2 are errors: %s',
    pattern => {
      const input = { pattern }
      const rules = 'p := regex.match(input.pattern, "aa")'
      const strict = errorOf(() => outcome(rules, {}, { input, strictBuiltinErrors: true }))
      expect(strict.code).toBe('eval_builtin_error')
      expect(outcome('p := regex.is_valid(input.pattern)', {}, { input })).toBe(false)
    },
  )

  test('of globs are no way around', () => {
    const input = { glob: `${'*a'.repeat(40)}b`, text: long }
    expect(outcome('p := glob.match(input.glob, [], input.text)', {}, { input })).toBe(false)
  })
})

test('a policy of an older dialect says so; strict refuses what opa --strict does', () => {
  expect(outcome('p[x] { x := 1 }', { version: 'v0' })).toEqual([1])
  expect(errorOf(() => outcome('p[x] { x := 1 }')).code).toBe('rego_parse_error')
  expect(errorOf(() => outcome('p if { x := 1 }', { strict: true })).reason).toMatch(/unused/)
})
