import { type CheckCard, findCheck, loadCheck, select } from '../../engine/select.ts'
import { UserError } from '../../errors.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { type Flag, scanFlags } from '../flags.ts'

export const verbs: readonly string[] = ['list', 'show']

export const flags: readonly Flag[] = [
  ...scanFlags.filter(flag => ['severity', 'services'].includes(flag.name)),
  {
    name: 'format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['table', 'json'],
    group: 'report',
    help: 'how to print (default table)',
  },
]

/** `batten checks [list|show ID]` */
export default async function checks(args: readonly string[]): Promise<number> {
  const [verb = 'list', ...rest] = args[0]?.startsWith('-') ? ['list', ...args] : args
  try {
    if (verb === 'show') return await show(rest)
    if (verb === 'list') return await list(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
  throw new UserError(`unknown: batten checks ${verb}; use list or show ID`)
}

async function list(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(
    { name: 'checks list', about: 'List the checks.', paths: '' },
    flags,
    args,
  )
  const { severity, services, format } = parsed.flags
  const { checks } = await select({
    ...(Array.isArray(severity) ? { severity } : {}),
    ...(Array.isArray(services) ? { services } : {}),
  })
  process.stdout.write(
    format === 'json' ? `${JSON.stringify(checks.map(card), null, 2)}\n` : table(checks),
  )
  return 0
}

function card({
  id,
  title,
  provider,
  service,
  severity,
  resourceTypes,
  aliases,
  sources,
}: CheckCard) {
  return { id, title, provider, service, severity, resourceTypes, aliases, sources }
}

function table(checks: readonly CheckCard[]): string {
  const width = Math.max(0, ...checks.map(check => check.id.length))
  const rows = checks.map(
    check => `${check.severity.padEnd(13)} ${check.id.padEnd(width)}  ${check.title}`,
  )
  return `${[...rows, `${checks.length} checks`].join('\n')}\n`
}

async function show(args: readonly string[]): Promise<number> {
  const id = args.find(arg => !arg.startsWith('-'))
  if (!id) throw new UserError('batten checks show needs an ID')
  const found = await findCheck(id)
  const check = await loadCheck(found.id)
  const { checkPage } = await import('../check-page.ts')
  process.stdout.write(checkPage(check, found))
  return 0
}
