import { expect, test } from 'vitest'
import { link, type Made, parseModule, Trace } from '../index.ts'

/** Evaluates `data.p.deny` where `input.x` has the known fields and an unknown `u`. */
function run(body: string, known: object = {}) {
  const made: Made[] = []
  const notes: unknown[] = []
  const variables: unknown[][] = []
  const trace: Trace = new Trace({
    onMade: one => {
      made.push(one)
      variables.push([...one.variables().values()])
    },
    onUnknown: note => notes.push(note),
  })
  const x = { ...known }
  Object.defineProperty(x, 'u', {
    enumerable: true,
    get: () => {
      trace.unknown('u')
    },
  })
  const policy = link([parseModule('p.rego', `package p\n${body}`, 'v1')], {
    isWatched: path => path.includes('deny'),
  })
  const [result] = policy.query('x = data.p.deny', { input: { x, all: [x, { u: 2 }] }, trace })
  return { deny: result?.x, made, notes, variables }
}

test.each([
  ['negation', 'deny contains "m" if not input.x.u == 1'],
  ['negation of a rule', 'good if input.x.u == 1\ndeny contains "m" if not good'],
  [
    'negation of a cached rule',
    'good if input.x.u == 1\nfirst if good\nfirst if true\ndeny contains "m" if { first; not good }',
  ],
  ['negation of a function', 'good(x) if x.u == 1\ndeny contains "m" if not good(input.x)'],
  ['inequality', 'deny contains "m" if input.x.u != 1'],
  ['default', 'default v := "m"\nv := input.x.u\ndeny contains v'],
  ['else', 'v := "n" if input.x.u == 1 else := "m"\ndeny contains v'],
  ['object.get', 'deny contains object.get(input.x, "u", "m")'],
  ['count of a comprehension', 'deny contains "m" if count([u | u := input.x.u]) == 0'],
  [
    'count of an assigned one',
    'deny contains "m" if { us := {u | u := input.x.u}; count(us) == 0 }',
  ],
  [
    'count of a comprehension of one',
    'deny contains "m" if { us := {u | u := input.x.u}; vs := [v | some v in us]; count(vs) == 0 }',
  ],
  ['count of a rule', 'us contains input.x.u\ndeny contains "m" if count(us) == 0'],
  ['difference', 'deny contains "m" if { some k in {"a"} - {u | u := input.x.u}; k == "a" }'],
  ['negated membership', 'deny contains "m" if { us := {u | u := input.x.u}; not us["a"] }'],
  ['negated in', 'deny contains "m" if { us := {u | u := input.x.u}; not "a" in us }'],
  ['every', 'deny contains "m" if every x in [input.x] { not x.u == 1 }'],
  [
    'every over an incomplete set',
    'us contains input.x.u\ndeny contains "m" if every u in us { u == 1 }',
  ],
  ['whole object', 'deny contains json.marshal(input.x)'],
])('%s of what is unknown is left undecided', (_, body) => {
  const { deny, notes } = run(body)
  expect(deny).toEqual([])
  expect(notes).toContain('u')
})

test.each([
  ['another definition', 'good if input.x.u == 1\ngood if input.x.k\ndeny contains "m" if good'],
  ['another element', 'deny contains "m" if input.all[_].u == 2'],
  ['membership', 'deny contains "m" if { us := {u | u := input.all[_].u}; 2 in us }'],
  ['what is not asked', 'deny contains "m" if not input.x.other'],
])('%s decides all the same', (_, body) => {
  expect(run(body, { k: true }).deny).toEqual(['m'])
})

test('a negation that holds whatever is unknown fails surely', () => {
  expect(
    run('good if input.x.u == 1\ngood if input.x.k\ndeny contains "m" if not good', { k: true })
      .deny,
  ).toEqual([])
})

test('every solution is heard with its variables, repetitions too', () => {
  const { made, variables } = run('deny["m"] := true if { some i; x := input.all[i]; k := 1 }')
  expect(made.map(({ path, value }) => [path, value])).toEqual([
    [['p', 'deny', 'm'], true],
    [['p', 'deny', 'm'], true],
  ])
  expect(variables.map(values => values.filter(value => typeof value === 'number'))).toEqual([
    [0, 1],
    [1, 1],
  ])
})
