import { type CheckCard, select } from '../../engine/select.ts'
import { UserError } from '../../errors.ts'
import { severities } from '../../finding.ts'
import type { Needs } from '../../sources/aws/permissions.ts'
import type { Probe } from '../../sources/aws/probe.ts'
import { plain } from '../../text.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { awsTarget, quietSdk } from '../aws-target.ts'
import { awsFlags, type Flag, type FlagValues } from '../flags.ts'

export const verbs: readonly string[] = ['aws']

export const flags: readonly Flag[] = [
  ...awsFlags.filter(flag => flag.group === 'select' || flag.group === 'source'),
  {
    name: 'policy',
    kind: 'boolean',
    group: 'general',
    help: 'print the IAM policy that the selected checks need, and ask nobody',
  },
]

/** `batten doctor aws`: what a scan could read with these credentials. */
export default async function doctor(args: readonly string[]): Promise<number> {
  const [cloud, ...rest] = args
  quietSdk()
  try {
    if (cloud?.startsWith('-')) return await aws(args)
    if (cloud === 'aws') return await aws(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
  throw new UserError(`unknown: batten doctor ${cloud ?? ''}; use batten doctor aws`)
}

async function aws(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(
    {
      name: 'doctor aws',
      about: 'Say what a scan could read with these credentials, or which policy it needs.',
      paths: '',
    },
    flags,
    args,
  )
  const checks = await selected(parsed.flags)
  const { needsOf, permissionsFor, policyOf } = await import('../../sources/aws/permissions.ts')
  const { readings } = await import('../../checks/readings.generated.ts')
  const readingOf = (id: string) => (Object.hasOwn(readings, id) ? readings[id] : undefined) ?? {}
  const needs = needsOf(checks.map(check => readingOf(check.id)))
  if (parsed.flags.policy) {
    process.stdout.write(`${JSON.stringify(policyOf(await permissionsFor(needs)), null, 2)}\n`)
    return 0
  }
  const probes = await examine(parsed.flags, needs)
  if (probes === null) return 3
  const missing = probes.filter(({ outcome }) => outcome === 'denied' || outcome === 'failed')
  const harmed = await count(checks, async ({ id }) => {
    const own = await permissionsFor(needsOf([readingOf(id)]))
    return missing.some(({ permission }) => own.includes(permission))
  })
  process.stdout.write(verdict(probes, missing.length, harmed, checks.length))
  return missing.length > 0 ? 3 : 0
}

async function selected(values: FlagValues): Promise<readonly CheckCard[]> {
  const list = (name: string) => (Array.isArray(values[name]) ? values[name] : [])
  const { readCompliance } = await import('../../scan/compliance.ts')
  const { within } = await readCompliance({ frameworks: list('compliance'), shown: false })
  const { checks } = await select({
    severity: severities.filter(severity => list('severity').includes(severity)),
    services: list('services'),
    checks: list('checks'),
    excludedChecks: list('excluded-checks'),
    ...(within && { within }),
    sources: ['live'],
  })
  return checks
}

/** Signs in and tries; null where there is nobody to be. */
async function examine(values: FlagValues, needs: Needs): Promise<readonly Probe[] | null> {
  const [{ openAccount }, { probe }, { regionsOf }] = await Promise.all([
    import('../../sources/aws/account.ts'),
    import('../../sources/aws/probe.ts'),
    import('../../sources/aws/regions.ts'),
  ])
  const target = awsTarget(values)
  const account = await openAccount(target, target.roles[0], new AbortController().signal)
  if ('subject' in account) {
    process.stdout.write(`${plain(`${account.subject}: ${account.reason}`)}\n`)
    return null
  }
  process.stdout.write(`account ${account.id}, as ${plain(account.arn)}\n`)
  const { regions, gaps } = await regionsOf(account, target.regions)
  for (const { subject, reason } of gaps)
    process.stdout.write(`${plain(`${subject}: ${reason}`)}\n`)
  process.stdout.write(`regions: ${regions.join(' ')}\n\n`)
  const probes = await probe(account, regions[0] ?? account.home, needs)
  account.close()
  return probes
}

function verdict(
  probes: readonly Probe[],
  missing: number,
  harmed: number,
  checks: number,
): string {
  const width = Math.max(...probes.map(({ permission }) => permission.length), 0)
  const lines = probes.map(({ permission, outcome, reason }) =>
    `${words[outcome].padEnd(8)} ${permission.padEnd(width)}  ${plain(reason)}`.trimEnd(),
  )
  const untried = probes.filter(({ outcome }) => outcome === 'untried').length
  const summary = [
    `${probes.length - missing - untried} of ${probes.length} permissions work`,
    ...(untried > 0 ? [`${untried} had nothing to be tried on`] : []),
    ...(missing > 0
      ? [
          `${missing} are missing, which leaves ${harmed} of ${checks} checks unknown, wholly or in part`,
        ]
      : []),
  ]
  return `${lines.join('\n')}\n\n${summary.join('; ')}\n`
}

const words: Readonly<Record<Probe['outcome'], string>> = {
  allowed: 'ok',
  denied: 'denied',
  failed: 'failed',
  untried: '-',
}

async function count<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<number> {
  return (await Promise.all(items.map(test))).filter(Boolean).length
}
