import type { Finding } from '../../src/finding.ts'
import type { Servers } from './moto.ts'
import { ask, batten } from './programs.ts'
import { scan } from './scan.ts'
import type { Tally } from './tally.ts'

interface Seeded {
  /** The first has the keys of the session. */
  readonly accounts: readonly string[]
  readonly verdicts: readonly Expected[]
  /** Check → what moto lacks for one verdict on it, or for both. */
  readonly lacks: Readonly<Record<string, string>>
}

interface Expected {
  readonly check: string
  readonly resource: string
  readonly status: 'PASS' | 'FAIL'
}

/** Seeds accounts, scans them, and compares; then what has grown old. */
export async function compareVerdicts({ today, past }: Servers, results: Tally): Promise<void> {
  const seeded = (await ask('seed', [], today)) as Seeded
  const findings: Finding[] = []
  for (const [index, account] of seeded.accounts.entries()) {
    // The others are reached through a role.
    const role = index === 0 ? [] : ['--role', `arn:aws:iam::${account}:role/audit`]
    findings.push(...(await scan(today, role)))
  }
  const met = compare(seeded, findings, results)
  const old = (await ask('seed', ['aged'], past)) as Seeded
  const checks = new Set(old.verdicts.map(({ check }) => check))
  const aged = await scan(past, ['--checks', ...checks])
  const metAged = compare(old, aged, results)

  const verdicts = [...seeded.verdicts, ...old.verdicts]
  const given = findings.length + aged.length
  results.say(
    `${verdicts.length} verdicts compared, of ${given} that the scans gave; ${met + metAged} as expected`,
  )
  for (const line of await coverage({ ...seeded, verdicts }, today)) results.say(line)
}

/** How many were as expected. */
function compare(seeded: Seeded, findings: readonly Finding[], { pass, fail }: Tally): number {
  const given = new Map<string, { readonly status: string; readonly why: string }>()
  for (const { CheckID, ResourceId, Status, UnknownReason, StatusExtended } of findings) {
    const key = keyOf(CheckID, ResourceId)
    if (given.has(key)) fail(`two verdicts: ${key}`)
    given.set(key, { status: Status, why: UnknownReason ?? StatusExtended })
  }
  let met = 0
  for (const { check, resource, status } of seeded.verdicts) {
    const verdict = given.get(keyOf(check, resource))
    if (verdict?.status === status) {
      met += 1
      pass()
    } else fail(`${status} expected: ${keyOf(check, resource)}: ${textOf(verdict)}`)
  }
  return met
}

function keyOf(check: string, resource: string): string {
  return `${check} on ${resource}`
}

function textOf(verdict: { readonly status: string; readonly why: string } | undefined): string {
  return verdict ? `${verdict.status}: ${verdict.why}` : 'no verdict'
}

const services = new Set(['account', 'iam', 's3', 'ec2', 'vpc', 'rds', 'kms', 'cloudtrail'])

/** How many checks had to say both, and why the others did not. */
async function coverage({ verdicts, lacks }: Seeded, url: string): Promise<readonly string[]> {
  const { out } = await batten(['checks', 'list', '--format', 'json'], url)
  const known = JSON.parse(out) as readonly { id: string; service: string; sources: string[] }[]
  const checks = known
    .filter(({ service, sources }) => services.has(service) && sources.includes('live'))
    .map(({ id }) => id)
  const said = (check: string, status: string) =>
    verdicts.some(each => each.check === check && each.status === status)
  const partly = checks.filter(check => !(said(check, 'FAIL') && said(check, 'PASS')))
  const words = (check: string) =>
    said(check, 'FAIL') ? 'only FAIL' : said(check, 'PASS') ? 'only PASS' : 'no verdict'
  return [
    `${checks.length - partly.length} of ${checks.length} checks had a FAIL and a PASS compared`,
    ...partly.map(check => `  ${words(check)} of ${check}: ${lacks[check] ?? 'not seeded'}`),
  ]
}
