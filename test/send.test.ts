import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../src/finding.ts'
import { remediate } from '../src/remediation/remediate.ts'
import { switchedOn, testTools } from '../src/remediation/sandbox.fixture.ts'
import { recordedAccount } from '../src/sandbox/aws/estate/recorded-account.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/aws/index.ts'
import { writeBaseline } from '../src/triage/baseline.ts'
import { bin, folder, type Run } from './cli.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({
    ...recordedAccount(new Date()),
    eventbridge: { 'us-east-1': { buses: ['batten'] } },
  })
})
afterEach(() => sandbox.close())

const events = () => sandbox.state.eventbridge('us-east-1').events
const sent = () =>
  events().map((entry): Finding => JSON.parse(JSON.parse(entry.Detail ?? '').finding))

test('what a scan finds and the baseline lacks comes to the function, and each ends in the record', async () => {
  const select = ['--services', 's3', '--format', 'json']
  const all = (await batten(['aws', ...select])).findings.filter(each => each.Status === 'FAIL')
  const [news, ...known] = all.filter(each => each.CheckID === 's3_bucket_public_access')
  const file = join(folder({}), 'baseline.json')
  await writeBaseline(
    file,
    [...known, ...all].filter(each => each !== news),
  )
  const to = ['--send', 'eventbridge', '--bus', 'batten']
  const { code, err } = await batten(['aws', ...select, ...to, '--baseline', file])
  expect(code).toBe(1)
  expect(err).toContain('sent 1 finding to the event bus batten in us-east-1')
  expect(sent().map(each => each.Fingerprint)).toEqual([news?.Fingerprint])

  await batten(['aws', ...select, ...to])
  expect(sent()).toHaveLength(1 + all.length)
  const { tools } = testTools(sandbox.url, { settings: switchedOn({ perHour: 10_000 }) })
  const outcomes = new Map<string, number>()
  for (const [index, entry] of events().slice(1).entries()) {
    const event = {
      ...{ id: `e-${index}`, source: entry.Source, 'detail-type': entry.DetailType },
      ...{ account: '123456789012', region: 'us-east-1', detail: JSON.parse(entry.Detail ?? '') },
    }
    const { outcome } = Object(await remediate({ ...event, region: null, account: null }, tools))
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  const ended = [...outcomes.values()].reduce((sum, count) => sum + count, 0)
  expect(ended).toBe(all.length)
  expect([...outcomes.keys()].sort()).toEqual(['ALREADY_OK', 'FIXED', 'QUEUED'])
})

test('a bus that is not there: the findings are printed all the same, and the scan is incomplete', async () => {
  const { code, err, findings } = await batten([
    ...['aws', '--checks', 's3_bucket_public_access', '--format', 'json', '--soft-fail'],
    ...['--send', 'eventbridge', '--bus', 'nobus'],
  ])
  expect(code).toBe(3)
  expect(findings.length).toBeGreaterThan(0)
  expect(err).toMatch(/batten: not sent: s3_bucket_public_access .*nobus does not exist/)
})

test('an ARN that names no bus is said before the scan', async () => {
  const wrong = ['aws', '--send', 'eventbridge', '--bus', 'arn:aws:sqs:us-east-1:1:x']
  const { code, err } = await batten(wrong)
  expect(code).toBe(2)
  expect(err).toMatch(/^batten: --bus: .* is no event bus$/m)
  expect(sandbox.calls).toEqual([])
})

/** The program as it is built, with nothing of this machine's own AWS settings. */
async function batten(
  args: readonly string[],
): Promise<Run & { readonly findings: readonly Finding[] }> {
  const own = Object.entries(process.env).filter(([name]) => !/^AWS_/.test(name))
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(own),
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_COLOR: '1',
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
  return { code, out, err, findings: out.startsWith('[') ? JSON.parse(out) : [] }
}
