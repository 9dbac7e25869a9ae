import { describe, expect, test } from 'vitest'
import { denied, knowing, resource, thing, unknown } from '../../test/engine-fixtures.ts'
import type { Check } from '../check.ts'
import type { Finding, Status } from '../finding.ts'
import { Absent, type Attributes, type Path, type Resource, type Span } from '../resource.ts'
import { evaluate } from './evaluate.ts'

interface Thing {
  readonly on: boolean
  readonly name: string
  readonly password: string
  readonly tokens: string
  readonly block: { readonly on: boolean } | undefined
  readonly rules: readonly { readonly port: number; readonly from: readonly string[] }[]
}

const knows = knowing({ on: 'boolean', rules: 'array' }, ['hush'])

async function findings(check: Check, resources: readonly Resource[], tags = false) {
  const selection = { settings: {}, load: async () => [check] }
  const evaluation = await evaluate({ resources, selection, now: new Date(0), knows })
  return [...evaluation.findings({ tags })]
}

async function one(check: Check, it: Resource): Promise<Finding> {
  const [judged] = await findings(check, [it])
  if (!judged) throw new Error('no finding')
  return judged.finding
}

/** A resource whose every attribute has a line of its own. */
function written(attributes: Attributes, more: Partial<Resource> = {}): Resource {
  const line = (path: Path) => Object.keys(attributes).indexOf(String(path[0])) + 2
  const origin = {
    source: 'terraform' as const,
    address: 'aws_thing.a',
    span: span(1),
    root: 'envs/prod',
    locate: (path: Path) => (line(path) < 2 ? null : span(line(path))),
    chain: (path: Path) => (path[0] === 'name' ? [{ name: 'var.name', span: span(99) }] : []),
  }
  return resource(attributes, { origin, ...more })
}

function span(line: number, file = 'main.tf'): Span {
  return { file, startLine: line, startColumn: 3, endLine: line, endColumn: 20 }
}

test('a failure, whole', async () => {
  const check = thing<Thing>(thing => thing.on && thing.name === 'b', {
    set: { on: true, name: 'b' },
    cli: 'aws thing fix --name {name} --region {region}',
    url: 'https://example.com',
  })
  expect(
    await one(check, written({ on: true, name: 'a' }, { name: "it's", account: null })),
  ).toEqual({
    CheckID: 'thing_is_good',
    CheckTitle: 'Things are good',
    Provider: 'aws',
    AccountId: null,
    Region: null,
    Severity: 'HIGH',
    Status: 'FAIL',
    StatusExtended: "Thing it's: name is a",
    UnknownReason: null,
    ResourceId: 'aws_thing.a',
    ResourceType: 'aws_thing',
    ResourceName: "it's",
    ResourceTags: null,
    Source: 'terraform',
    File: 'main.tf',
    StartLine: 3,
    StartColumn: 3,
    EndLine: 3,
    EndColumn: 20,
    Address: 'aws_thing.a',
    FaultAddress: 'aws_thing.a',
    Evidence: [
      { Path: 'name', Value: 'a', File: 'main.tf', Line: 3 },
      { Path: 'var.name', Value: null, File: 'main.tf', Line: 99 },
    ],
    Remediation: {
      Recommendation: 'Set `good = true`.',
      Code: {
        CLI: "aws thing fix --name '<name>' --region '<region>'",
        Terraform: 'on = true\nname = "b"',
      },
      Url: 'https://example.com',
    },
    Compliance: {},
    Muted: false,
    MuteReason: null,
    New: null,
    Fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    FirstSeen: null,
  })
})

test('a pass points to the header and says what is good', async () => {
  const finding = await one(
    thing<Thing>(thing => thing.on),
    written({ on: true }),
  )
  expect(finding).toMatchObject({
    Status: 'PASS' satisfies Status,
    StatusExtended: 'Thing a passes: Things are good',
    StartLine: 1,
    Evidence: [],
  })
})

test('an unknown says which variable, and where it is read', async () => {
  const check = thing<Thing>(thing => thing.name === 'b')
  const finding = await one(check, written({ on: true, name: unknown('var.name has no value') }))
  expect(finding).toMatchObject({
    Status: 'UNKNOWN' satisfies Status,
    UnknownReason: 'var.name has no value',
    StatusExtended: 'Thing a cannot be judged: var.name has no value',
    StartLine: 3,
    Evidence: [
      { Path: 'name', Value: null, Line: 3 },
      { Path: 'var.name', Line: 99 },
    ],
  })
})

test('an unknown says which permission', async () => {
  const check = thing<Thing>(thing => thing.name === 'b')
  const { UnknownReason } = await one(check, written({ name: denied('s3:GetBucketPolicy') }))
  expect(UnknownReason).toBe('no permission for s3:GetBucketPolicy')
})

describe('evidence', () => {
  const rules = [
    { port: 80, from: ['0.0.0.0/0'] },
    { port: 22, from: ['10.0.0.0/8', '0.0.0.0/0'] },
    { port: 443, from: ['0.0.0.0/0'] },
  ]
  const isOpen = (rule: Thing['rules'][number]) =>
    rule.port === 22 && rule.from.some(cidr => cidr === '0.0.0.0/0')

  test('is the element that decided', async () => {
    for (const pass of [
      (thing: Thing) => !thing.rules.some(isOpen),
      (thing: Thing) => thing.rules.every(rule => !isOpen(rule)),
      (thing: Thing) => thing.rules.find(isOpen) === undefined,
      (thing: Thing) => thing.rules.filter(isOpen).length === 0,
      (thing: Thing) => !thing.rules.map(isOpen).includes(true),
    ]) {
      const { Evidence, StatusExtended } = await one(thing(pass), written({ rules }))
      expect(Evidence.map(({ Path, Value }) => [Path, Value])).toEqual([
        ['rules[1].from[1]', '0.0.0.0/0'],
        ['rules[1].port', 22],
      ])
      expect(StatusExtended).toBe('Thing a: rules[1].from[1] is 0.0.0.0/0')
    }
  })

  test('is the array where no element decides', async () => {
    const check = thing<Thing>(thing => thing.rules.some(rule => rule.port === 1))
    expect((await one(check, written({ rules }))).Evidence).toMatchObject([{ Path: 'rules' }])
    const { StatusExtended } = await one(check, written({ rules: [] }))
    expect(StatusExtended).toBe('Thing a: rules is empty')
  })

  test('is the element that decided, though another look at the array came after', async () => {
    const pass = (thing: Thing) =>
      !(thing.rules.some(isOpen) && !thing.rules.some(rule => rule.port === 7))
    expect((await one(thing(pass), written({ rules }))).Evidence[0]?.Path).toBe('rules[1].from[1]')
    const beside = (thing: Thing) =>
      !thing.rules.some(rule => rule.from.includes('10.0.0.0/8') && !rule.from.includes('x'))
    expect((await one(thing(beside), written({ rules }))).Evidence[0]?.Path).toBe(
      'rules[1].from[0]',
    )
    const alone = (thing: Thing) =>
      !thing.rules.some(rule => rule.port === 22 && !thing.rules.some(other => other.port === 7))
    expect((await one(thing(alone), written({ rules }))).Evidence[0]?.Path).toBe('rules[1].port')
  })

  test('shows what is known of a text, and no secret in it', async () => {
    const check = thing<Thing>(thing => !thing.rules.some(rule => rule.port === 1))
    const text = (...parts: (string | null)[]) => new Absent('unresolved', 'x', { parts })
    const from = [text('arn:aws:s3:::', null, '/*'), text('password=CANARY7f3a9c1e', null)]
    const { Evidence } = await one(check, written({ rules: [{ port: 1, from }] }))
    expect(Evidence[0]).toMatchObject({ Path: 'rules[0].port' })
    const named = thing<Thing>(thing => thing.rules.length === 0)
    expect((await one(named, written({ rules: [{ port: 1, from }] }))).Evidence[0]?.Value).toEqual([
      { port: 1, from: ['arn:aws:s3:::…/*', '(hidden)'] },
    ])
  })

  test('is known even where something else is assumed', async () => {
    const check = thing<Thing>(thing => thing.on && thing.name === 'b')
    const { Evidence, Status } = await one(check, written({ on: unknown(), name: 'a' }))
    expect(Status).toBe('FAIL')
    expect(Evidence[0]).toMatchObject({ Path: 'name', Value: 'a' })
  })

  test('prefers what `set` mends', async () => {
    const pass = (thing: Thing) => !(thing.on === false && thing.name === 'a')
    const check = thing<Thing>(pass, { set: { on: true } })
    const it = written({ on: false, name: 'a' })
    expect(await one(check, it)).toMatchObject({ StartLine: 2, Evidence: [{ Path: 'on' }] })
    expect((await one(thing<Thing>(pass), it)).Evidence[0]).toMatchObject({ Path: 'name' })
  })

  test('is what is not there', async () => {
    const check = thing<Thing>(thing => thing.block?.on ?? false, { set: { 'block.on': true } })
    expect(await one(check, written({ name: 'a' }))).toMatchObject({
      StatusExtended: 'Thing a: block is not set',
      StartLine: 1,
      Evidence: [{ Path: 'block', Value: null, Line: 1 }],
      Remediation: { Code: { Terraform: 'block {\n  on = true\n}' } },
    })
  })

  test('of a related resource does not move the finding', async () => {
    const log = written({ on: false }, { type: 'aws_log', id: 'aws_log.b' })
    const check = thing<Thing>((_, { related }) => related('aws_log').every(each => each.on))
    const evaluation = await evaluate({
      resources: [written({ name: 'a' })],
      selection: { settings: {}, load: async () => [check] },
      now: new Date(0),
      knows,
      related: () => [log],
    })
    const [judged] = evaluation.findings()
    expect(judged?.finding).toMatchObject({ StartLine: 1, Evidence: [{ Path: 'on', Line: 2 }] })
  })
})

test('the fault is in the piece that the fold took it from', async () => {
  const piece = written({ cidr: '0.0.0.0/0' }, { id: 'aws_rule.b' })
  const other = {
    ...piece,
    origin: { ...piece.origin, address: 'aws_rule.b', span: span(7, 'b.tf') },
  }
  const rules = [
    { port: 1, from: [] },
    { port: 22, from: ['0.0.0.0/0'] },
  ]
  const parts = [{ at: ['rules', 1], of: other, path: [] }]
  const check = thing<Thing>(thing => thing.rules.every(rule => rule.port !== 22))
  const [judged] = await findings(check, [written({ rules }, { parts })])
  expect(judged?.finding).toMatchObject({
    Address: 'aws_thing.a',
    FaultAddress: 'aws_rule.b',
    File: 'b.tf',
    StartLine: 7,
  })
  expect(judged?.fault).toBe(other)
})

describe('secrets', () => {
  const read = (name: string) =>
    thing<Readonly<Record<string, unknown>>>(thing => thing[name] === undefined)
  const evidence = async (name: string, it: Resource) => {
    const { Evidence, StatusExtended } = await one(read(name), it)
    expect(StatusExtended).not.toContain('CANARY')
    return Evidence[0]?.Value
  }

  test.each([
    ['password', 'CANARY'],
    ['hush', 'CANARY'],
    ['DB_PASSWORD', 'CANARY'],
    ['user_data', '#!/bin/sh CANARY'],
    ['text', 'export AWS_SECRET_ACCESS_KEY=CANARY7f3a9c1eCANARY7f3a9c1e'],
    ['text', 'https://root:CANARYcanary@example.com'],
    ['text', 'CANARYx7Kq2Lm9Zt4Wp8Rv3Nc6Yb1Ds5Hf0Gj'],
  ])('%s %s', async (name, value) => {
    expect(await evidence(name, written({ [name]: value }))).toBe('(hidden)')
  })

  test.each([
    ['http_tokens', 'optional'],
    ['secret_arn', 'arn:aws:secretsmanager:eu-west-1:1:secret:x'],
    ['password_reuse_prevention', 3],
    ['text', 'arn:aws:iam::123456789012:role/Administrator-Role-For-Everyone'],
  ])('%s %s is none', async (name, value) => {
    expect(await evidence(name, written({ [name]: value }))).toBe(value)
  })

  test('inside of values, and from sensitive variables', async () => {
    const it = written({ env: { A: 'a', API_TOKEN: 'CANARY' }, word: 'CANARY' })
    const origin = { ...it.origin, sensitive: (path: Path) => path[0] === 'word' }
    expect(await evidence('env', it)).toEqual({ A: 'a', API_TOKEN: '(hidden)' })
    expect(await evidence('word', { ...it, origin })).toBe('(hidden)')
  })

  test('in a name', async () => {
    const it = written({ on: false, bucket: 'CANARY' }, { name: 'CANARY' })
    const address = 'module.x["a.b"].aws_thing.logs["k"]'
    const origin = { ...it.origin, address, sensitive: (path: Path) => path[0] === 'bucket' }
    const check = thing<Thing>(thing => thing.on, { cli: 'aws thing {name}' })
    const finding = await one(check, { ...it, origin })
    expect(finding).toMatchObject({
      ResourceName: 'logs',
      StatusExtended: 'Thing logs: on is false',
    })
    expect(JSON.stringify(finding)).not.toContain('CANARY')
  })

  test('in a message of the check', async () => {
    const check = thing<Thing>(thing => thing.on, {
      fault: () => 'runs with DB_PASSWORD=CANARY7f3a9c1e',
    })
    const { StatusExtended } = await one(check, written({ on: false }))
    expect(StatusExtended).not.toContain('CANARY')
  })
})

describe('messages', () => {
  test('are the check’s own', async () => {
    const check = thing<Thing>(thing => thing.on, {
      fault: (thing: Thing) => `is open to ${thing.name}`,
    })
    expect((await one(check, written({ on: false, name: 'all' }))).StatusExtended).toBe(
      'Thing a is open to all',
    )
    expect((await one(check, written({ on: false, name: unknown() }))).StatusExtended).toBe(
      'Thing a: on is false',
    )
  })

  test('are one line without control characters', async () => {
    const name = 'a\n\u001b[2Jb\u0007\u202ec\u2028d'
    const finding = await one(
      thing<Thing>(thing => thing.on),
      written({ on: false }, { name }),
    )
    expect(finding.StatusExtended).toBe('Thing a [2Jb c d: on is false')
    expect(finding.ResourceName).toBe(name)
  })
})

describe('fingerprints', () => {
  const check = thing<Thing>(thing => thing.on)
  const prints = async (...resources: Resource[]) =>
    (await findings(check, resources)).map(({ finding }) => finding.Fingerprint)

  test('know no lines', async () => {
    const it = written({ on: false })
    const moved = { ...it, origin: { ...it.origin, span: span(50, 'other.tf') } }
    expect(await prints(it)).toEqual(await prints(moved))
  })

  test('tell roots, resources and accounts apart', async () => {
    const it = written({ on: false })
    const aws = { source: 'aws' as const, address: null, span: null, root: null }
    const all = await prints(
      it,
      { ...it, id: 'aws_thing.b' },
      { ...it, origin: { ...it.origin, root: '' } },
      { ...it, origin: aws, account: '1' },
      { ...it, origin: aws, account: '2' },
      { ...it, origin: aws, account: '2', region: 'eu-west-1' },
    )
    expect(new Set(all).size).toBe(6)
  })

  test('are unique where the same resource is read twice', async () => {
    const it = written({ on: false })
    const all = await prints(it, it, it)
    expect(new Set(all).size).toBe(3)
    expect(all[0]).toBe((await prints(it))[0])
  })
})

test('tags only where they are asked for', async () => {
  const check = thing<Thing>(thing => thing.on)
  const tags = { Name: 'x', owner: unknown(), password: 'CANARY' }
  const [judged] = await findings(check, [written({ on: false, tags })], true)
  expect(judged?.finding.ResourceTags).toEqual({ Name: 'x', password: '(hidden)' })
})

test('findings come by file, line, id and check', async () => {
  const at = (id: string, file: string, line: number) =>
    resource(
      { on: true },
      { id, origin: { source: 'terraform', address: id, span: span(line, file), root: '' } },
    )
  const resources = [at('c', 'b.tf', 1), at('b', 'a.tf', 9), at('a', 'a.tf', 10)]
  const all = await findings(
    thing<Thing>(thing => thing.on),
    resources,
  )
  expect(all.map(({ finding }) => finding.ResourceId)).toEqual(['b', 'a', 'c'])
})
