import { basename, resolve } from 'node:path'
import { gapLine, UserError } from '../errors.ts'
import { exitCode } from '../exit.ts'
import type { Severity, Status } from '../finding.ts'
import type { PolicySummary, Report } from '../report.ts'
import { type ScanRequest, scan } from '../scan.ts'
import type { AwsTarget } from '../sources/aws/account.ts'
import { gitTop } from '../sources/terraform/top.ts'
import { plain } from '../text.ts'
import type { FlagValues } from './flags.ts'
import { isWithin } from './found-config.ts'
import { leave, onInterrupt } from './interrupt.ts'
import { printReport, writeReports } from './output.ts'
import { progress } from './progress.ts'
import { version } from './version.ts'

/** Scans, prints, writes the reports; answers the exit code. */
export async function runScan(
  paths: readonly string[],
  flags: FlagValues,
  aws?: AwsTarget,
): Promise<number> {
  const now = new Date()
  const directory = folderOfReports(text(flags['output-directory']))
  const filename = nameOfReports(text(flags['output-filename']))
  const send = await sending(flags)
  const report = await scanFor(paths, flags, now, aws)
  if (!flags.quiet) remarks(report, flags.debug === true)
  const { written, problem } = await writeReports(report, {
    formats: list(flags['output-formats']),
    directory,
    name: filename ?? defaultName(aws ? report.summary.targets : paths, now),
  })
  await printReport(report, {
    format: text(flags.format) ?? 'table',
    colour: useColour(flags),
    width: process.stdout.columns ?? 100,
    quiet: flags.quiet === true,
  })
  if (written.length > 0 && !flags.quiet) {
    process.stderr.write(`${written.map(file => `wrote ${plain(file)}`).join('\n')}\n`)
  }
  if (problem !== null) process.stderr.write(`batten: ${plain(problem)}\n`)
  const isSent = await send(report)
  if (problem === null && isSent) return report.summary.exit
  // A report that was asked for and is not there leaves the scan incomplete; findings still come first.
  return report.summary.exit === 0 ? 3 : report.summary.exit
}

/** The usual folder may be a link that somebody put into the tree: reports would land wherever it leads. */
function folderOfReports(named: string | undefined): string {
  if (named !== undefined) return resolve(named)
  const folder = resolve('output')
  if (isWithin(folder, gitTop(process.cwd()) ?? process.cwd())) return folder
  throw new UserError(
    'output is a link that leads elsewhere; --output-directory says where to write',
  )
}

/** A name, never a path: neither the command line nor a batten.yaml puts reports beside the folder with it. */
function nameOfReports(named: string | undefined): string | undefined {
  if (named === undefined || /^(?!\.)[^/\\:\p{Cc}]{1,200}$/u.test(named)) return named
  throw new UserError(
    `--output-filename: '${named}' is not a name of files; --output-directory says where they go`,
  )
}

/** Findings go to whoever asked for them; those of a scan that was broken off do not. */
async function sending(flags: FlagValues): Promise<(report: Report) => Promise<boolean>> {
  if (list(flags.send).length === 0) return async () => true
  const { sender } = await import('./send.ts')
  const send = sender(flags)
  return async report => !report.summary.interrupted && send(report)
}

/** Scans with progress on the terminal; an interrupt ends it with what it has. */
export async function scanFor(
  paths: readonly string[],
  flags: FlagValues,
  now: Date = new Date(),
  aws?: AwsTarget,
): Promise<Report> {
  const bar = progress(
    process.stderr,
    !flags['no-progress'] && !flags.quiet && !process.env.CI,
    () => performance.now(),
  )
  const stop = new AbortController()
  onInterrupt(() => stop.abort())
  try {
    return await scan({
      ...request(paths, flags, now, bar.show, stop.signal),
      ...(aws && { aws }),
    })
  } finally {
    bar.clear()
    onInterrupt(leave)
  }
}

function request(
  paths: readonly string[],
  flags: FlagValues,
  now: Date,
  show: ScanRequest['progress'],
  signal: AbortSignal,
): ScanRequest {
  const failOn = text(flags['fail-on']) as Severity | undefined
  return {
    paths,
    cwd: process.cwd(),
    env: process.env,
    now,
    version,
    debug: flags.debug === true,
    select: {
      severity: list(flags.severity) as readonly Severity[],
      services: list(flags.services),
      checks: list(flags.checks),
      excludedChecks: list(flags['excluded-checks']),
    },
    compliance: {
      frameworks: list(flags.compliance),
      shown: [...list(flags['output-formats']), text(flags.format) ?? ''].some(showsCompliance),
    },
    status: list(flags.status) as readonly Status[],
    terraform: {
      vars: assignments('var', list(flags.var)),
      varFiles: list(flags['var-file']),
      skipPaths: list(flags['skip-path']),
    },
    policies: {
      folders: list(flags['policy-dir']),
      accountTags: assignments('account-tag', list(flags['account-tag'])),
      engine: flags.engine === 'opa' ? 'opa' : 'batten',
    },
    noise: {
      mutelistFile: text(flags['mutelist-file']),
      baselineFile: text(flags.baseline),
      newOnly: flags['new-only'] === true,
      inlineSkips: flags['no-inline-skips'] !== true,
    },
    exit: facts =>
      exitCode(facts, {
        ...(failOn ? { failOn } : {}),
        softFail: flags['soft-fail'] === true,
        unknown: flags.unknown === 'fail' ? 'fail' : 'report',
        acceptGap: list(flags['accept-gap']),
        ...(typeof flags['min-coverage'] === 'number'
          ? { minCoverage: flags['min-coverage'] }
          : {}),
        ...(typeof flags['exit-code-on-fail'] === 'number'
          ? { codeOnFail: flags['exit-code-on-fail'] }
          : {}),
      }),
    progress: show,
    signal,
  }
}

/** Gaps, since they change the exit code, and warnings: on standard error, so many that a person reads them. */
function remarks(report: Report, all: boolean): void {
  const { gaps, warnings, policies } = report.summary
  if (policies) sayPolicies(policies, all)
  const said = [
    ['gaps', gaps.map(gap => `gap: ${gapLine(gap)}`)],
    [
      'warnings',
      warnings.map(
        ({ file, line, message }) => `warning: ${file ? `${file}:${line ?? 1}: ` : ''}${message}`,
      ),
    ],
  ] as const
  for (const [name, lines] of said) {
    const shown = all ? lines : lines.slice(0, mostRemarks)
    for (const line of shown) process.stderr.write(`${plain(line)}\n`)
    const left = lines.length - shown.length
    if (left > 0) process.stderr.write(`… and ${left} more ${name}: --debug says them all\n`)
  }
}

const mostRemarks = 30

/** Which policies ran and which did not, so that none is missing unnoticed. */
function sayPolicies({ files, rules, passedOver }: PolicySummary, all: boolean): void {
  const over = passedOver.length === 0 ? '' : `; passed over ${passedOver.length}`
  const lines = [
    `policies: ${files.length} ${files.length === 1 ? 'file' : 'files'}, ${rules} ${rules === 1 ? 'rule' : 'rules'}${over}`,
    ...(all ? files.map(file => `  ${file}`) : []),
    ...(all || passedOver.length <= mostPassedOver
      ? passedOver.map(({ name, why }) => `  passed over ${name}: ${why}`)
      : []),
  ]
  for (const line of lines) process.stderr.write(`${plain(line)}\n`)
}

const mostPassedOver = 10

/** These formats say which requirements a finding is about. */
function showsCompliance(format: string): boolean {
  return ['json', 'ndjson', 'csv', 'html'].includes(format)
}

function defaultName(paths: readonly string[], now: Date): string {
  const folder = basename(resolve(paths[0] ?? '.')).replace(/[^\w.-]+/g, '-') || 'root'
  const stamp = now.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return `batten-output-${folder}-${stamp}`
}

function assignments(flag: string, items: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    items.map(item => {
      const at = item.indexOf('=')
      if (at < 1) throw new UserError(`--${flag} '${item}' is not K=V`)
      return [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}

function useColour(flags: FlagValues): boolean {
  if (flags['no-color'] || process.env.NO_COLOR) return false
  return process.stdout.isTTY === true || Boolean(process.env.FORCE_COLOR)
}

function list(value: FlagValues[string] | undefined): readonly string[] {
  return Array.isArray(value) ? value : []
}

function text(value: FlagValues[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
