import { type CheckCard, select } from '../../engine/select.ts'
import { UserError } from '../../errors.ts'
import {
  type FrameworkCard,
  frameworkCards,
  type Requirement,
  requirementsOf,
} from '../../frameworks/framework.ts'
import { findFramework } from '../../scan/compliance.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import type { Flag } from '../flags.ts'

export const verbs: readonly string[] = ['list', 'show']

export const flags: readonly Flag[] = [
  {
    name: 'format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['table', 'json'],
    group: 'report',
    help: 'how to print (default table)',
  },
]

/** `batten compliance [list|show FRAMEWORK]` */
export default async function compliance(args: readonly string[]): Promise<number> {
  const [verb = 'list', ...rest] = args[0]?.startsWith('-') ? ['list', ...args] : args
  try {
    if (verb === 'list') return await list(rest)
    if (verb === 'show') return await show(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
  throw new UserError(`unknown: batten compliance ${verb}; use list or show FRAMEWORK`)
}

async function list(args: readonly string[]): Promise<number> {
  const { flags: given } = parseArguments(
    { name: 'compliance list', about: 'List the compliance frameworks.', paths: '' },
    flags,
    args,
  )
  const cards = await frameworkCards()
  process.stdout.write(given.format === 'json' ? json(cards.map(card)) : listTable(cards))
  return 0
}

function card({ id, name, provider, requirements }: FrameworkCard) {
  return { id, name, provider, requirements }
}

function listTable(cards: readonly FrameworkCard[]): string {
  const width = Math.max(0, ...cards.map(({ id }) => id.length))
  return lines(cards.map(({ id, name }) => `${id.padEnd(width)}  ${name}`))
}

async function show(args: readonly string[]): Promise<number> {
  const about = 'Show what a framework asks, and which checks answer it.'
  const { paths, flags: given } = parseArguments(
    { name: 'compliance show', about, paths: 'FRAMEWORK' },
    flags,
    args,
  )
  const [name] = paths
  if (!name) throw new UserError('batten compliance show needs a FRAMEWORK')
  const found = await findFramework(name)
  const requirements = requirementsOf((await found.load()).default)
  const all = requirements.map(({ id, title, checks, missing, manual }) => ({
    id,
    title,
    checks,
    notJudgedYet: missing,
    manual,
  }))
  if (given.format === 'json') {
    process.stdout.write(json({ ...card(found), requirements: all }))
    return 0
  }
  const { checks } = await select({})
  process.stdout.write(showTable(found, requirements, checks))
  return 0
}

function showTable(
  framework: FrameworkCard,
  requirements: readonly Requirement[],
  checks: readonly CheckCard[],
): string {
  const titles = new Map(checks.map(check => [check.id, check.title]))
  const judged = requirements.filter(requirement => requirement.checks.length > 0)
  const manual = requirements.filter(requirement => requirement.manual !== null)
  const open = requirements.length - new Set([...judged, ...manual]).size
  return lines([
    `${framework.name} (${framework.id})`,
    `${requirements.length} requirements: ${judged.length} judged, at least in part; ${manual.length} to look at by hand; ${open} not judged yet.`,
    'Checks support an assessment; passing them certifies nothing.',
    ...requirements.flatMap(({ id, title, checks: ids, missing, manual: why }) => [
      '',
      title === null ? id : `${id}  ${title}`,
      ...ids.map(check => `  ${check}: ${titles.get(check) ?? ''}`),
      ...missing.map(check => `  not judged yet: ${check}`),
      ...(why === null ? [] : [`  by hand: ${why}`]),
    ]),
  ])
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
