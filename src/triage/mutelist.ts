import { readFile } from 'node:fs/promises'
import { UserError, type Warning } from '../errors.ts'
import { dayAfter, isDay } from './day.ts'
import type { CheckNames } from './names.ts'
import { compilePattern, type Pattern, PatternError } from './pattern.ts'
import { readYaml, type Text, type YamlTree } from './yaml-tree.ts'

/** Prowler's mutelist, with an optional `Reason` and `Expires` for each entry. */
export interface Mutelist {
  /** As messages name it. */
  readonly file: string
  /** In the order of the file, which decides. */
  readonly accounts: readonly AccountMutes[]
  readonly entries: readonly MuteEntry[]
}

export interface AccountMutes {
  /** An id or `*`, never a pattern. */
  readonly account: string
  readonly entries: readonly MuteEntry[]
}

export interface MuteEntry {
  readonly account: string
  readonly check: Pattern
  readonly regions: readonly Pattern[]
  readonly resources: readonly Pattern[]
  /** All must match; none given: every resource. */
  readonly tags: readonly Pattern[]
  readonly exceptions: Exceptions
  readonly reason: string | null
  /** The first moment at which the entry does not count any more. */
  readonly expires: Date | null
  readonly line: number
}

export interface Exceptions {
  readonly accounts: readonly Pattern[]
  readonly regions: readonly Pattern[]
  readonly resources: readonly Pattern[]
  readonly tags: readonly Pattern[]
}

/** Reads the file; `name` is what messages call it. */
export async function readMutelist(file: string, name: string = file): Promise<Mutelist> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(code)})`
    throw new UserError(`mutelist ${name} ${reason}`)
  }
  return parseMutelist(text, name)
}

export function parseMutelist(source: string, file: string): Mutelist {
  if (source.trim() === '') throw new UserError(`${file}: the mutelist is empty`)
  const yaml = readYaml(source, file)
  const top = keyed(yaml, yaml.root, 'the file', ['Mutelist'])
  const list = keyed(yaml, needed(yaml, top, yaml.root, 'Mutelist'), 'Mutelist', ['Accounts'])
  const accounts = yaml
    .map(needed(yaml, list, top.get('Mutelist'), 'Accounts'), 'Accounts')
    .map(({ key, value }) => ({ account: key.text, entries: readAccount(yaml, key, value) }))
  return { file, accounts, entries: accounts.flatMap(({ entries }) => entries) }
}

/** What `batten mutes check` remarks on: entries that nobody can vouch for any more. */
export function inspectMutelist(
  mutelist: Mutelist,
  { names, now }: { readonly names: CheckNames; readonly now: Date },
): readonly Warning[] {
  return mutelist.entries.flatMap(entry => {
    const messages = [
      ...(entry.reason === null ? ['has no Reason'] : []),
      ...(isExpired(entry, now) ? ['has expired and mutes nothing'] : []),
      ...(mutesEverything(entry) ? ['mutes every check of every resource'] : []),
      ...(neverMatches(entry) ? ['mutes nothing: a list of it is empty'] : []),
      ...(isUnknown(entry, names) ? ['names no check'] : []),
    ]
    return messages.map(message => ({
      message: `mute of ${entry.check.source} in account ${entry.account} ${message}`,
      file: mutelist.file,
      line: entry.line,
    }))
  })
}

export function isExpired(entry: MuteEntry, now: Date): boolean {
  return entry.expires !== null && now >= entry.expires
}

export function mutesEverything(entry: MuteEntry): boolean {
  const isAll = (patterns: readonly Pattern[]) => patterns.some(({ source }) => source === '*')
  return (
    entry.account === '*' &&
    entry.check.source === '*' &&
    isAll(entry.regions) &&
    isAll(entry.resources) &&
    entry.tags.length === 0
  )
}

function neverMatches(entry: MuteEntry): boolean {
  return entry.regions.length === 0 || entry.resources.length === 0
}

/** A plain name that is nobody's; a pattern may be meant for checks to come. */
function isUnknown(entry: MuteEntry, names: CheckNames): boolean {
  const { source } = entry.check
  return /^[\w-]+$/.test(source) && !names.all.some(id => matchesCheck(entry.check, id, names))
}

/** By pattern as in Prowler, or by the exact name that another tool gives the check. */
export function matchesCheck(pattern: Pattern, id: string, names: CheckNames): boolean {
  return pattern.source === id || pattern.found(id) || names.ids(pattern.source).includes(id)
}

const entryKeys = [
  'Regions',
  'Resources',
  'Tags',
  'Exceptions',
  'Description',
  'Reason',
  'Expires',
] as const
const exceptionKeys = ['Accounts', 'Regions', 'Resources', 'Tags'] as const

function readAccount(yaml: YamlTree, account: Text, node: unknown): readonly MuteEntry[] {
  const what = `account ${account.text}`
  const checks = needed(yaml, keyed(yaml, node, what, ['Checks']), account.node, 'Checks')
  return yaml
    .map(checks, `Checks of ${what}`)
    .map(({ key, value }) => readEntry(yaml, account.text, key, value))
}

function readEntry(yaml: YamlTree, account: string, check: Text, node: unknown): MuteEntry {
  const keys = keyed(yaml, node, check.text, entryKeys)
  const optional = (key: string) => (isEmpty(keys.get(key)) ? undefined : keys.get(key))
  const exceptions = optional('Exceptions')
  const reason = optional('Reason') ?? optional('Description')
  const expires = optional('Expires')
  return {
    account,
    // The service was called lambda once.
    check: toPattern(yaml, { ...check, text: check.text.replace(/^lambda/, 'awslambda') }),
    regions: patterns(yaml, needed(yaml, keys, check.node, 'Regions'), 'Regions'),
    resources: patterns(yaml, needed(yaml, keys, check.node, 'Resources'), 'Resources'),
    tags: patterns(yaml, optional('Tags'), 'Tags'),
    exceptions: readExceptions(yaml, exceptions),
    reason: reason === undefined ? null : yaml.text(reason, 'Reason').text.trim() || null,
    expires: expires === undefined ? null : readDay(yaml, expires),
    line: check.line,
  }
}

function readExceptions(yaml: YamlTree, node: unknown): Exceptions {
  const keys =
    node === undefined ? new Map<string, unknown>() : keyed(yaml, node, 'Exceptions', exceptionKeys)
  const list = (key: (typeof exceptionKeys)[number]) =>
    patterns(yaml, isEmpty(keys.get(key)) ? undefined : keys.get(key), key)
  return {
    accounts: list('Accounts'),
    regions: list('Regions'),
    resources: list('Resources'),
    tags: list('Tags'),
  }
}

function readDay(yaml: YamlTree, node: unknown): Date {
  const { text } = yaml.text(node, 'Expires')
  if (!isDay(text))
    return yaml.fail(node, `Expires must be a day such as 2027-01-31, not '${text}'`)
  return dayAfter(text)
}

function patterns(yaml: YamlTree, node: unknown, what: string): readonly Pattern[] {
  return node === undefined ? [] : yaml.texts(node, what).map(text => toPattern(yaml, text))
}

function toPattern(yaml: YamlTree, { text, node }: Text): Pattern {
  try {
    return compilePattern(text)
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return yaml.fail(node, `the pattern '${text}' ${patternReason(error.message)}`)
  }
}

function patternReason(message: string): string {
  return message.startsWith('is ') ? message : `cannot be used: ${message}`
}

function keyed(
  yaml: YamlTree,
  node: unknown,
  what: string,
  keys: readonly string[],
): ReadonlyMap<string, unknown> {
  return new Map(yaml.map(node, what, keys).map(({ key, value }) => [key.text, value]))
}

function needed(
  yaml: YamlTree,
  keys: ReadonlyMap<string, unknown>,
  parent: unknown,
  key: string,
): unknown {
  return keys.has(key) ? keys.get(key) : yaml.fail(parent, `${key} is missing`)
}

/** `Tags:` with nothing behind it is an omitted list. */
function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || isEmptyScalar(node)
}

function isEmptyScalar(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'value' in node && node.value === ''
}
