import { describe, expect, test } from 'vitest'
import { denied, knowing, resource, thing, unknown } from '../../test/engine-fixtures.ts'
import { Absent, type Attributes, Missing, type Plain } from '../resource.ts'
import { judgeOf } from './judge.ts'
import type { Knowledge } from './knowledge.ts'

interface Rule {
  readonly port: number
  readonly open: boolean
  readonly shut: boolean
  readonly from: readonly string[]
}
interface Thing {
  readonly on: boolean
  readonly off: boolean
  readonly name: string
  readonly rules: readonly Rule[]
  readonly names: readonly string[]
  readonly block: { readonly on: boolean }
  readonly policy: { readonly actions: readonly string[] }
}

const kinds = knowing({
  on: 'boolean',
  off: 'boolean',
  rules: 'array',
  'rules.[]': 'object',
  'rules.[].open': 'boolean',
  'rules.[].shut': 'boolean',
  names: 'array',
  block: 'object',
  'block.on': 'boolean',
  policy: 'policy',
})

function judge(
  attributes: Attributes,
  pass: (thing: Thing) => boolean,
  knows: Knowledge = kinds,
): string {
  const judge = judgeOf(thing(pass), { now: new Date(0), knows, related: () => [] })
  const { outcome } = judge.traced(resource(attributes))
  return outcome.decided
    ? outcome.value
    : `UNKNOWN ${[...new Set(outcome.holes.map(hole => hole.absent.reason))]}`
}

const many = (as: Plain) => new Absent('unresolved', 'many', { many: true, as })
const x = unknown('x')
const y = unknown('y')

describe('scalars', () => {
  test('an unknown string stops the reading', () => {
    expect(judge({ name: x }, thing => thing.name === 'a')).toBe('UNKNOWN x')
    expect(judge({ name: x, on: true }, thing => thing.on || thing.name === 'a')).toBe('PASS')
  })

  test('an unknown boolean is tried both ways', () => {
    expect(judge({ on: x }, thing => thing.on)).toBe('UNKNOWN x')
    expect(judge({ on: x, off: true }, thing => thing.on || thing.off)).toBe('PASS')
    expect(judge({ on: x, off: false }, thing => thing.on && thing.off)).toBe('FAIL')
    expect(judge({ on: x, off: y }, thing => thing.on || thing.off)).toBe('UNKNOWN x,y')
    expect(judge({ on: x }, thing => thing.on || !thing.on)).toBe('PASS')
  })

  test('without the vocabulary a boolean is as unknown as a string', () => {
    expect(judge({ on: x, off: true }, thing => thing.on || thing.off, knowing())).toBe('UNKNOWN x')
  })

  test('denied is unknown too', () => {
    expect(judge({ on: denied('s3:Get') }, thing => thing.on)).toBe('UNKNOWN s3:Get')
  })

  test('a block that is surely there has fields, each of them unknown', () => {
    expect(judge({ block: x, off: true }, thing => thing.block.on || thing.off)).toBe('PASS')
    expect(judge({ block: x }, thing => thing.block.on)).toBe('UNKNOWN x')
  })

  test('names from prototypes are plain data', () => {
    const attributes = JSON.parse('{"__proto__": {"on": true}, "name": "a"}')
    expect(judge(attributes, thing => thing.on)).toBe('FAIL')
    expect(judge(attributes, thing => thing.on || 'constructor' in thing)).toBe('FAIL')
  })

  test('a check cannot change what it reads', () => {
    const write = (thing: Thing) => Object.assign(thing, { on: true }).on
    expect(() => judge({ on: x }, write)).toThrow('cannot change')
  })
})

describe('arrays', () => {
  const open = { port: 22, open: true }
  const shut = { port: 22, open: false }
  const maybe = { port: 22, open: x }

  test.each([
    [[maybe, open], 'FAIL'],
    [[open, maybe], 'FAIL'],
    [[x, open], 'FAIL'],
    [[open, x], 'FAIL'],
    [[maybe, shut], 'UNKNOWN x'],
    [[shut, maybe], 'UNKNOWN x'],
    [[shut, x], 'UNKNOWN x'],
    [[shut, shut], 'PASS'],
    [x, 'UNKNOWN x'],
    [[], 'PASS'],
    // Any number of what is known, none included.
    [[many(open)], 'UNKNOWN many'],
    [[many(shut)], 'PASS'],
    [[many(shut), open], 'FAIL'],
  ])('some and every of %j: %s', (rules, verdict) => {
    expect(judge({ rules }, thing => !thing.rules.some(rule => rule.open))).toBe(verdict)
    expect(judge({ rules }, thing => thing.rules.every(rule => !rule.open))).toBe(verdict)
    expect(judge({ rules }, thing => !thing.rules.find(rule => rule.open))).toBe(verdict)
    expect(judge({ rules }, thing => thing.rules.filter(rule => rule.open).length === 0)).toBe(
      verdict,
    )
    expect(judge({ rules }, thing => !thing.rules.map(rule => rule.open).includes(true))).toBe(
      verdict,
    )
    expect(
      judge({ rules }, thing => !thing.rules.flatMap(rule => [rule.open]).some(on => on)),
    ).toBe(verdict)
  })

  test('an element of one unknown value counts as one', () => {
    expect(judge({ names: [x] }, thing => thing.names.length > 0)).toBe('PASS')
    expect(judge({ names: [x] }, thing => thing.names.some(() => true))).toBe('PASS')
    expect(judge({ names: ['a', x] }, thing => thing.names.length === 2)).toBe('PASS')
    expect(judge({ names: [x, 'b'] }, thing => thing.names[1] === 'b')).toBe('PASS')
    expect(judge({ names: [x, 'b'] }, thing => thing.names[0] === 'b')).toBe('UNKNOWN x')
  })

  test('an element of any number of them does not', () => {
    expect(judge({ rules: [x] }, thing => thing.rules.some(() => true))).toBe('UNKNOWN x')
    const many = unknown('many', { many: true })
    expect(judge({ names: [many] }, thing => thing.names.length > 0)).toBe('UNKNOWN many')
    expect(judge({ names: [many, 'b'] }, thing => thing.names.at(1) === 'b')).toBe('UNKNOWN many')
    expect(judge({ names: [many, 'b'] }, thing => thing.names.at(-1) === 'b')).toBe('PASS')
    expect(judge({ rules: [x] }, thing => thing.rules.length > 0)).toBe('UNKNOWN x')
    expect(judge({ rules: [shut, x] }, thing => thing.rules.length > 50)).toBe('UNKNOWN x')
    expect(judge({ rules: [shut, x] }, thing => thing.rules.length > 0)).toBe('PASS')
  })

  test('an element that cannot decide is no matter', () => {
    const rules = [
      { port: 80, open: x },
      { port: 443, open: x },
    ]
    const pass = (thing: Thing) => !thing.rules.some(rule => rule.port === 22 && rule.open)
    expect(judge({ rules }, pass)).toBe('PASS')
    expect(judge({ rules: [{ port: x, open: false }] }, pass)).toBe('UNKNOWN x')
  })

  test('an undecided answer is tried both ways', () => {
    const pass = (thing: Thing) => thing.rules.some(rule => rule.open) || thing.on
    expect(judge({ rules: [maybe], on: true }, pass)).toBe('PASS')
    expect(judge({ rules: [maybe], on: false }, pass)).toBe('UNKNOWN x')
    expect(judge({ rules: x, on: true }, pass)).toBe('PASS')
  })

  test('however many elements are unknown, what an element decides by itself counts', () => {
    const both = Array.from({ length: 9 }, () => ({ open: x, shut: true }))
    const pass = (thing: Thing) => thing.rules.every(rule => rule.open || rule.shut)
    expect(judge({ rules: both }, pass)).toBe('PASS')
    expect(judge({ rules: [...both, { open: false, shut: false }] }, pass)).toBe('FAIL')
    expect(judge({ rules: [{ open: false, shut: false }, ...both] }, pass)).toBe('FAIL')
  })

  test('filter keeps what may match', () => {
    const pass = (thing: Thing) => thing.rules.filter(rule => rule.open)
    expect(judge({ rules: [open, maybe] }, thing => pass(thing).length > 0)).toBe('PASS')
    expect(judge({ rules: [open, maybe] }, thing => pass(thing).length > 1)).toBe('UNKNOWN x')
    expect(judge({ rules: [shut, maybe] }, thing => pass(thing).length > 1)).toBe('FAIL')
    expect(judge({ rules: [maybe] }, thing => pass(thing).some(rule => rule.port === 80))).toBe(
      'FAIL',
    )
    expect(judge({ rules: [maybe] }, thing => pass(thing).every(rule => rule.port === 22))).toBe(
      'PASS',
    )
    expect(judge({ rules: [maybe] }, thing => pass(thing).some(rule => rule.port === 22))).toBe(
      'UNKNOWN x',
    )
  })

  test('find answers what any of its candidates agree on', () => {
    const named = { port: 1, from: ['a'] }
    const perhaps = { port: x, from: ['a'] }
    const other = { port: x, from: ['b'] }
    const pass = (thing: Thing) =>
      thing.rules.find(rule => rule.port === 1)?.from.includes('a') ?? false
    expect(judge({ rules: [named, other] }, pass)).toBe('PASS')
    expect(judge({ rules: [perhaps, named] }, pass)).toBe('PASS')
    expect(judge({ rules: [other, named] }, pass)).toBe('UNKNOWN x')
    expect(judge({ rules: [perhaps] }, pass)).toBe('UNKNOWN x')
  })

  test('includes', () => {
    expect(judge({ names: [x, 'a'] }, thing => thing.names.includes('a'))).toBe('PASS')
    expect(judge({ names: ['a', x] }, thing => thing.names.includes('a'))).toBe('PASS')
    expect(judge({ names: [x, 'b'] }, thing => thing.names.includes('a'))).toBe('UNKNOWN x')
    expect(judge({ names: ['b'] }, thing => thing.names.includes('a'))).toBe('FAIL')
  })

  test('nested arrays', () => {
    const pass = (thing: Thing) =>
      !thing.rules.flatMap(rule => rule.from).some(name => name === 'world')
    expect(judge({ rules: [{ from: [x] }, { from: ['world'] }] }, pass)).toBe('FAIL')
    expect(judge({ rules: [{ from: x }, { from: ['world'] }] }, pass)).toBe('FAIL')
    expect(judge({ rules: [{ from: ['a'] }, { from: [x] }] }, pass)).toBe('UNKNOWN x')
    expect(judge({ rules: [{ from: ['a'] }, { from: ['b'] }] }, pass)).toBe('PASS')
  })

  test('other methods are all or nothing', () => {
    const join = (thing: Thing) => thing.names.join('') === 'ab'
    expect(judge({ names: ['a', 'b'] }, join)).toBe('PASS')
    expect(judge({ names: ['a', x] }, join)).toBe('UNKNOWN x')
    expect(judge({ names: ['a', 'b'] }, thing => [...thing.names].length === 2)).toBe('PASS')
    expect(judge({ names: ['a', x] }, thing => [...thing.names].length === 2)).toBe('UNKNOWN x')
    expect(judge({ names: ['a'] }, thing => thing.names.concat(['b']).includes('b'))).toBe('PASS')
    expect(judge({ names: [x] }, thing => thing.names.concat(['b']).includes('b'))).toBe('PASS')
    expect(judge({ names: ['a'] }, thing => Array.isArray(thing.names))).toBe('PASS')
    expect(judge({ names: ['a'] }, thing => JSON.stringify(thing.names) === '["a"]')).toBe('PASS')
  })

  test('work is bounded', () => {
    const rules = Array.from({ length: 300 }, () => ({
      open: x,
      shut: x,
      from: Array.from({ length: 300 }, () => x),
    }))
    const pass = (thing: Thing) =>
      thing.rules.some(rule => thing.rules.some(other => other.open === rule.shut && rule.open))
    expect(judge({ rules }, pass)).toMatch(/^UNKNOWN x/)
  })
})

describe('policy documents', () => {
  const part = new Absent('unresolved', 'x', { parts: ['s3:', null] })
  const isStar = (text: string | Absent) => {
    if (typeof text === 'string') return text === '*'
    if (text.parts?.[0]) return false
    throw new Missing(text)
  }

  test('partly known text is handed on as it is', () => {
    const pass = (thing: Thing) => !thing.policy.actions.some(isStar)
    expect(judge({ policy: { actions: [part] } }, pass)).toBe('PASS')
    expect(judge({ policy: { actions: [part, '*'] } }, pass)).toBe('FAIL')
    expect(judge({ policy: { actions: [x] } }, pass)).toBe('UNKNOWN x')
    const hole = new Absent('unresolved', 'y', { parts: [null] })
    expect(judge({ policy: { actions: [hole] } }, pass)).toBe('UNKNOWN y')
    expect(judge({ policy: { actions: [part, hole, '*'] } }, pass)).toBe('FAIL')
    expect(
      judge({ policy: { actions: [part] } }, thing => thing.policy.actions.includes('*')),
    ).toBe('UNKNOWN x')
  })

  test('text that stands for a whole document is unknown', () => {
    const pass = (thing: Thing) => !thing.policy.actions.some(isStar)
    expect(judge({ policy: part }, pass)).toBe('UNKNOWN x')
  })

  test('elsewhere it is as unknown as any text', () => {
    expect(judge({ names: [part] }, thing => !thing.names.some(isStar))).toBe('UNKNOWN x')
  })
})
