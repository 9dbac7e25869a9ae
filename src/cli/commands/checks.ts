import { type CheckCard, findCheck, loadCheck, select } from '../../engine/select.ts'
import { UserError } from '../../errors.ts'
import { jsonText, plain } from '../../text.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { type Flag, scanFlags } from '../flags.ts'
import { policyCardFlags, policyCards } from '../policy-cards.ts'

export const verbs: readonly string[] = ['list', 'show']

export const flags: readonly Flag[] = [
  ...scanFlags.filter(({ name }) => ['severity', 'services'].includes(name)),
  ...policyCardFlags,
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
  const policies = (await policyCards(parsed.flags)).map(each => each.card)
  const { checks } = await select({
    ...(Array.isArray(severity) ? { severity } : {}),
    ...(Array.isArray(services) ? { services } : {}),
    // To be listed a policy has to be of that severity itself, whatever its denials may say.
    policies: policies.filter(card => !Array.isArray(severity) || severity.includes(card.severity)),
  })
  process.stdout.write(format === 'json' ? `${jsonText(checks.map(card), 2)}\n` : table(checks))
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
    check => `${check.severity.padEnd(13)} ${plain(check.id).padEnd(width)}  ${plain(check.title)}`,
  )
  return `${[...rows, `${checks.length} checks`].join('\n')}\n`
}

async function show(args: readonly string[]): Promise<number> {
  const { paths, flags: given } = parseArguments(
    { name: 'checks show', about: 'Show a check.', paths: 'ID' },
    policyCardFlags,
    args,
  )
  const [id] = paths
  if (!id) throw new UserError('batten checks show needs an ID')
  const { checkPage } = await import('../check-page.ts')
  const own = (await policyCards(given)).find(({ card }) => isSame(card.id, id))
  if (own !== undefined) {
    const { checkOf } = await import('../../engine/policy-finding.ts')
    const check = checkOf(own.rule)
    process.stdout.write(checkPage(check, own.card))
    return 0
  }
  const found = await findCheck(id)
  process.stdout.write(checkPage(await loadCheck(found.id), found))
  return 0
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
