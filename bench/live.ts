// A large account on the sandbox, some way from here: how long a whole scan takes, with how many calls and how much memory.
// npm run bench:live -- [--copies 34] [--bucket-copies 8] [--latency 50]
// With --peer prowler: an account of a moto server, scanned by both in turn.
// npm run bench:live -- --peer prowler [--prowler PATH] [--pairs 3] [--roles 60]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { recordedAccount } from '../src/sandbox/aws/estate/recorded-account.ts'
import { startSandbox } from '../src/sandbox/aws/index.ts'
import { multiplied } from './live-copies.ts'
import { benchWithPeer } from './live-peer.ts'
import { watch } from './live-process.ts'

const { values } = parseArgs({
  options: {
    copies: { type: 'string', default: '34' },
    'bucket-copies': { type: 'string', default: '8' },
    latency: { type: 'string', default: '50' },
    peer: { type: 'string' },
    prowler: { type: 'string', default: 'prowler' },
    pairs: { type: 'string', default: '3' },
    roles: { type: 'string', default: '60' },
  },
})
if (values.peer === undefined) await benchLarge()
else if (values.peer === 'prowler')
  await benchWithPeer({
    prowler: values.prowler,
    pairs: Number(values.pairs),
    roles: Number(values.roles),
  })
else throw new Error(`no peer is called ${values.peer}: prowler`)

async function benchLarge(): Promise<void> {
  const { copies, 'bucket-copies': buckets } = values
  const latency = Number(values.latency)
  const folder = mkdtempSync(join(tmpdir(), 'batten-bench-'))
  const estate = multiplied(recordedAccount(new Date()), Number(copies), Number(buckets))
  const sandbox = await startSandbox(estate, { latency })
  const before = process.cpuUsage()
  const { seconds, busy, peak, code, said } = await watch(
    process.execPath,
    ['dist/batten.js', 'aws', '-M', 'ndjson', '--quiet'],
    {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      BATTEN_OUTPUT_DIRECTORY: folder,
      BATTEN_OUTPUT_FILENAME: 'live',
    },
  )
  const { user, system } = process.cpuUsage(before)
  const { resources, coverage } = JSON.parse(
    readFileSync(join(folder, 'live.summary.json'), 'utf8'),
  )
  // Where both share the processors, the sandbox takes its part of the time.
  process.stdout.write(
    `${resources} resources, ${coverage.planned} verdicts, ${sandbox.calls.length} calls at ${latency} ms: ${seconds.toFixed(1)} s, exit ${code}
batten: ${busy.toFixed(1)} s of processor, ${Math.round(peak)} MB; the sandbox: ${((user + system) / 1e6).toFixed(1)} s of processor
${said.slice(0, 2000)}`,
  )
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
}
