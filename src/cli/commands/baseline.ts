import { resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import { readBaseline, showBaseline, writeBaseline } from '../../triage/baseline.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { type Flag, scanFlags } from '../flags.ts'
import { scanFor } from '../run-scan.ts'
import { settings } from '../settings.ts'

const usual = '.batten-baseline.json'
const writeFlags: readonly Flag[] = scanFlags.filter(
  flag =>
    flag.group === 'select' ||
    flag.group === 'source' ||
    flag.group === 'general' ||
    flag.name === 'baseline',
)

/** `batten baseline write [PATH…] [--baseline F]`, `batten baseline show [F]` */
export default async function baseline(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  try {
    if (verb === 'write') return await write(rest)
    if (verb === 'show') return await show(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
  throw new UserError('batten baseline write [PATH…] or batten baseline show [FILE]')
}

/** What fails or is unknown now is known from now on; a scan with gaps still exits 3. */
async function write(args: readonly string[]): Promise<number> {
  const about = 'Write what fails now into a baseline, so that later scans report only what is new.'
  const { paths, flags } = parseArguments(
    { name: 'baseline write', about, paths: '[PATH…]' },
    writeFlags,
    args,
  )
  const merged = await settings(scanFlags, flags, process.env, process.cwd())
  const file = typeof flags.baseline === 'string' ? flags.baseline : usual
  const { baseline: _, ...rest } = merged
  const report = await scanFor(paths.length > 0 ? paths : ['.'], { ...rest, 'soft-fail': true })
  const count = await writeBaseline(resolve(file), report.findings({ passed: false }))
  process.stderr.write(`wrote ${file}: ${count} findings\n`)
  return report.summary.exit
}

async function show(args: readonly string[]): Promise<number> {
  const file = args.find(arg => !arg.startsWith('-')) ?? usual
  const lines = showBaseline(await readBaseline(resolve(file), file))
  process.stdout.write([...lines].map(line => `${line}\n`).join(''))
  return 0
}
