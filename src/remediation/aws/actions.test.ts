import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { files } from '../../checks/index.generated.ts'
import { type RecordedCall, type Sandbox, startSandbox } from '../../sandbox/aws/index.ts'
import type { State } from '../../sandbox/aws/state.ts'
import { scan } from '../../scan.ts'
import { record } from '../approval/decide.ts'
import { asJson, canonical, type Json } from '../json.ts'
import { verify } from '../record/entry.ts'
import { remediate } from '../remediate.ts'
import type { Result } from '../run.ts'
import { eventOf, finding, switchedOn, testTools } from '../sandbox.fixture.ts'
import type { Tools } from '../tools.ts'
import { undo } from '../undo.ts'
import { type ActionCase, actionCases } from './action-cases.fixture.ts'
import { actions } from './actions.ts'
import { implied, permissionOf } from './permission.fixture.ts'

let sandbox: Sandbox
afterEach(() => sandbox?.close())

describe('the registry', () => {
  test('has at least 35 actions that change something, the guide’s three among them', () => {
    expect(actions.filter(action => action.mode !== 'guide').length).toBeGreaterThanOrEqual(35)
    const ids = actions.map(action => action.id)
    expect(ids).toEqual(
      expect.arrayContaining(['s3_bucket_public_access', 'sg_open_to_world', 'ebs_unencrypted']),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('no check is mended by two actions', () => {
    const checks = actions.flatMap(action => [...action.mends, ...(action.maybe ?? [])])
    expect(checks.filter((check, index) => checks.indexOf(check) !== index)).toEqual([])
  })

  test('an action that may run unasked knows the resource’s tags and how many there are', () => {
    const blind = actions.filter(
      ({ mode, scope, tags, population }) =>
        scope === 'resource' && mode === 'auto' && !(tags && population),
    )
    expect(blind.map(action => action.id)).toEqual([])
  })

  test('every check that an action mends is one', () => {
    const known = new Set(files.flatMap(file => file.cards.map(card => card.id)))
    // Services that are not collected yet: their checks will have Prowler's ids.
    const facts = resolve(import.meta.dirname, '../../../../shared/facts/prowler-checks.tsv')
    if (!existsSync(facts)) return
    for (const line of readFileSync(facts, 'utf8').split('\n')) known.add(line.split('\t')[2] ?? '')
    const checks = actions.flatMap(action => [...action.mends, ...(action.maybe ?? [])])
    expect(checks.filter(check => !known.has(check))).toEqual([])
  })

  test('every action that changes something is tried below', () => {
    const tried = new Set(actionCases.map(each => each.action))
    const untried = actions.filter(action => action.mode !== 'guide' && !tried.has(action.id))
    expect(untried.map(action => action.id)).toEqual([])
  })

  test('a guide is queued with what to do, and calls nothing', async () => {
    sandbox = await startSandbox({})
    const { tools } = testTools(sandbox.url)
    const root = finding({
      CheckID: 'iam_no_root_access_key',
      ResourceId: 'arn:aws:iam::123456789012:root',
    })
    expect(await remediate(eventOf(root), tools)).toMatchObject({
      outcome: 'QUEUED',
      why: [expect.stringContaining('deactivate the key')],
    })
    expect(sandbox.calls).toEqual([])
  })
})

const named = actionCases.map((each, index) => [`${each.action} #${index}`, each] as const)

describe.each(named)('%s', (_, on) => {
  test('mends, and undo brings back the whole first state', async () => {
    sandbox = await startSandbox(on.estate, { pageSize: 1 })
    const { tools } = testTools(sandbox.url, {
      settings: switchedOn({ blast: 'B3', options: on.options ?? {} }),
    })
    const first = snapshot(sandbox.state)
    const result = await throughApproval(on, tools)
    expect(result.outcome).toBe('FIXED')
    expect(snapshot(sandbox.state)).not.toEqual(first)
    const mended = sandbox.calls.length
    const again = (await remediate(eventOf(findingOf(on)), tools)) as Result
    expect(again.outcome).toBe('ALREADY_OK')

    const asked = sandbox.calls.length
    expect(await undo(result.job, { by: 'ada', force: false, dryRun: false }, tools)).toMatchObject(
      {
        restored: true,
      },
    )
    expect(snapshot(sandbox.state)).toEqual(first)
    expect(await verify(tools.store.entries(), await tools.store.head())).toMatchObject({
      fault: null,
    })
    checkPermissions(on.action, sandbox.calls.slice(0, mended), sandbox.calls.slice(asked))
  })

  test.runIf(on.isScanned)(
    'a scan fails before, passes after and fails again when undone',
    async () => {
      sandbox = await startSandbox(on.estate)
      const { tools } = testTools(sandbox.url, {
        settings: switchedOn({ blast: 'B3', options: on.options ?? {} }),
      })
      expect(await statusOf(on)).toBe('FAIL')
      const { job } = await throughApproval(on, tools)
      expect(await statusOf(on)).toBe('PASS')
      await undo(job, { by: 'ada', force: false, dryRun: false }, tools)
      expect(await statusOf(on)).toBe('FAIL')
    },
  )
})

function findingOf({ check, resource, region = 'us-east-1' }: ActionCase) {
  return finding({ CheckID: check, ResourceId: resource, Region: region })
}

/** In a development account: at once, or where the action always waits, after a decision. */
async function throughApproval(on: ActionCase, tools: Tools): Promise<Result> {
  const result = (await remediate(eventOf(findingOf(on)), tools)) as Result
  const action = actions.find(each => each.id === on.action)
  expect(result.outcome, result.why.join()).toBe(action?.mode === 'approve' ? 'QUEUED' : 'FIXED')
  if (result.outcome === 'FIXED') return result
  const job = await tools.store.job(result.job)
  if (!job) throw new Error('the job is not in the record')
  expect(await record(job, 'approved', { by: 'ada', via: 'test' }, tools)).toMatchObject({
    ok: true,
  })
  return (await remediate({ approved: result.job }, tools)) as Result
}

/** Each call is allowed by the action's permissions, and each permission is needed by a call. */
function checkPermissions(
  id: string,
  mending: readonly RecordedCall[],
  undoing: readonly RecordedCall[],
): void {
  const {
    read = [],
    write = [],
    undo: back = [],
  } = actions.find(each => each.id === id)?.permissions ?? {}
  const isWrite = (call: RecordedCall) => !/^(Get|List|Describe)/.test(call.operation)
  const used = (calls: readonly RecordedCall[]) => [...new Set(calls.map(permissionOf))]
  // What a call tags as it makes it needs a permission of its own.
  const tags = (calls: readonly RecordedCall[]) =>
    calls.some(call => 'TagSpecifications' in call.input) ? ['ec2:CreateTags'] : []
  expect(write).toEqual(expect.arrayContaining(tags(mending)))
  expect(back).toEqual(expect.arrayContaining(tags(undoing)))
  expect(read).toEqual(
    expect.arrayContaining(used([...mending, ...undoing].filter(call => !isWrite(call)))),
  )
  expect(write).toEqual(expect.arrayContaining(used(mending.filter(isWrite))))
  expect(back).toEqual(expect.arrayContaining(used(undoing.filter(isWrite))))
  for (const permission of used(mending.filter(call => !isWrite(call))))
    needed.add(`${id} ${permission}`)
  for (const permission of used(mending.filter(isWrite))) needed.add(`${id} ${permission}`)
  for (const permission of used(undoing.filter(isWrite))) needed.add(`${id} ${permission}`)
}

const needed = new Set<string>()

test('an unencrypted volume is never said to be mended', async () => {
  const id = 'arn:aws:ec2:us-east-1:123456789012:volume/vol-1'
  sandbox = await startSandbox({
    ec2: { 'us-east-1': { Volumes: [{ VolumeId: 'vol-1', Encrypted: false }] } },
  })
  const { tools } = testTools(sandbox.url)
  const volume = finding({ CheckID: 'ec2_ebs_volume_encryption', ResourceId: id })
  const result = (await remediate(eventOf(volume), tools)) as Result
  expect(result).toMatchObject({ outcome: 'QUEUED' })
  expect(result.why.join()).toContain('vol-1 itself stays unencrypted')
  const { defaults, Volumes } = sandbox.state.ec2('us-east-1')
  expect(defaults.EbsEncryptionByDefault).toBe(true)
  expect(Volumes).toEqual([{ VolumeId: 'vol-1', Encrypted: false }])
  const again = (await remediate(eventOf(volume), tools)) as Result
  expect(again).toMatchObject({ outcome: 'QUEUED', why: [expect.stringContaining('swap it')] })
  expect(again.why.join()).not.toContain('by default')
  for (const permission of sandbox.calls.map(permissionOf))
    needed.add(`ebs_unencrypted ${permission}`)
  await undo(result.job, { by: 'ada', force: false, dryRun: false }, tools)
  expect(defaults.EbsEncryptionByDefault).toBe(false)
})

test('no action asks for a permission that it never uses', () => {
  const spare = actions.flatMap(({ id, permissions: { read, write, undo: back } }) =>
    [...read, ...write, ...back]
      .filter(permission => !needed.has(`${id} ${permission}`) && !implied.has(permission))
      .map(permission => `${id} ${permission}`),
  )
  expect(spare).toEqual([])
})

async function statusOf({ check, resource }: ActionCase): Promise<string | undefined> {
  const report = await scan({
    paths: [],
    cwd: process.cwd(),
    env: {},
    now: new Date('2026-11-24T12:00:00Z'),
    version: 'test',
    debug: true,
    select: { checks: [check] },
    compliance: { frameworks: [], shown: false },
    status: [],
    terraform: { vars: {}, varFiles: [], skipPaths: [] },
    noise: { newOnly: false, inlineSkips: true, mutelistFile: undefined },
    aws: { roles: [], regions: ['us-east-1'] },
    exit: () => 0,
    progress: () => {},
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof scan>[0])
  return [...report.findings()].find(each => each.ResourceId === resource)?.Status
}

/** The whole account, without what AWS numbers anew and in an order of its own. */
function snapshot(state: State): Json {
  const region = 'us-east-1'
  const whole = Object.entries(state).map(([name, part]) => [
    name,
    plain(typeof part === 'function' ? part(region) : part),
  ])
  return asJson(Object.fromEntries(whole))
}

function plain(value: unknown): Json {
  if (value instanceof Map) return plain(Object.fromEntries(value))
  if (value instanceof Set) return plain([...value])
  if (Array.isArray(value))
    return value.map(plain).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null || value instanceof Date) return asJson(value)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !anew.has(key) && !isEmpty(each))
      .map(([key, each]) => [key, policies.has(key) ? document(each) : plain(each)]),
  )
}

const anew = new Set([
  ...['made', 'SecurityGroupRuleId', 'invoked'],
  ...['DeletionDate', 'StartLoggingTime', 'StopLoggingTime'],
])
const policies = new Set(['policy', 'Policy'])

/** Never set, and set to nothing, are one. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return Array.isArray(value) && value.length === 0
}

function document(value: unknown): Json {
  return plain(typeof value === 'string' ? JSON.parse(value) : value)
}
