import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../../src/finding.ts'
import type { Preview } from '../../src/remediation/preview.ts'
import type { Job } from '../../src/remediation/record/job.ts'
import { ask, batten } from './programs.ts'

/** One mistake that an action mends, as `mends/` put it in place. */
export interface Case {
  readonly name: string
  readonly action: string
  readonly check: string
  readonly resource: string
  readonly region: string | null
  readonly account: string
}

/** What boto3 says of the resource, and whether that is what the action promises; null: a scan tells. */
export interface Look {
  readonly state: unknown
  readonly isMended: boolean | null
}

type Subject = Pick<Finding, 'CheckID' | 'ResourceId'>

/** The terminal's verbs on one record. */
export interface Workbench {
  look(): Promise<ReadonlyMap<string, Look>>
  plan(findings: readonly Subject[]): Promise<readonly Preview[]>
  apply(findings: readonly Subject[]): Promise<readonly Job[]>
  jobs(): Promise<readonly Job[]>
  /** `approve`, `undo` and `verify` say how it ended by their exit code; null: well. */
  run(verb: 'approve' | 'undo' | 'verify', ...operands: readonly string[]): Promise<string | null>
  close(): void
}

export function workbench(url: string, cases: readonly Case[]): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'batten-moto-'))
  const config = join(folder, 'batten.yaml')
  writeFileSync(config, JSON.stringify({ remediation: settings(cases) }))
  const own = ['--config', config, '--record', join(folder, 'record')]
  let files = 0

  const remediate = (...args: readonly string[]) => batten(['remediate', ...args, ...own], url)

  async function read(...args: readonly string[]): Promise<unknown> {
    const { code, out, err } = await remediate(...args, '--format', 'json')
    // 1: something waits for an approval, 3: something failed; the jobs tell.
    if (!out.startsWith('[')) throw new Error(`${args[0]} ended with ${code}: ${err}${out}`)
    return JSON.parse(out)
  }

  function written(findings: readonly Subject[]): string {
    const file = join(folder, `${++files}.json`)
    writeFileSync(file, JSON.stringify(findings))
    return file
  }

  return {
    look: async () => {
      const looks = await ask('mends', ['look'], url, JSON.stringify(cases))
      return new Map(Object.entries(looks as Record<string, Look>))
    },
    plan: async findings => (await read('plan', written(findings))) as readonly Preview[],
    apply: async findings => (await read('apply', written(findings))) as readonly Job[],
    jobs: async () => (await read('list')) as readonly Job[],
    run: async (...args) => {
      const { code, out, err } = await remediate(...args)
      return code === 0 ? null : `${args[0]} ended with ${code}: ${`${err}${out}`.trim()}`
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Everything switched on, in a development account. */
function settings(cases: readonly Case[]): object {
  return {
    actions: Object.fromEntries(cases.map(({ action }) => [action, 'auto'])),
    accounts: Object.fromEntries(cases.map(({ account }) => [account, 'dev'])),
    blast: 'B3',
    perHour: 1000,
    share: 1,
    options: {
      logBucket: 'mend-logs',
      flowLogBucket: 'mend-flows',
      eksPublicCidrs: '198.51.100.0/24',
    },
  }
}
