/** What the programs read: every kind of value, and some that builtins choke on. */
export const input = {
  n: 3,
  m: -2.5,
  z: 0,
  e: 123456789,
  s: 'hello',
  t: 'a.b-c',
  u: 'Ünï😀x',
  d: '42',
  yes: true,
  no: false,
  nil: null,
  xs: [1, 2, 3, 2],
  ys: ['a', 'b', 'c'],
  mixed: [1, 'a', null, true, [1], { a: 1 }],
  empty: [],
  o: { a: 1, b: 2, c: 3 },
  p: { b: 5, 'd e': 7 },
  deep: { a: { b: { c: [10, 20] } }, x: { b: { d: 1 } } },
  users: [
    { name: 'ann', roles: ['admin', 'dev'], age: 30 },
    { name: 'bob', roles: ['dev'], age: 25 },
    { name: 'cy', roles: [] },
  ],
} as const

export const data = {
  base: { n: 7, s: 'world', xs: [5, 3, 1], ys: ['x', 'a'], o: { a: 10, z: 26 }, if: true },
} as const

export type Kind =
  | 'number'
  | 'string'
  | 'boolean'
  | 'numbers'
  | 'strings'
  | 'object'
  | 'set'
  | 'any'

/** References to the documents by what they hold. */
export const references: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  number: ['input.n', 'input.m', 'input.z', 'input.e', 'data.base.n', 'input.users[0].age'],
  string: ['input.s', 'input.t', 'input.u', 'input.d', 'data.base.s', 'input.users[1].name'],
  boolean: ['input.yes', 'input.no', 'data.base["if"]'],
  numbers: ['input.xs', 'data.base.xs', 'input.empty', 'input.deep.a.b.c'],
  strings: ['input.ys', 'data.base.ys', 'input.users[0].roles', 'input.users[2].roles'],
  object: ['input.o', 'input.p', 'data.base.o', 'input.deep.x.b'],
  set: ['{1, 2, 5}', 'set()', '{x | some x in input.xs}'],
  any: [
    'input.nil',
    'input.missing',
    'input.mixed[1]',
    'input.mixed[4]',
    'input.users[2].age',
    'input.deep',
    'input.users[1]',
  ],
}

export const literals: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  number: ['0', '1', '2', '-1', '10', '0.5', '1000', '12345678901234567890', '3.14', '7'],
  string: [
    '"a"',
    '"hello"',
    '""',
    '"b"',
    '"a,b,,c"',
    '`r\\a`',
    '"é\\u0041"',
    '"10"',
    '"."',
    '"%d-%v"',
  ],
  boolean: ['true', 'false'],
  numbers: ['[]', '[1]', '[3, 1, 2]', '[1, 1, 0.5]'],
  strings: ['[]', '["a"]', '["b", "a", "b"]', '["", "x y"]'],
  object: ['{}', '{"a": 1}', '{"a": 4, "b": 2}', '{"x": 0, "a": 1.5}'],
  set: ['set()', '{1}', '{3, 1, 2}', '{1, 0.5}'],
  // Constants of these kinds are for places that take anything; others find them in the input.
  any: ['input.nil', 'input.mixed', 'input.deep', '[input.nil, 1]', '{1: "one", [input.n]: "two"}'],
}
