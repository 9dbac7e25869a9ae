import { describe, expect, test } from 'vitest'
import { denied, knowing, pending, resource, thing, unknown } from '../../test/engine-fixtures.ts'
import type { Check } from '../check.ts'
import {
  Absent,
  type Attributes,
  Missing,
  type Path,
  type Plain,
  type Resource,
} from '../resource.ts'
import type { MissingRead } from './collect.ts'
import { type EvaluateInput, evaluate } from './evaluate.ts'

interface Thing {
  readonly on: boolean
  readonly name: string
  readonly more: string
  readonly rules: readonly { readonly open: boolean }[]
}

function run(
  checks: readonly Check[],
  resources: readonly Resource[],
  more: Partial<EvaluateInput> = {},
) {
  return evaluate({
    resources,
    selection: { settings: {}, load: async () => checks },
    now: new Date(0),
    knows: knowing({ on: 'boolean', 'rules.[].open': 'boolean', rules: 'array' }),
    ...more,
  })
}

const isOn = thing<Thing>(thing => thing.on, { id: 'thing_on' })
const isNamed = thing<Thing>(thing => thing.name === 'a', { id: 'thing_named' })

test('every check judges every resource of its types', async () => {
  const resources = [
    resource({ on: true, name: 'a' }, { id: 'one' }),
    resource({ on: false, name: unknown('var.name has no value') }, { id: 'two' }),
    resource({ on: true }, { type: 'aws_other' }),
  ]
  const evaluation = await run([isOn, isNamed], resources)
  expect(evaluation.counts).toEqual({ pass: 2, fail: 1, unknown: 1, notApplicable: 0 })
  expect(evaluation.bySeverity.high).toEqual({ pass: 2, fail: 1, unknown: 1 })
  expect(evaluation.bySeverity.low).toEqual({ pass: 0, fail: 0, unknown: 0 })
  const lines = [...evaluation.findings()].map(
    ({ finding }) =>
      `${finding.ResourceId} ${finding.CheckID} ${finding.Status} ${finding.UnknownReason}`,
  )
  expect(lines).toEqual([
    'one thing_named PASS null',
    'one thing_on PASS null',
    'two thing_named UNKNOWN var.name has no value',
    'two thing_on FAIL null',
  ])
})

test('a check may miss what no attribute lacks', async () => {
  const misses = thing<Thing>(thing => {
    if (thing.name === 'a') throw new Missing(new Absent('unresolved', 'code names no account'))
    return true
  })
  const evaluation = await run([misses], [resource({ name: 'a' })])
  expect(evaluation.bugs).toEqual([])
  expect([...evaluation.findings()].map(({ finding }) => finding.UnknownReason)).toEqual([
    'code names no account',
  ])
})

test('findings may be asked for by status, more than once', async () => {
  const evaluation = await run([isOn], [resource({ on: true }), resource({ on: false })])
  const ids = () =>
    [...evaluation.findings({ status: ['FAIL'] })].map(({ finding }) => finding.Status)
  expect(ids()).toEqual(['FAIL'])
  expect(ids()).toEqual(['FAIL'])
})

test('a check says what it does not apply to', async () => {
  const check = thing<Thing>(thing => thing.on, { when: (thing: Thing) => thing.name === 'a' })
  const resources = [
    resource({ on: false, name: 'a' }),
    resource({ on: false, name: 'b' }),
    resource({ on: false, name: unknown() }),
  ]
  const { counts, findings } = await run([check], resources)
  expect(counts).toEqual({ pass: 0, fail: 1, unknown: 1, notApplicable: 1 })
  expect([...findings()]).toHaveLength(2)
})

test('what passes does so whether the check applies to it or not', async () => {
  const when = (thing: Thing) => thing.name === 'a'
  const resources = [resource({ on: true, name: unknown() })]
  const { counts } = await run([thing<Thing>(thing => thing.on, { when })], resources)
  expect(counts).toMatchObject({ pass: 1, unknown: 0 })
  // A `pass` that cannot do without its `when` decides nothing.
  const fragile = thing<Thing>(
    () => {
      throw new TypeError('leans on `when`')
    },
    { when },
  )
  expect((await run([fragile], resources)).counts).toMatchObject({ pass: 0, unknown: 1 })
})

test('a check may be for one side only', async () => {
  const live = resource(
    { on: true },
    { id: 'live', origin: { source: 'aws', address: null, span: null, root: null } },
  )
  const checks = [thing<Thing>(thing => thing.on, { on: 'live' }), { ...isOn, on: 'code' as const }]
  const evaluation = await run(checks, [live, resource({ on: true })])
  expect(
    [...evaluation.findings()].map(({ finding }) => `${finding.ResourceId} ${finding.CheckID}`),
  ).toEqual(['aws_thing.a thing_on', 'live thing_is_good'])
})

test('a check that throws is a bug of its own', async () => {
  const broken = thing<Thing>(
    () => {
      throw new TypeError('no')
    },
    { id: 'thing_broken' },
  )
  const evaluation = await run(
    [broken, isOn],
    [resource({ on: true }), resource({ on: unknown() }, { id: 'b' })],
  )
  expect(evaluation.bugs).toEqual([
    { checkId: 'thing_broken', resourceId: 'aws_thing.a', error: new TypeError('no') },
  ])
  expect(evaluation.counts).toEqual({ pass: 1, fail: 0, unknown: 3, notApplicable: 0 })
  const [first] = evaluation.findings({ status: ['UNKNOWN'] })
  expect(first?.finding.UnknownReason).toContain('bug in Batten')
})

test('options and the moment are arguments', async () => {
  const seen: unknown[] = []
  const check = thing<Thing>((_, context) => seen.push(context) > 0, {
    options: { days: 90, ports: [1] },
  })
  await evaluate({
    resources: [resource({})],
    selection: { settings: { thing_is_good: { days: 30 } }, load: async () => [check] },
    now: new Date(5),
    knows: knowing(),
  })
  expect(seen).toMatchObject([
    { now: new Date(5), options: { days: 30, ports: [1] }, account: null },
  ])
})

describe('related resources', () => {
  const logged = thing<Thing>((_, { related }) => related('aws_log').some(log => log.on))
  const vpc = resource({})
  const log = (on: Plain) => resource({ on }, { type: 'aws_log', id: `log ${String(on)}` })
  const verdict = async (logs: readonly (Resource | ReturnType<typeof unknown>)[]) => {
    const { counts } = await run([logged], [vpc], {
      related: (of, type) => (of === vpc && type === 'aws_log' ? logs : []),
    })
    return Object.entries(counts).find(([, count]) => count === 1)?.[0]
  }

  test.each([
    ['pass', [log(true)]],
    ['fail', [log(false)]],
    ['fail', []],
    ['unknown', [log(unknown())]],
    ['unknown', [log(false), log(unknown())]],
    ['pass', [log(unknown()), log(true)]],
    ['unknown', [unknown('var.logs')]],
    ['pass', [unknown('var.logs'), log(true)]],
  ])('%s', async (status, logs) => expect(await verdict(logs)).toBe(status))

  test('of another one that was given', async () => {
    const chained = thing<Thing>((_, { related }) =>
      related('aws_log').some(log => related('aws_key', log).some(key => key.on)),
    )
    for (const on of [true, false, unknown()]) {
      const key = resource({ on }, { type: 'aws_key' })
      const first = log(true)
      const { counts } = await run([chained], [vpc], {
        related: (of, type) =>
          of === vpc && type === 'aws_log'
            ? [first]
            : of === first && type === 'aws_key'
              ? [key]
              : [],
      })
      expect(counts).toMatchObject({ pass: Number(on === true), fail: Number(on === false) })
    }
    const stray = thing<Thing>(
      (_, { related }) => related('aws_key', { on: true } as Thing).length > 0,
    )
    expect((await run([stray], [vpc])).bugs[0]?.error).toBeInstanceOf(TypeError)
  })

  test('one of an unknown number may be there or not, unless it multiplies with the resource', async () => {
    const counted = (on: Plain) => resource({ on }, { type: 'aws_log', id: 'aws_log.l[*]' })
    expect(await verdict([counted(true)])).toBe('unknown')
    expect(await verdict([counted(true), log(true)])).toBe('pass')
    expect(await verdict([counted(false)])).toBe('fail')
    const within = resource({}, { id: 'module.m[*].aws_thing.a' })
    const beside = resource({ on: true }, { type: 'aws_log', id: 'module.m[*].aws_log.l' })
    const { counts } = await run([logged], [within], { related: () => [beside] })
    expect(counts.pass).toBe(1)
    const naming = resource({}, { refs: { log: ['aws_log.l[*]'] } })
    const { counts: named } = await run([logged], [naming], { related: () => [counted(true)] })
    expect(named.pass).toBe(1)
  })
})

describe('what is not yet collected', () => {
  interface Row {
    readonly id: string
    readonly attributes: Attributes
  }

  /** A source that answers detail calls, and remembers which were made in which round. */
  function source(rows: readonly Row[], truth: Readonly<Record<string, Attributes>>) {
    const calls: string[][] = []
    const live = (id: string, attributes: Attributes) => ({
      ...resource(attributes, { id }),
      origin: { source: 'aws' as const, address: null, span: null, root: null },
    })
    const current = new Map(rows.map(row => [row.id, live(row.id, row.attributes)]))
    const fetch = async (missing: readonly MissingRead[]) => {
      calls.push(missing.map(({ resource: { id }, path }) => `${id} ${path.join('.')}`).sort())
      for (const {
        resource: { id },
        path,
      } of missing) {
        const old = current.get(id)
        if (old) current.set(id, live(id, withValue(old.attributes, path, truth[id] ?? {})))
      }
      return [...new Set(missing.map(({ resource: { id } }) => current.get(id)))].filter(
        each => each !== undefined,
      )
    }
    return { calls, fetch, resources: [...current.values()] }
  }

  function withValue(attributes: Attributes, [name = '']: Path, truth: Attributes): Attributes {
    return { ...attributes, [String(name)]: truth[name] }
  }

  test('only what the chosen checks read is asked for, once, a round together', async () => {
    const { calls, fetch, resources } = source(
      [
        { id: 'a', attributes: { on: pending(), name: pending(), more: pending() } },
        { id: 'b', attributes: { on: pending(), name: pending(), more: pending() } },
        { id: 'c', attributes: { on: true, name: 'a', more: pending() } },
      ],
      { a: { on: true, name: 'a' }, b: { on: false, name: 'a' } },
    )
    const both = thing<Thing>(thing => thing.on && thing.name === 'a', { id: 'thing_both' })
    const { counts, findings } = await run([isOn, both], resources, { fetch })
    expect(calls).toEqual([['a on', 'b on'], ['a name']])
    expect(counts).toEqual({ pass: 4, fail: 2, unknown: 0, notApplicable: 0 })
    const [fail] = findings({ status: ['FAIL'] })
    expect(fail?.finding.Evidence).toMatchObject([{ Path: 'on', Value: false }])
  })

  test('nothing is asked for where it cannot matter', async () => {
    const { calls, fetch, resources } = source(
      [{ id: 'a', attributes: { on: pending(), name: 'a' } }],
      {},
    )
    const either = thing<Thing>(thing => thing.on || thing.name === 'a')
    const { counts } = await run([either], resources, { fetch })
    expect(calls).toEqual([])
    expect(counts.pass).toBe(1)
  })

  test('all elements of an array are asked for together', async () => {
    const rules = [{ open: pending() }, { open: pending() }]
    const { calls, fetch, resources } = source([{ id: 'a', attributes: { rules } }], {
      a: { rules: [{ open: false }, { open: false }] },
    })
    const shut = thing<Thing>(thing => !thing.rules.some(rule => rule.open))
    const { counts } = await run([shut], resources, { fetch })
    expect(calls).toEqual([['a rules.0.open', 'a rules.1.open']])
    expect(counts.pass).toBe(1)
  })

  test('related resources are collected too', async () => {
    const { calls, fetch, resources } = source([{ id: 'log', attributes: { on: pending() } }], {
      log: { on: true },
    })
    const vpc = resource({}, { type: 'aws_vpc', id: 'vpc' })
    const check = thing<Thing>((_, { related }) => related('aws_thing').some(log => log.on))
    const { counts } = await run([{ ...check, types: ['aws_vpc'] as never }], [vpc], {
      fetch,
      related: of => (of === vpc ? resources : []),
    })
    expect(calls).toEqual([['log on']])
    expect(counts.pass).toBe(1)
  })

  test('what cannot be collected is unknown, and asked for once', async () => {
    const { calls, fetch, resources } = source([{ id: 'a', attributes: { on: pending() } }], {
      a: { on: denied('s3:GetBucketVersioning') },
    })
    const { findings } = await run([isOn], resources, { fetch })
    expect([...findings()].map(({ finding }) => finding.UnknownReason)).toEqual([
      'no permission for s3:GetBucketVersioning',
    ])
    expect(calls).toHaveLength(1)
    const stubborn = source([{ id: 'a', attributes: { on: pending() } }], { a: { on: pending() } })
    const again = await run([isOn], stubborn.resources, { fetch: stubborn.fetch })
    expect(again.counts.unknown).toBe(1)
    expect(stubborn.calls).toHaveLength(1)
  })

  test('without a source to ask it stays unknown', async () => {
    const { findings } = await run([isOn], [resource({ on: pending() })])
    expect([...findings()].map(({ finding }) => finding.UnknownReason)).toEqual([
      'on was not collected',
    ])
  })
})

test('an interrupted evaluation keeps what it has', async () => {
  const stop = new AbortController()
  stop.abort()
  const { counts, findings } = await run([isOn], [resource({ on: true })], { signal: stop.signal })
  expect(counts.pass).toBe(0)
  expect([...findings()]).toEqual([])
})
