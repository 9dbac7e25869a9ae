// What a cold start of the remediation function costs: the bundle's load, the first event (configuration, record, mend, read
// back) and the second, each in a new process against the sandbox. npm run bench:lambda -- [--runs 7]
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { startSandbox } from '../src/sandbox/aws/index.ts'

const given = process.argv.indexOf('--runs')
const runs = given < 0 ? 7 : Number(process.argv[given + 1])
const folder = resolve('dist/lambda')
const entry = join(folder, 'index.mjs')

const files = readdirSync(folder).map(name => readFileSync(join(folder, name)))
const bytes = files.reduce((sum, file) => sum + file.byteLength, 0)
const packed = files.reduce((sum, file) => sum + gzipSync(file).byteLength, 0)
console.log(`bundle: ${mb(bytes)} in ${files.length} files, ${mb(packed)} compressed`)

const sandbox = await startSandbox({
  s3: { buckets: [...Array(2 * runs).keys()].map(index => ({ Name: `open-${index}` })) },
  dynamodb: { 'us-east-1': { tables: [{ TableName: 'batten' }] } },
  ssm: {
    'us-east-1': {
      parameters: {
        '/batten/settings': JSON.stringify({
          actions: { s3_bucket_public_access: 'auto' },
          accounts: { '123456789012': 'dev' },
          perHour: 1000,
          few: 1000,
        }),
        '/batten/freeze': 'off',
        '/batten/keys': JSON.stringify({ k: 'a'.repeat(40) }),
      },
    },
  },
})
const measured: Record<string, number[]> = {}
try {
  for (let run = 0; run < runs; run++) {
    for (const [name, value] of Object.entries(await once(run))) {
      const list = measured[name] ?? []
      measured[name] = list
      list.push(value)
    }
  }
} finally {
  await sandbox.close()
}
for (const [name, list] of Object.entries(measured)) {
  const sorted = list.toSorted((a, b) => a - b)
  const unit = name === 'memory' ? 'MB' : 'ms'
  const [low, mid, high] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  console.log(`${name}: ${mid} ${unit} median of ${runs} (${low}–${high})`)
}

/** A process of its own: nothing is loaded, and nothing is compiled yet. */
async function once(run: number): Promise<Record<string, number>> {
  const events = [0, 1].map(index => ({
    id: `e-${run}-${index}`,
    source: 'batten',
    'detail-type': 'Batten Finding',
    account: '123456789012',
    region: 'us-east-1',
    detail: {
      finding: JSON.stringify({
        ...{ CheckID: 's3_bucket_public_access', Status: 'FAIL', AccountId: '123456789012' },
        ResourceId: `arn:aws:s3:::open-${2 * run + index}`,
      }),
    },
  }))
  const program = `
    const started = performance.now()
    const { handler } = await import(${JSON.stringify(pathToFileURL(entry).href)})
    const loaded = performance.now()
    const ends = []
    for (const event of ${JSON.stringify(events)}) {
      const { outcome } = await handler(event, { getRemainingTimeInMillis: () => 60_000 })
      if (outcome !== 'FIXED') throw new Error(outcome)
      ends.push(performance.now())
    }
    const whole = (from, to) => Math.round(to - from)
    process.stderr.write(JSON.stringify({
      load: whole(started, loaded),
      'first event': whole(loaded, ends[0]),
      'load and first event': whole(started, ends[0]),
      'second event': whole(ends[0], ends[1]),
      memory: Math.round(process.memoryUsage().rss / 1e6),
    }))`
  return JSON.parse(await inChild(program))
}

function inChild(program: string): Promise<string> {
  const options = { env: environment(), encoding: 'utf8' } as const
  return new Promise((done, fail) => {
    execFile(process.execPath, ['--input-type=module', '-e', program], options, (error, _, said) =>
      error ? fail(error) : done(said),
    )
  })
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'batten-remediation',
    BATTEN_TABLE: 'batten',
    BATTEN_SETTINGS_PARAMETER: '/batten/settings',
    BATTEN_FREEZE_PARAMETER: '/batten/freeze',
    BATTEN_KEYS_PARAMETER: '/batten/keys',
    BATTEN_ROLE: 'arn:{partition}:iam::{account}:role/batten-{action}',
  }
}

function mb(size: number): string {
  return `${(size / 1024 / 1024).toFixed(2)} MB`
}
