import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { approvals } from '../src/remediation/approval/approvals.ts'
import { lambdaRuntime } from '../src/remediation/lambda-tools.ts'
import { poster } from '../src/remediation/notify/post.ts'
import { remediate } from '../src/remediation/remediate.ts'
import { useSandbox } from '../src/remediation/sandbox.fixture.ts'
import { click, slackSecret, startReceiver } from '../src/remediation/slack.fixture.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/aws/index.ts'
import { bin, folder, type Run } from './cli.ts'

const account = '123456789012'
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' },
  ],
}

let sandbox: Sandbox
let cwd: string
beforeEach(async () => {
  cwd = folder({ 'batten.yaml': settings('dev'), '.git/HEAD': '' })
  sandbox = await startSandbox({
    s3: { buckets: [{ Name: 'shop', policy }] },
    eventbridge: { 'us-east-1': { buses: ['batten'] } },
    dynamodb: { 'us-east-1': { tables: [{ TableName: 'batten' }] } },
    ssm: {
      'us-east-1': {
        parameters: {
          '/batten/settings': JSON.stringify({
            actions: { s3_bucket_public_access: 'auto' },
            accounts: { [account]: 'production' },
            approvers: ['U1'],
          }),
          '/batten/freeze': 'off',
          '/batten/slack/webhook': 'set below',
          '/batten/slack/secret': slackSecret,
          '/batten/keys': JSON.stringify({ k1: 'a'.repeat(40) }),
        },
      },
    },
  })
})
afterEach(() => sandbox.close())

const block = () => sandbox.state.s3.buckets.get('shop')?.publicAccessBlock
const writes = () => sandbox.calls.filter(call => /^(Put|Delete)/.test(call.operation))

describe('batten remediate, with a record in a folder', () => {
  test('plan says the exact call and changes nothing; so does apply --dry-run', async () => {
    const file = await scanned()
    for (const verb of [['plan'], ['apply', '--dry-run']]) {
      const { code, out } = await batten(['remediate', ...verb, file])
      expect(code).toBe(0)
      expect(out).toContain('would run  s3_bucket_public_access  arn:aws:s3:::shop')
      expect(out).toContain(
        `→ s3:PutPublicAccessBlock {"Bucket":"shop","ExpectedBucketOwner":"${account}","PublicAccessBlockConfiguration":{"BlockPublicAcls":true`,
      )
    }
    expect(writes()).toEqual([])
    expect((await batten(['remediate', 'list'])).out).toBe('')
  })

  test('apply mends, list tells, undo brings back, verify is content; and says where the record was changed', async () => {
    const file = await scanned()
    const applied = await batten(['remediate', 'apply', file])
    expect(applied.code).toBe(0)
    expect(block()).toMatchObject({ RestrictPublicBuckets: true })
    const [job = ''] = /^[0-9a-f]{20}/.exec(applied.out) ?? []
    expect((await batten(['remediate', 'list'])).out).toContain(`${job}  `)
    const again = await batten(['remediate', 'apply', file])
    expect(again.out).toContain('ALREADY_OK')

    const back = await batten(['remediate', 'undo', job, '--dry-run'])
    expect(back.out).toContain('→ s3:DeletePublicAccessBlock')
    expect(block()).toBeDefined()
    const undone = await batten(['remediate', 'undo', job])
    expect([undone.code, undone.out.trim().split('\n').at(-1)]).toEqual([0, 'restored'])
    expect(block()).toBeUndefined()
    const content = await batten(['remediate', 'verify'])
    expect([content.code, content.out]).toEqual([0, expect.stringMatching(/entries, unbroken/)])

    const log = join(cwd, '.batten/remediation/record.jsonl')
    writeFileSync(log, readFileSync(log, 'utf8').replace('"by":"the settings"', '"by":"nobody"'))
    const broken = await batten(['remediate', 'verify'])
    expect([broken.code, broken.out]).toEqual([1, expect.stringMatching(/^broken: .*entry 1/)])
  })

  test('in production it waits, and approve runs it', async () => {
    writeFileSync(join(cwd, 'batten.yaml'), settings('production'))
    const file = await scanned()
    const applied = await batten(['remediate', 'apply', file])
    expect(applied.code).toBe(1)
    expect(applied.out).toContain('the environment is production')
    expect(block()).toBeUndefined()
    const [job = ''] = /^[0-9a-f]{20}/.exec(applied.out) ?? []
    const approved = await batten(['remediate', 'approve', job])
    expect(approved.code).toBe(0)
    expect(block()).toBeDefined()
    const twice = await batten(['remediate', 'approve', job])
    expect([twice.code, twice.err]).toEqual([
      2,
      expect.stringContaining('nothing is to be decided'),
    ])
  })

  test('what a state owns waits, and the change of its code is proposed as a patch that git takes', async () => {
    const main = 'resource "aws_s3_bucket" "store" {\n  bucket = var.name\n}\n'
    const files = {
      'main.tf': `variable "name" {}\n\n${main}`,
      'open.tf': `resource "aws_s3_bucket_public_access_block" "store" {
  bucket                  = aws_s3_bucket.store.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}
`,
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
    const arn = 'arn:aws:s3:::shop'
    const resource = { mode: 'managed', type: 'aws_s3_bucket', name: 'store' }
    const state = { resources: [{ ...resource, instances: [{ attributes: { arn } }] }] }
    writeFileSync(join(cwd, 'terraform.tfstate'), JSON.stringify(state))
    const { out } = await batten([
      ...['aws', '--checks', 's3_bucket_level_public_access_block', '--format', 'json'],
    ])
    writeFileSync(join(cwd, 'findings.json'), out)
    const plan = ['remediate', 'plan', 'findings.json', '--state', 'terraform.tfstate']
    const { out: said } = await batten([...plan, '--code', '.'])
    expect(said).toContain('aws_s3_bucket.store in terraform.tfstate owns the resource')
    const { out: json } = await batten([...plan, '--code', '.', '--format', 'json'])
    const [{ code }] = JSON.parse(json)
    writeFileSync(join(cwd, 'fix.patch'), code.patch)
    const applied = spawnSync('git', ['apply', '--check', 'fix.patch'], { cwd, encoding: 'utf8' })
    expect([code.patch, applied.stderr]).toEqual([
      `--- a/open.tf
+++ b/open.tf
@@ -1,7 +1,7 @@
 resource "aws_s3_bucket_public_access_block" "store" {
   bucket                  = aws_s3_bucket.store.id
   block_public_acls       = true
-  block_public_policy     = false
+  block_public_policy     = true
   ignore_public_acls      = true
-  restrict_public_buckets = false
+  restrict_public_buckets = true
 }
`,
      '',
    ])
    expect(said).toContain('-  block_public_policy     = false')
    expect(writes()).toEqual([])
  })

  test.each([
    [['remediate'], /plan\|apply FILE/],
    [['remediate', 'mend'], /plan\|apply FILE/],
    [['remediate', 'plan'], /name one FINDINGS.json/],
    [['remediate', 'plan', 'none.json'], /none\.json cannot be read/],
    [['remediate', 'undo', '0'.repeat(20)], /there is no job/],
    [['remediate', 'approve', '0'.repeat(20)], /there is no job/],
  ])('%j: 2 and one line', async (args, message) => {
    const { code, out, err } = await batten(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

test('AWS out of reach is no bug: plan and undo say so, and 3', async () => {
  const file = await scanned()
  const { out } = await batten(['remediate', 'apply', file])
  const [job = ''] = /^[0-9a-f]{20}/.exec(out) ?? []
  await sandbox.close()
  const faults = [{ operation: 'GetPublicAccessBlock', fault: 'denied' }] as const
  sandbox = await startSandbox({ s3: { buckets: [{ Name: 'shop', policy }] } }, { faults })
  const planned = await batten(['remediate', 'plan', file])
  expect([planned.code, planned.out]).toEqual([
    3,
    expect.stringMatching(/^FAILED {2}s3_bucket_public_access .*shop\n {2}AccessDenied/),
  ])
  const undone = await batten(['remediate', 'undo', job])
  expect([undone.code, undone.err]).toEqual([3, expect.stringMatching(/^batten: AccessDenied/)])
  const nobody = { AWS_ACCESS_KEY_ID: undefined, HOME: '/nonexistent' }
  const { code, err } = await batten(['remediate', 'undo', job], nobody)
  expect([code, err]).toEqual([2, expect.stringMatching(/^batten: no AWS credentials: .*\n$/)])
})

test('the whole loop with the programs: scanned, sent, told, approved, closed, undone, verified', async () => {
  const slack = await startReceiver()
  try {
    const scan = ['aws', '--checks', 's3_bucket_public_access', '--format', 'json']
    const found = await batten([...scan, '--send', 'eventbridge', '--bus', 'batten'])
    expect(found.code).toBe(1)
    const [entry] = sandbox.state.eventbridge('us-east-1').events
    const event = {
      ...{ id: 'e-1', source: entry?.Source, 'detail-type': entry?.DetailType },
      ...{ account, region: 'us-east-1', detail: JSON.parse(entry?.Detail ?? '') },
    }

    useSandbox(sandbox.url)
    sandbox.state.ssm('us-east-1').parameters.set('/batten/slack/webhook', `${slack.url}/hook`)
    const runtime = lambdaRuntime(environment, { post: poster({ loopback: true }), log: () => {} })
    const tools = await runtime.tools({ getRemainingTimeInMillis: () => 60_000 })
    expect(await remediate(event, tools)).toMatchObject({ outcome: 'QUEUED' })
    const message = JSON.parse(slack.received[0]?.body ?? '')
    const { value } = message.blocks.at(-1).elements[0]
    const answer = await approvals(click(value, { at: new Date() }), runtime.approvalTools(tools))
    expect(answer.statusCode).toBe(200)
    expect(block()).toBeUndefined()
    const [started] = sandbox.state.lambda('us-east-1').invoked
    const mended = await remediate(JSON.parse(started?.payload ?? ''), tools)
    tools.close()
    expect(mended).toMatchObject({ outcome: 'FIXED' })
    expect(block()).toMatchObject({ RestrictPublicBuckets: true })
    expect((await batten(scan)).code).toBe(0)

    const { job } = Object(mended)
    expect((await batten(['remediate', 'undo', job, '--table', 'batten'])).out).toContain(
      'restored',
    )
    expect(block()).toBeUndefined()
    expect((await batten(scan)).code).toBe(1)
    const verified = await batten(['remediate', 'verify', '--table', 'batten'])
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('6 entries, unbroken') })
  } finally {
    await slack.close()
  }
})

const environment = {
  AWS_REGION: 'us-east-1',
  BATTEN_TABLE: 'batten',
  BATTEN_SETTINGS_PARAMETER: '/batten/settings',
  BATTEN_FREEZE_PARAMETER: '/batten/freeze',
  BATTEN_SLACK_WEBHOOK_PARAMETER: '/batten/slack/webhook',
  BATTEN_SLACK_SECRET_PARAMETER: '/batten/slack/secret',
  BATTEN_KEYS_PARAMETER: '/batten/keys',
  BATTEN_ENDPOINT: 'https://approve.example.com',
  BATTEN_FUNCTION: 'batten-remediation',
}

function settings(environmentName: string): string {
  return `remediation:
  actions: { s3_bucket_public_access: auto }
  accounts: { "${account}": ${environmentName} }
`
}

/** The findings of a scan, as a file. */
async function scanned(): Promise<string> {
  const { out } = await batten(['aws', '--checks', 's3_bucket_public_access', '--format', 'json'])
  writeFileSync(join(cwd, 'findings.json'), out)
  return 'findings.json'
}

/** The program as it is built, with nothing of this machine's own AWS settings. */
async function batten(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|BATTEN)_/.test(name))
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(own),
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_COLOR: '1',
      ...env,
    },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk
  })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  return { code, out, err }
}
