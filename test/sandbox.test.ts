import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Finding } from '../src/finding.ts'
import { startSandbox } from '../src/sandbox/aws/index.ts'
import { batten, bin } from './cli.ts'

const run = (script: string, env: NodeJS.ProcessEnv = {}) =>
  batten(['sandbox', '--', process.execPath, '-e', script], { env })

test('a command sees dummy keys and the sandbox, and none of the caller’s own settings', () => {
  const { code, out } = run(
    "console.log(JSON.stringify(Object.entries(process.env).filter(([k]) => k.startsWith('AWS_'))))",
    {
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'real',
      AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2/x',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    },
  )
  expect(code).toBe(0)
  const seen = Object.fromEntries(JSON.parse(out))
  expect(seen).toEqual({
    AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    AWS_ACCESS_KEY_ID: 'AKIASANDBOX000000000',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: expect.any(String),
    AWS_SHARED_CREDENTIALS_FILE: expect.any(String),
  })
  expect(readFileSync(seen.AWS_SHARED_CREDENTIALS_FILE, 'utf8')).toBe('')
})

test('nothing goes through a proxy', () => {
  const { out } = run('console.log(process.env.NO_PROXY, process.env.no_proxy)', {
    no_proxy: '.corp.example',
    NO_PROXY: undefined,
  })
  expect(out).toBe('.corp.example,127.0.0.1 undefined\n')
})

test('who has another name for this machine is not served', async () => {
  const sandbox = await startSandbox({})
  onTestFinished(sandbox.close)
  const { port } = new URL(sandbox.url)
  const ask = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asking = request({ port, host: '127.0.0.1', headers: { host } }, answer => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asking.once('error', reject).end()
    })
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example'])
    expect(await ask(host)).toBe(421)
  for (const host of [`127.0.0.1:${port}`, 'localhost', `bucket.localhost:${port}`])
    expect(await ask(host)).toBe(403)
  expect(sandbox.calls).toEqual([])
})

test('the command’s exit code is the sandbox’s', () => {
  expect(run('process.exit(7)').code).toBe(7)
})

test('wrong usage is 2, with a word of what to do', () => {
  const nothing = batten(['sandbox', '--'])
  expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining('no command')])
  const stray = batten(['sandbox', 'aws'])
  expect([stray.code, stray.err]).toEqual([2, expect.stringContaining('batten sandbox -- aws')])
  const absent = batten(['sandbox', '--', '/no/such/program'])
  expect([absent.code, absent.err]).toEqual([2, expect.stringContaining('/no/such/program')])
  const port = batten(['sandbox', '--port', '70000'])
  expect([port.code, port.err]).toEqual([2, expect.stringContaining('65535')])
})

test('alone it prints the environment, listens on loopback only, and ends well when stopped', async () => {
  const child = spawn(process.execPath, [bin, 'sandbox'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, AWS_PROFILE: 'production', AWS_SESSION_TOKEN: 'real' },
  })
  let out = ''
  for await (const chunk of child.stdout) {
    out += String(chunk)
    if (out.includes('NO_PROXY=')) break
  }
  expect(out).toMatch(/^unset (?:.* )?AWS_PROFILE(?: .*)? AWS_SESSION_TOKEN/m)
  expect(out).not.toContain('real')
  const port = Number(/AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:(\d+)$/m.exec(String(out))?.[1])
  expect(await reaches('127.0.0.1', port)).toBe(true)
  const outside = Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(each => !each.internal && each.family === 'IPv4')
  for (const { address } of outside) expect(await reaches(address, port)).toBe(false)
  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
})

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection({ host, port, timeout: 2_000 })
    const end = (result: boolean) => () => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

test('no other command loads it', () => {
  const dist = join(bin, '..')
  const files = new Map(
    readdirSync(dist, { withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.js'))
      .map(entry => [entry.name, readFileSync(join(dist, entry.name), 'utf8')]),
  )
  const holders = [...files].filter(([, text]) => text.includes('The sandbox does not serve'))
  expect(holders).toHaveLength(1)
  const [holder = ''] = holders[0] ?? []
  const importers = [...files].filter(([, text]) => text.includes(`"./${holder}"`))
  expect(importers.map(([name]) => name)).toEqual([expect.stringMatching(/^sandbox-/)])
})

/** Where the account as a whole is sound, or AWS leaves no way to get it wrong. */
const nothingWrong = new Set([
  'cloudtrail_bedrock_logging_enabled',
  'cloudtrail_multi_region_enabled',
  'cloudtrail_multi_region_enabled_logging_management_events',
  'cloudtrail_s3_dataevents_read_enabled',
  'cloudtrail_s3_dataevents_write_enabled',
  'iam_securityaudit_role_created',
  'rds_instance_inside_vpc',
  's3_bucket_default_encryption',
])

test('the example account shows each mistake that the live checks know, among sound things', () => {
  const scan = batten([
    ...['sandbox', '--', process.execPath, bin],
    ...['aws', '--format', 'json', '--soft-fail'],
  ])
  expect([scan.code, scan.err]).toEqual([0, expect.not.stringContaining('gap:')])
  const findings: readonly Finding[] = JSON.parse(scan.out)
  const failing = new Set(findings.filter(one => one.Status === 'FAIL').map(one => one.CheckID))
  const judged = new Set(findings.map(one => one.CheckID))
  expect([...judged].filter(id => !failing.has(id) && !nothingWrong.has(id))).toEqual([])
  expect(judged.size).toBeGreaterThan(200)
  const passed = findings.filter(one => one.Status === 'PASS').length
  expect(passed / findings.length).toBeGreaterThan(0.75)
  expect(new Set(findings.map(one => one.ResourceId)).size).toBeGreaterThan(300)
  expect(findings).toContainEqual(
    expect.objectContaining({
      CheckID: 's3_bucket_public_access',
      Status: 'FAIL',
      Severity: 'CRITICAL',
      AccountId: '123456789012',
      Region: 'us-east-1',
      ResourceId: 'arn:aws:s3:::customer-data-prod',
    }),
  )
})
