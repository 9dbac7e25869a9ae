// A large account on the sandbox, some way from here: how long a whole scan takes, with how many calls and how much memory.
// npm run bench:live [copies of the example account] [milliseconds of latency]
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { recordedAccount } from '../src/sandbox/aws/estate/recorded-account.ts'
import type { Estate } from '../src/sandbox/aws/estate.ts'
import { startSandbox } from '../src/sandbox/aws/index.ts'

const copies = Number(process.argv[2] ?? 33)
const latency = Number(process.argv[3] ?? 50)

const sandbox = await startSandbox(multiplied(recordedAccount(new Date()), copies), { latency })
const started = performance.now()
const child = spawn(process.execPath, ['dist/batten.js', 'aws', '-M', 'ndjson', '--quiet'], {
  cwd: process.cwd(),
  stdio: ['ignore', 'ignore', 'pipe'],
  env: {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    BATTEN_OUTPUT_DIRECTORY: '/tmp/batten-bench',
    BATTEN_OUTPUT_FILENAME: 'live',
  },
})
let peak = 0
let busy = 0
const watch = setInterval(() => {
  peak = Math.max(peak, peakOf(child.pid))
  busy = Math.max(busy, busyOf(child.pid))
}, 100)
let said = ''
child.stderr.on('data', data => {
  said += data
})
const code = await new Promise(resolve => child.once('close', resolve))
clearInterval(watch)
const seconds = (performance.now() - started) / 1000
const summary = JSON.parse(readFileSync('/tmp/batten-bench/live.summary.json', 'utf8'))
process.stdout.write(
  `${summary.resources} resources, ${summary.coverage.planned} verdicts, ${sandbox.calls.length} calls at ${latency} ms: ${seconds.toFixed(1)} s, of which ${busy.toFixed(1)} s of processor, ${Math.round(peak)} MB, exit ${code}\n${said.slice(0, 2000)}`,
)
await sandbox.close()

/** Megabytes of the most that the process has had resident, where /proc tells it. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Seconds of processor that it has had. */
function busyOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

/** Every resource so many times, each copy with names and ids of its own. */
function multiplied(estate: Estate, times: number): Estate {
  const lists = <T>(of: T): T => {
    if (typeof of !== 'object' || of === null) return of
    const entries = Object.entries(of).map(([name, value]) => [
      name,
      Array.isArray(value) && value.every(each => typeof each === 'object')
        ? Array.from({ length: times }, (_, copy) => value.map(each => renamed(each, copy))).flat()
        : value,
    ])
    return { ...of, ...Object.fromEntries(entries) }
  }
  const regions = <T extends object>(of: T | undefined): T | undefined =>
    of && {
      ...of,
      ...Object.fromEntries(Object.entries(of).map(([name, each]) => [name, lists(each)])),
    }
  const { s3, iam, ec2, rds, kms } = estate
  return {
    ...estate,
    s3: lists(s3),
    iam: lists(iam),
    ec2: regions(ec2),
    rds: regions(rds),
    kms: regions(kms),
  } as Estate
}

function renamed<T>(value: T, copy: number, key = ''): T {
  if (copy === 0 || value instanceof Date) return value
  if (typeof value === 'string') return renamedText(value, copy, key) as T
  if (Array.isArray(value)) return value.map(each => renamed(each, copy, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, renamed(each, copy, name)]),
  ) as T
}

function renamedText(text: string, copy: number, key: string): string {
  if (/^[a-z]{1,12}-[0-9a-f]{8,17}$/.test(text))
    return `${text.slice(0, -4)}${(copy + 4096).toString(16).padStart(4, '0')}`
  if (/^(Name|KeyId|UserName|RoleName|GroupName|PolicyName|DB\w+Identifier)$/.test(key))
    return `${text}-c${copy}`
  return /^(Arn|KeyArn|DB\w+Arn)$/.test(key) ? `${text}-c${copy}` : text
}
