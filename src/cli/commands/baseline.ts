import { resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import { plain } from '../../text.ts'
import {
  type BaselineFinding,
  readBaseline,
  showBaseline,
  writeBaseline,
} from '../../triage/baseline.ts'
import { readReportFile } from '../../triage/report-file.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { type Flag, scanFlags } from '../flags.ts'
import { asksHelp } from '../help.ts'
import { scanFor } from '../run-scan.ts'
import { settings } from '../settings.ts'

const usual = '.batten-baseline.json'
export const verbs: readonly string[] = ['write', 'show']
export const flags: readonly Flag[] = scanFlags.filter(
  flag =>
    flag.group === 'select' ||
    flag.group === 'source' ||
    flag.group === 'general' ||
    flag.name === 'baseline',
)

const usage = `Usage: batten baseline <write|show> [options]

  write [PATH…]   scan the code there, and write what fails into a baseline (.batten-baseline.json)
  write REPORT…   write what failed in earlier scans, of code or of an account: -M json, ndjson
  show [FILE]     what a baseline holds

Later scans with --baseline FILE --new-only report and count only what is not in it.

  batten baseline write --help   its options
`

/** `batten baseline write [PATH…] [--baseline F]`, `batten baseline show [F]` */
export default async function baseline(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  if (asksHelp(verb)) {
    process.stdout.write(usage)
    return 0
  }
  try {
    if (verb === 'write') return await write(rest)
    if (verb === 'show') return await show(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
  throw new UserError('usage: batten baseline write [PATH…] or batten baseline show [FILE]')
}

/** What fails or is unknown now, or was in the reports, is known from now on; a scan with gaps still exits 3. */
async function write(args: readonly string[]): Promise<number> {
  const about = 'Write what fails now into a baseline, so that later scans report only what is new.'
  const { paths, flags: given } = parseArguments(
    { name: 'baseline write', about, paths: '[PATH…|REPORT.json…]' },
    flags,
    args,
  )
  const merged = await settings(scanFlags, given, process.env, process.cwd())
  const file = typeof given.baseline === 'string' ? given.baseline : usual
  const reported = await readReports(paths)
  if (reported !== null) return await keep(file, reported, 0)
  const { baseline: _, ...rest } = merged
  const report = await scanFor(paths.length > 0 ? paths : ['.'], { ...rest, 'soft-fail': true })
  return await keep(file, report.findings({ passed: false }), report.summary.exit)
}

async function keep(
  file: string,
  findings: Iterable<BaselineFinding>,
  exit: number,
): Promise<number> {
  const count = await writeBaseline(resolve(file), findings)
  process.stderr.write(`wrote ${plain(file)}: ${count} findings\n`)
  return exit
}

/** What earlier scans reported, where the paths are their reports; null where they are code. */
async function readReports(paths: readonly string[]): Promise<readonly BaselineFinding[] | null> {
  const reports = await Promise.all(paths.map(readReportFile))
  const found = reports.filter(report => report !== null)
  if (found.length === 0) return null
  if (found.length < reports.length) {
    const code = paths.filter((_, index) => reports[index] === null)
    throw new UserError(
      `reports and code do not go into one baseline: ${code.join(' ')} is no report`,
    )
  }
  return found.flat()
}

async function show(args: readonly string[]): Promise<number> {
  const file = args.find(arg => !arg.startsWith('-')) ?? usual
  const lines = showBaseline(await readBaseline(resolve(file), file))
  process.stdout.write([...lines].map(line => `${line}\n`).join(''))
  return 0
}
