import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Estate } from '../sandbox/aws/estate.ts'
import { type Sandbox, startSandbox } from '../sandbox/aws/index.ts'
import { scan } from '../scan.ts'
import { approvals } from './approval/approvals.ts'
import { isFrozen, lambdaRuntime } from './lambda-tools.ts'
import { poster } from './notify/post.ts'
import { verify } from './record/entry.ts'
import { remediate } from './remediate.ts'
import type { Result } from './run.ts'
import { useSandbox } from './sandbox.fixture.ts'
import { click, slackSecret, startReceiver } from './slack.fixture.ts'
import { undo } from './undo.ts'

const account = '123456789012'
const context = { getRemainingTimeInMillis: () => 60_000 }

let sandbox: Sandbox
let slack: Awaited<ReturnType<typeof startReceiver>>
let lines: string[]
beforeEach(async () => {
  slack = await startReceiver()
  lines = []
})
afterEach(async () => {
  await sandbox.close()
  await slack.close()
})

const settings = {
  actions: { s3_bucket_public_access: 'auto' },
  accounts: { [account]: 'production' },
  approvers: ['U1'],
  sources: ['batten'],
  detailTypes: ['Batten Finding'],
}

async function install(
  more: {
    readonly estate?: Estate
    readonly parameters?: Readonly<Record<string, string>>
    readonly env?: Readonly<Record<string, string>>
  } = {},
) {
  sandbox = await startSandbox({
    s3: { buckets: [{ Name: 'customer-data-prod', policy: openPolicy }] },
    dynamodb: { 'us-east-1': { tables: [{ TableName: 'batten' }] } },
    ssm: {
      'us-east-1': {
        parameters: {
          '/batten/settings': JSON.stringify(settings),
          '/batten/freeze': 'off',
          '/batten/slack/webhook': `${slack.url}/hook`,
          '/batten/slack/secret': slackSecret,
          '/batten/keys': JSON.stringify({ k1: 'a'.repeat(40) }),
          ...more.parameters,
        },
      },
    },
    ...more.estate,
  })
  useSandbox(sandbox.url)
  const env = {
    AWS_REGION: 'us-east-1',
    BATTEN_TABLE: 'batten',
    BATTEN_SETTINGS_PARAMETER: '/batten/settings',
    BATTEN_FREEZE_PARAMETER: '/batten/freeze',
    BATTEN_SLACK_WEBHOOK_PARAMETER: '/batten/slack/webhook',
    BATTEN_SLACK_SECRET_PARAMETER: '/batten/slack/secret',
    BATTEN_KEYS_PARAMETER: '/batten/keys',
    BATTEN_ENDPOINT: 'https://approve.example.com',
    BATTEN_FUNCTION: 'batten-remediation',
    BATTEN_ROLE: 'arn:{partition}:iam::{account}:role/batten-{action}',
    BATTEN_EXTERNAL_ID: 'batten',
    ...more.env,
  }
  return lambdaRuntime(env, { post: poster({ loopback: true }), log: line => lines.push(line) })
}

const openPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::customer-data-prod/*',
    },
  ],
}

const blocked = () => sandbox.state.s3.buckets.get('customer-data-prod')?.publicAccessBlock

test('the whole loop: found, queued, told, approved, closed, undone, verified', async () => {
  const runtime = await install()
  const [found] = await failing('s3_bucket_public_access')
  expect(found).toMatchObject({ ResourceName: 'customer-data-prod' })
  const event = eventOn(found)
  // Production: it waits, and Slack hears of it.
  const tools = await runtime.tools(context)
  const queued = (await remediate(event, tools)) as Result
  expect(queued).toMatchObject({ outcome: 'QUEUED', why: ['the environment is production'] })
  const message = JSON.parse(slack.received[0]?.body ?? '{}')
  const { value } = message.blocks.at(-1).elements[0]

  // The click lands at the endpoint, which starts the other function.
  const answer = await approvals(click(value, { at: new Date() }), runtime.approvalTools(tools))
  expect(answer.statusCode).toBe(200)
  const invoked = sandbox.state.lambda('us-east-1').invoked
  expect(invoked).toEqual([
    { name: 'batten-remediation', payload: JSON.stringify({ approved: queued.job }) },
  ])
  expect(blocked()).toBeUndefined()
  expect(await remediate(JSON.parse(invoked[0]?.payload ?? ''), tools)).toMatchObject({
    outcome: 'FIXED',
  })
  expect(blocked()).toMatchObject({ RestrictPublicBuckets: true })
  expect(await failing('s3_bucket_public_access')).toEqual([])
  expect(slack.received).toHaveLength(2)

  const done = await undo(queued.job, { by: 'ada', force: false, dryRun: false }, tools)
  expect(done).toMatchObject({ restored: true })
  expect(blocked()).toBeUndefined()
  expect(await failing('s3_bucket_public_access')).toHaveLength(1)
  expect(await verify(tools.store.entries(), await tools.store.head())).toMatchObject({
    entries: 6,
    fault: null,
  })
  expect(await tools.store.notices()).toEqual([])
  tools.close()
})

test('assumes the role of the action in the resource’s account, narrowed to the resource', async () => {
  const runtime = await install({
    parameters: {
      '/batten/settings': JSON.stringify({ ...settings, accounts: { [account]: 'dev' } }),
    },
  })
  const tools = await runtime.tools(context)
  const [found] = await failing('s3_bucket_public_access')
  const event = eventOn(found)
  expect(await remediate(event, tools)).toMatchObject({ outcome: 'FIXED' })
  const [assumed] = sandbox.calls.filter(call => call.operation === 'AssumeRole')
  expect(assumed?.input).toMatchObject({
    RoleArn: `arn:aws:iam::${account}:role/batten-s3-bucket-public-access`,
    ExternalId: 'batten',
  })
  const policy = JSON.parse(String(assumed?.input.Policy))
  expect(policy.Statement[1]).toEqual({
    Effect: 'Allow',
    Action: ['s3:PutBucketPublicAccessBlock'],
    Resource: ['arn:aws:s3:::customer-data-prod'],
  })
  expect(String(assumed?.input.Policy).length).toBeLessThan(2048)
  tools.close()
})

test.each<[string, Parameters<typeof install>[0], RegExp]>([
  [
    '127: the Slack secret that is named is not there',
    { env: { BATTEN_SLACK_SECRET_PARAMETER: '/batten/none' } },
    /\/batten\/none cannot be read/,
  ],
  ['127: the Slack secret is empty', { parameters: { '/batten/slack/secret': ' ' } }, /is empty/],
  ['no table', { env: { BATTEN_TABLE: '' } }, /BATTEN_TABLE/],
  ['no freeze switch', { env: { BATTEN_FREEZE_PARAMETER: '' } }, /BATTEN_FREEZE_PARAMETER/],
  ['an endpoint without keys', { env: { BATTEN_KEYS_PARAMETER: '' } }, /no keys/],
  ['a short key', { parameters: { '/batten/keys': '{"k":"short"}' } }, /32 characters/],
  ['settings that are no JSON', { parameters: { '/batten/settings': '{' } }, /not JSON/],
  [
    'an unknown setting',
    { parameters: { '/batten/settings': '{"aproverz":[]}' } },
    /unknown setting 'aproverz'/,
  ],
  [
    'an action set to something else',
    { parameters: { '/batten/settings': '{"actions":{"x":"on"}}' } },
    /one of auto, approve, off/,
  ],
])('does not start: %s', async (_, more, message) => {
  const runtime = await install(more)
  await expect(runtime.config()).rejects.toThrow(message)
})

test('row 124: a freeze switch that is gone, or says anything but off, freezes', async () => {
  expect(['off', ' OFF\n', 'on', '', 'false', 'of'].map(isFrozen)).toEqual([
    false,
    false,
    true,
    true,
    true,
    true,
  ])
  const runtime = await install({ env: { BATTEN_FREEZE_PARAMETER: '/batten/gone' } })
  const tools = await runtime.tools(context)
  const [found] = await failing('s3_bucket_public_access')
  const event = eventOn(found)
  const result = (await remediate(event, tools)) as Result
  expect(result.why.join()).toContain('cannot tell whether changes are frozen')
  tools.close()
})

test('row 108: what Slack did not take is sent by a later sweep, and the mend stands', async () => {
  await slack.close()
  slack = await startReceiver([500, 500, 500])
  const runtime = await install({
    parameters: {
      '/batten/settings': JSON.stringify({ ...settings, accounts: { [account]: 'dev' } }),
    },
  })
  const tools = await runtime.tools(context)
  const [found] = await failing('s3_bucket_public_access')
  const event = eventOn(found)
  expect(await remediate(event, tools)).toMatchObject({ outcome: 'FIXED' })
  expect(blocked()).toBeDefined()
  expect(await tools.store.notices()).toHaveLength(1)
  expect(await remediate({ batten: 'sweep' }, tools)).toEqual({ sent: 0, kept: 0 })
  const later = { ...tools, now: () => new Date(Date.now() + 120_000) }
  expect(await remediate({ batten: 'sweep' }, later)).toEqual({ sent: 1, kept: 0 })
  expect(await tools.store.notices()).toEqual([])
  expect(JSON.parse(slack.received.at(-1)?.body ?? '{}').text).toContain('Mended')
  tools.close()
})

test('counts outcomes in CloudWatch’s embedded metrics, and logs no token', async () => {
  const runtime = await install()
  const tools = await runtime.tools(context)
  const [found] = await failing('s3_bucket_public_access')
  await remediate(eventOn(found), tools)
  const { value } = JSON.parse(slack.received[0]?.body ?? '{}').blocks.at(-1).elements[0]
  await approvals(click(value, { at: new Date() }), runtime.approvalTools(tools))
  tools.close()
  expect(lines.join('\n')).not.toContain(value)
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ Outcome: 'QUEUED', Events: 1, Capped: 0 })
})

const built = resolve(import.meta.dirname, '../../dist/lambda')

test.runIf(existsSync(built))('the bundle is under 3 MB and has the two handlers', async () => {
  const size = readdirSync(built).reduce((sum, file) => sum + statSync(join(built, file)).size, 0)
  expect(size).toBeLessThan(3 * 1024 * 1024)
  const bundle: object = await import(pathToFileURL(join(built, 'index.mjs')).href)
  expect(Object.keys(bundle).sort()).toEqual(['approval', 'handler'])
})

test.runIf(existsSync(built))(
  'row 127: the bundle does not start without the Slack secret that it is told of',
  async () => {
    await install()
    const program = `await import(${JSON.stringify(pathToFileURL(join(built, 'index.mjs')).href)})`
    const start = (more: Readonly<Record<string, string>>) =>
      new Promise<string>(done => {
        const env = { ...process.env, ...settingsOfBundle, ...more }
        execFile(process.execPath, ['--input-type=module', '-e', program], { env }, (_, __, said) =>
          done(said),
        )
      })
    expect(await start({ BATTEN_SLACK_SECRET_PARAMETER: '/batten/none' })).toMatch(
      /the parameter \/batten\/none cannot be read: ParameterNotFound/,
    )
    expect(await start({})).toBe('')
  },
)

const settingsOfBundle = {
  AWS_LAMBDA_FUNCTION_NAME: 'batten-remediation',
  BATTEN_TABLE: 'batten',
  BATTEN_FREEZE_PARAMETER: '/batten/freeze',
  BATTEN_SLACK_SECRET_PARAMETER: '/batten/slack/secret',
}

test('what is a person’s work waits, and no role is asked for', async () => {
  const runtime = await install()
  const tools = await runtime.tools(context)
  const [found] = await failing('s3_bucket_public_access')
  const root = { CheckID: 'iam_no_root_access_key', ResourceId: `arn:aws:iam::${account}:root` }
  const event = eventOn({ ...Object(found), ...root, Region: null })
  expect(await remediate(event, tools)).toMatchObject({
    outcome: 'QUEUED',
    why: [expect.stringContaining('deactivate the key')],
  })
  expect(sandbox.calls.filter(call => call.operation === 'AssumeRole')).toEqual([])
  expect(slack.received).toHaveLength(1)
  tools.close()
})

test('undoing takes the rights of the way back, looking none to change', async () => {
  const runtime = await install()
  const tools = await runtime.tools(context)
  const [found] = await failing('s3_bucket_public_access')
  const { job } = (await remediate(eventOn(found), tools)) as Result
  const queued = await tools.store.job(job)
  const action = tools.registry.find('s3_bucket_public_access')
  if (!queued?.target || !action) throw new Error('nothing waits')
  for (const purpose of ['look', 'mend', 'undo'] as const) {
    ;(await tools.cloud(queued.target, { ...action, ...distinct }, purpose)).close()
  }
  const policies = sandbox.calls
    .filter(call => call.operation === 'AssumeRole')
    .map(call => JSON.parse(String(call.input.Policy)).Statement)
    .slice(-3)
  expect(policies.map(each => each.flatMap((one: { Action: string[] }) => one.Action))).toEqual([
    ['s3:Read'],
    ['s3:Read', 's3:Write'],
    ['s3:Read', 's3:Undo'],
  ])
  tools.close()
})

const distinct = { permissions: { read: ['s3:Read'], write: ['s3:Write'], undo: ['s3:Undo'] } }

function eventOn(found: unknown) {
  const detail = { finding: JSON.stringify(found) }
  const kind = { source: 'batten', 'detail-type': 'Batten Finding' }
  return { id: 'e-1', ...kind, account, region: 'us-east-1', detail }
}

async function failing(check: string) {
  const report = await scan({
    paths: [],
    cwd: process.cwd(),
    env: {},
    now: new Date(),
    version: 'test',
    debug: true,
    select: { checks: [check] },
    compliance: { frameworks: [], shown: false },
    status: ['FAIL'],
    terraform: { vars: {}, varFiles: [], skipPaths: [] },
    noise: { newOnly: false, inlineSkips: true, mutelistFile: undefined },
    aws: { roles: [], regions: ['us-east-1'] },
    exit: () => 0,
    progress: () => {},
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof scan>[0])
  return [...report.findings()]
}
