import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../../src/finding.ts'
import { batten } from './programs.ts'

/** The regions in which the seeds put something. */
const regions = ['us-east-1', 'eu-central-1']
let scans = 0

/** Every verdict of one scan. */
export async function scan(url: string, flags: readonly string[]): Promise<readonly Finding[]> {
  const name = `batten-moto-${process.pid}-${++scans}`
  const files = ['--output-directory', tmpdir(), '--output-filename', name]
  const where = ['--region', ...regions, '--no-progress', '--quiet', ...files]
  const { code, err } = await batten(['aws', ...flags, '-M', 'ndjson', ...where], url)
  const file = join(tmpdir(), `${name}.ndjson`)
  try {
    // 1: something fails, as it must; 3 and 4 would be the end of the comparison.
    if (code !== 0 && code !== 1) throw new Error(`batten aws ended with ${code}:\n${err}`)
    const lines = readFileSync(file, 'utf8').split('\n')
    return lines.filter(line => line !== '').map(line => JSON.parse(line) as Finding)
  } finally {
    rmSync(file, { force: true })
    rmSync(join(tmpdir(), `${name}.summary.json`), { force: true })
  }
}
