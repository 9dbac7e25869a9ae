// The same account of one moto server scanned by Batten and by a peer, one after the other, as whole processes: how long
// each takes, and how often it calls. Moto and its seed are those of `npm run test:moto`.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { python, startMoto } from '../test/moto/moto.ts'
import { ask } from '../test/moto/programs.ts'
import { type Counter, startCounter } from './live-counter.ts'
import { addIdentities } from './live-identities.ts'
import { watch } from './live-process.ts'

export interface PeerOptions {
  /** Prowler's program. */
  readonly prowler: string
  readonly pairs: number
  /** Roles beside those of the seed, with what comes with them. */
  readonly roles: number
}

interface Run {
  readonly seconds: number
  readonly busy: number
  readonly calls: number
}

const services = ['s3', 'ec2', 'iam', 'rds', 'kms', 'cloudtrail', 'vpc']
const regions = ['us-east-1', 'eu-central-1']
const keys = {
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
}

export async function benchWithPeer({ prowler, pairs, roles }: PeerOptions): Promise<void> {
  if (!existsSync(python)) throw new Error('`node scripts/moto-venv.mjs` installs the moto server')
  const folder = mkdtempSync(join(tmpdir(), 'batten-bench-'))
  const moto = await startMoto(0)
  let counter: Counter | undefined
  try {
    await ask('seed', [], moto.url)
    await addIdentities(moto.url, roles)
    counter = await startCounter(moto.url)
    const tools = { batten: batten(folder), prowler: prowlerOf(prowler, folder, counter.url) }
    for (const command of Object.values(tools)) await measure(command, counter)
    const runs: { readonly batten: Run; readonly prowler: Run }[] = []
    for (let pair = 1; pair <= pairs; pair++) {
      const run = {
        batten: await measure(tools.batten, counter),
        prowler: await measure(tools.prowler, counter),
      }
      runs.push(run)
      print(`pair ${pair}: batten ${shown(run.batten)}; prowler ${shown(run.prowler)}`)
    }
    report(runs)
  } finally {
    await counter?.close()
    await moto.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(runs: readonly { readonly batten: Run; readonly prowler: Run }[]): void {
  const ratios = runs.map(({ batten, prowler }) => prowler.seconds / batten.seconds)
  const of = (tool: 'batten' | 'prowler', what: keyof Run) =>
    median(runs.map(run => run[tool][what]))
  for (const tool of ['batten', 'prowler'] as const)
    print(
      `${tool}: ${of(tool, 'seconds').toFixed(1)} s median of ${runs.length}, ${of(tool, 'busy').toFixed(1)} s of processor, ${of(tool, 'calls')} calls`,
    )
  print(
    `batten is ${median(ratios).toFixed(1)} × faster (pair by pair: ${ratios.map(ratio => ratio.toFixed(1)).join(' ')}) and makes ${Math.round((100 * of('batten', 'calls')) / of('prowler', 'calls'))} % of the calls`,
  )
}

function batten(folder: string): readonly string[] {
  return [
    process.execPath,
    'dist/batten.js',
    'aws',
    '--services',
    ...services,
    '--region',
    ...regions,
    '-M',
    'csv',
    '--output-directory',
    folder,
    '--output-filename',
    'batten',
  ]
}

/** It asks S3 Control at a host of the account's number, which only a proxy finds. */
function prowlerOf(program: string, folder: string, proxy: string): readonly string[] {
  return [
    'env',
    `HTTP_PROXY=${proxy}`,
    program,
    'aws',
    '--service',
    ...services,
    '--region',
    ...regions,
    '--output-formats',
    'csv',
    '--output-directory',
    folder,
    '--output-filename',
    'prowler',
    '--no-banner',
  ]
}

async function measure([program = '', ...args]: readonly string[], counter: Counter): Promise<Run> {
  counter.take()
  const { code, seconds, busy } = await watch(program, args, {
    ...process.env,
    ...keys,
    AWS_ENDPOINT_URL: counter.url,
  })
  // Both say by their exit code that something failed a check.
  if (code !== 1 && code !== 3) throw new Error(`${program} exits ${code}`)
  const calls = [...counter.take().values()].reduce((sum, count) => sum + count, 0)
  return { seconds, busy, calls }
}

function shown({ seconds, busy, calls }: Run): string {
  return `${seconds.toFixed(1)} s (${busy.toFixed(1)} s of processor), ${calls} calls`
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
