import fc from 'fast-check'
import { expect, test } from 'vitest'
import { knowing, resource, thing } from '../../test/engine-fixtures.ts'
import { Absent, type Attributes, type Plain } from '../resource.ts'
import { judgeOf } from './judge.ts'

interface Rule {
  readonly port: number
  readonly open: boolean
  readonly from: readonly string[]
}
interface Thing {
  readonly on: boolean
  readonly off: boolean
  readonly name: string
  readonly names: readonly string[]
  readonly rules: readonly Rule[]
}

const knows = knowing({
  on: 'boolean',
  off: 'boolean',
  names: 'array',
  rules: 'array',
  'rules.[]': 'object',
  'rules.[].open': 'boolean',
  'rules.[].from': 'array',
})

/** What a hole may stand for, so that it can be filled in. */
type Filler = 'boolean' | 'word' | 'number' | 'words' | 'rules'
const fillers: Readonly<Record<Filler, fc.Arbitrary<Plain>>> = {
  boolean: fc.boolean(),
  word: fc.constantFrom('a', 'b', 'c'),
  number: fc.constantFrom(1, 2, 22),
  words: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
  rules: fc.array(
    fc.record({
      port: fc.constantFrom(1, 2, 22),
      open: fc.boolean(),
      from: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
}

class Hole extends Absent {
  readonly filler: Filler
  constructor(filler: Filler, many = false) {
    super('unresolved', filler, { many })
    this.filler = filler
  }
}

function perhaps(filler: Filler, known = fillers[filler]): fc.Arbitrary<Plain> {
  return fc.oneof(
    { weight: 2, arbitrary: known },
    { weight: 1, arbitrary: fc.constant(new Hole(filler)) },
  )
}

const words = fc.array(fc.oneof(perhaps('word'), fc.constantFrom(new Hole('words', true))), {
  maxLength: 3,
})
const rule = fc.record({
  port: perhaps('number'),
  open: perhaps('boolean'),
  from: perhaps('words', words),
})
const rules = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: rule },
    { weight: 1, arbitrary: fc.constant(new Hole('rules', true)) },
  ),
  { maxLength: 4 },
)
const things = fc.record({
  on: perhaps('boolean'),
  off: perhaps('boolean'),
  name: perhaps('word'),
  names: perhaps('words', words),
  rules: perhaps('rules', rules),
})

const isOpen = (rule: Rule) =>
  rule.port === 22 && (rule.open || rule.from.some(name => name === 'a'))

const passes: readonly ((thing: Thing) => boolean)[] = [
  thing => thing.on,
  thing => thing.on || thing.off,
  thing => thing.on === thing.off,
  thing => thing.on || thing.name === 'a',
  thing => thing.name === 'a' || thing.on,
  thing => (thing.on ? thing.names.includes('a') : thing.off),
  thing => thing.names.length > 1,
  thing => thing.names.length === 0 || thing.names.at(0) === 'a',
  thing => thing.names.at(-1) === 'b',
  thing => thing.names.every(name => name !== 'a') || thing.on,
  thing => !thing.rules.some(isOpen),
  thing => thing.rules.every(rule => !isOpen(rule)),
  thing => thing.rules.find(isOpen) === undefined,
  thing => thing.rules.find(rule => rule.port === 22)?.open ?? thing.on,
  thing => thing.rules.filter(isOpen).length === 0,
  thing => thing.rules.filter(rule => rule.open).length === 2,
  thing => thing.rules.filter(rule => rule.port === 22).every(rule => rule.from.includes('b')),
  thing => thing.rules.filter(isOpen).some(rule => rule.from.length > 1),
  thing => thing.rules.map(rule => rule.port).includes(22),
  thing => thing.rules.map(isOpen).every(open => !open),
  thing => thing.rules.map(rule => rule.from.length).some(count => count > 1),
  thing => thing.rules.flatMap(rule => rule.from).includes('a'),
  thing => thing.rules.filter(rule => rule.port === 22).flatMap(rule => rule.from).length > 0,
  thing =>
    thing.rules
      .filter(rule => rule.port === 22)
      .flatMap(rule => rule.from)
      .includes('a'),
  thing => thing.rules.flatMap(rule => (rule.open ? rule.from : [])).length === 0,
  thing =>
    thing.rules
      .flatMap(rule => rule.from)
      .concat(thing.names)
      .every(name => name !== 'a'),
  thing => thing.rules.some(rule => rule.open) && thing.rules.some(rule => !rule.open),
  thing => thing.rules.some(rule => thing.names.some(name => rule.from.includes(name))),
  thing => thing.rules.at(0)?.open ?? false,
  thing => thing.names.join(',') === 'a,b',
  thing => thing.names.some(() => true),
]

function verdict(attributes: Attributes, pass: (thing: Thing) => boolean): string {
  const judge = judgeOf(thing(pass), { now: new Date(0), knows, related: () => [] })
  const { outcome } = judge.traced(resource(attributes))
  return outcome.decided ? outcome.value : 'UNKNOWN'
}

/** One way that it may turn out. */
function filled(value: Plain, draw: <T extends Plain>(from: fc.Arbitrary<T>) => T): Plain {
  if (value instanceof Hole) return draw(fillers[value.filler])
  if (Array.isArray(value)) {
    const items: readonly Plain[] = value
    return items.flatMap(item => {
      const known = filled(item, draw)
      return item instanceof Hole && item.many ? (known as readonly Plain[]) : [known]
    })
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, filled(field, draw)]),
  )
}

function plainVerdict(attributes: Attributes, pass: (thing: Thing) => boolean): string {
  return pass(attributes as unknown as Thing) ? 'PASS' : 'FAIL'
}

test.each(passes.map(pass => [String(pass), pass] as const))(
  'a decided verdict is the verdict however the unknown turns out: %s',
  (_, pass) => {
    let decided = 0
    fc.assert(
      fc.property(things, fc.gen(), (it, gen) => {
        const answer = verdict(it, pass)
        if (answer === 'UNKNOWN') return
        decided++
        for (let turn = 0; turn < 8; turn++) {
          const known = filled(it, arbitrary => gen(() => arbitrary)) as Attributes
          expect(plainVerdict(known, pass)).toBe(answer)
        }
      }),
      { numRuns: 400, seed: 7 },
    )
    expect(decided).toBeGreaterThan(20)
  },
)

test.each(passes.map(pass => [String(pass), pass] as const))(
  'what is known is judged as it is: %s',
  (_, pass) => {
    const known = fc.record({
      on: fillers.boolean,
      off: fillers.boolean,
      name: fillers.word,
      names: fillers.words,
      rules: fillers.rules,
    })
    fc.assert(
      fc.property(known, it => {
        expect(verdict(it, pass)).toBe(plainVerdict(it, pass))
      }),
      { numRuns: 100, seed: 7 },
    )
  },
)

test('with booleans alone unknown, unknown is what really is', () => {
  const booleans: readonly ((thing: Thing) => boolean)[] = [
    thing => thing.on || thing.off,
    thing => thing.on === thing.off,
    thing => (thing.on ? thing.off : !thing.off),
    thing => thing.rules.every(rule => rule.open || thing.on),
    thing => thing.rules.some(rule => rule.open) || thing.on || thing.off,
    thing => !thing.rules.some(rule => rule.open && rule.port === 22),
  ]
  const flag = perhaps('boolean')
  const flags = fc.record({
    on: flag,
    off: flag,
    name: fc.constant('a'),
    names: fc.constant([]),
    rules: fc.array(
      fc.record({ port: fc.constantFrom(1, 22), open: flag, from: fc.constant([]) }),
      { maxLength: 2 },
    ),
  })
  fc.assert(
    fc.property(flags, fc.constantFrom(...booleans), (it, pass) => {
      const ways = new Set(everyWay(it).map(way => plainVerdict(way, pass)))
      const wanted = ways.size === 1 ? [...ways][0] : 'UNKNOWN'
      expect(verdict(it, pass)).toBe(wanted)
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

/** All fillings of unknown booleans. */
function everyWay(attributes: Attributes): readonly Attributes[] {
  let holes = 0
  filled(attributes, () => {
    holes++
    return true as never
  })
  return Array.from({ length: 2 ** holes }, (_, way) => {
    let at = 0
    return filled(attributes, () => Boolean((way >> at++) & 1) as never) as Attributes
  })
}
