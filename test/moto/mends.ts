import { isDeepStrictEqual } from 'node:util'
import { actions } from '../../src/remediation/aws/actions.ts'
import type { Job } from '../../src/remediation/record/job.ts'
import { difference } from './difference.ts'
import type { Servers } from './moto.ts'
import { ask, batten } from './programs.ts'
import { scan } from './scan.ts'
import type { Tally } from './tally.ts'
import { type Case, type Look, type Workbench, workbench } from './workbench.ts'

interface Made {
  readonly cases: readonly Case[]
  /** Action → what moto lacks for it. */
  readonly lacks: Readonly<Record<string, string>>
}

/** Plans, applies, approves and takes back every mend, and has boto3 look at the whole resource between. */
export async function proveMends({ past: url }: Servers, results: Tally): Promise<void> {
  const { cases, lacks } = (await ask('mends', ['make'], url)) as Made
  const bench = workbench(url, cases)
  const faults = new Map<string, string[]>(cases.map(({ name }) => [name, []]))
  try {
    for (const [name, fault] of await faultsOf(url, cases, bench)) faults.get(name)?.push(fault)
  } finally {
    bench.close()
  }
  for (const [name, found] of faults) {
    if (found.length === 0) results.pass()
    for (const fault of found) results.fail(`${name}: ${fault}`)
  }
  for (const line of summary(cases, faults, lacks)) results.say(line)
}

type Fault = readonly [name: string, text: string]

async function faultsOf(
  url: string,
  cases: readonly Case[],
  bench: Workbench,
): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  const fault = (name: string, text: string) => faults.push([name, text])
  const every = (said: (of: Case) => string | null) => {
    for (const each of cases) {
      const text = said(each)
      if (text !== null) fault(each.name, text)
    }
  }
  const scanned = await scannedOf(url, cases)
  const first = await bench.look()
  const before = await statuses(url, scanned)
  every(on => unless(before, on, scanned, 'FAIL'))

  const findings = cases.map(on => findingOf(on))
  const previews = await bench.plan(findings)
  every(on => {
    const preview = previews.find(({ finding }) => isOf(on, finding))
    if (!preview || preview.calls.length === 0) return `nothing is planned: ${preview?.why.join()}`
    return preview.action === on.action ? null : `${preview.action} is planned`
  })
  const planned = await bench.look()
  every(on => differences('planning changed', first, planned, on))

  const jobs = new Map<string, Job>()
  for (const job of await bench.apply(findings)) {
    const on = cases.find(each => isOf(each, job.finding))
    if (on) jobs.set(on.name, job)
  }
  for (const [name, { id, outcome }] of jobs) {
    if (outcome !== 'QUEUED') continue
    const said = await bench.run('approve', id)
    if (said !== null) fault(name, said)
  }
  const applied = await bench.jobs()
  every(({ name }) => {
    const job = applied.find(({ id }) => id === jobs.get(name)?.id)
    return job?.outcome === 'FIXED' ? null : `applied: ${job?.outcome}: ${job?.why.join('; ')}`
  })
  const mended = await bench.look()
  every(({ name }) => {
    const look = mended.get(name)
    if (look?.isMended === false) return 'boto3 does not see it mended'
    if (look?.isMended === null && !scanned.has(name)) return 'nothing tells whether it is mended'
    return isDeepStrictEqual(look?.state, first.get(name)?.state) ? 'nothing has changed' : null
  })
  const after = await statuses(url, scanned)
  every(on => unless(after, on, scanned, 'PASS'))
  const again = await bench.apply(findings)
  every(on => {
    const outcome = again.find(({ finding }) => isOf(on, finding))?.outcome
    return outcome === 'ALREADY_OK' ? null : `applied again: ${outcome}`
  })

  for (const [name, { id }] of [...jobs].reverse()) {
    const said = await bench.run('undo', id)
    if (said !== null) fault(name, said)
  }
  const undone = await bench.look()
  every(on => differences('undone, but', first, undone, on))
  const back = await statuses(url, scanned)
  every(on => unless(back, on, scanned, 'FAIL'))
  const listed = await bench.jobs()
  every(({ name }) => {
    const state = listed.find(({ id }) => id === jobs.get(name)?.id)?.state
    return state === 'undone' ? null : `the record says ${state}`
  })
  const broken = await bench.run('verify')
  if (broken !== null) every(() => broken)
  return faults
}

/** The cases whose check a scan makes. */
async function scannedOf(url: string, cases: readonly Case[]): Promise<ReadonlyMap<string, Case>> {
  const { out } = await batten(['checks', 'list', '--format', 'json'], url)
  const known = JSON.parse(out) as readonly { readonly id: string }[]
  const ids = new Set(known.map(({ id }) => id))
  return new Map(cases.filter(({ check }) => ids.has(check)).map(each => [each.name, each]))
}

/** `check resource` → what a scan says. */
async function statuses(
  url: string,
  scanned: ReadonlyMap<string, Case>,
): Promise<ReadonlyMap<string, string>> {
  const checks = new Set([...scanned.values()].map(({ check }) => check))
  const findings = await scan(url, ['--checks', ...checks])
  return new Map(findings.map(each => [`${each.CheckID} ${each.ResourceId}`, each.Status]))
}

function unless(
  said: ReadonlyMap<string, string>,
  { name, check, resource }: Case,
  scanned: ReadonlyMap<string, Case>,
  wanted: string,
): string | null {
  const status = said.get(`${check} ${resource}`) ?? 'nothing'
  if (!scanned.has(name) || status === wanted) return null
  return `a scan says ${status} where it is to say ${wanted}`
}

function findingOf({ check, resource, region, account }: Case) {
  return {
    CheckID: check,
    ResourceId: resource,
    Region: region,
    AccountId: account,
    Provider: 'aws',
    Source: 'aws',
    Status: 'FAIL',
    Muted: false,
    Severity: 'HIGH',
    StatusExtended: '',
    ResourceType: '',
    ResourceName: resource,
    Fingerprint: `${check} ${resource}`,
  }
}

function isOf(
  { check, resource }: Case,
  finding: { readonly CheckID: string; readonly ResourceId: string } | null,
): boolean {
  return finding?.CheckID === check && finding.ResourceId === resource
}

function differences(
  when: string,
  first: ReadonlyMap<string, Look>,
  now: ReadonlyMap<string, Look>,
  { name }: Case,
): string | null {
  const at = difference(first.get(name)?.state, now.get(name)?.state)
  return at === null ? null : `${when} ${at}`
}

function summary(
  cases: readonly Case[],
  faults: ReadonlyMap<string, readonly string[]>,
  lacks: Readonly<Record<string, string>>,
): readonly string[] {
  const ids = actions.filter(({ mode }) => mode !== 'guide').map(({ id }) => id)
  const ofAction = (id: string) => cases.filter(({ action }) => action === id)
  const proved = ids.filter(
    id =>
      ofAction(id).length > 0 && ofAction(id).every(({ name }) => faults.get(name)?.length === 0),
  )
  return [
    `${proved.length} of ${ids.length} actions proved, in ${cases.length} cases`,
    ...ids
      .filter(id => ofAction(id).length === 0)
      .map(id => `  left out ${id}: ${lacks[id] ?? 'no case yet'}`),
  ]
}
