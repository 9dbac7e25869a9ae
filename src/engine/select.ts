import { type Check, sidesOf, type Tunable } from '../check.ts'
import { UserError } from '../errors.ts'
import { type Severity, severities } from '../finding.ts'
import { nearest } from '../nearest.ts'

/** What is known of a check without loading it. */
export interface CheckCard {
  readonly id: string
  readonly title: string
  readonly provider: Check['provider']
  readonly service: string
  readonly severity: Severity
  readonly types: readonly string[]
  /** What a running account is judged by, where that is something else. */
  readonly liveTypes?: readonly string[]
  /** With the types that are folded into them. */
  readonly resourceTypes: readonly string[]
  readonly aliases: readonly string[]
  readonly sources: readonly Side[]
  readonly deprecated?: string
}

export type Side = 'live' | 'code'

/** A line of the generated index. */
export interface CheckFile {
  readonly cards: readonly CheckCard[]
  readonly load: () => Promise<{ readonly default: readonly unknown[] }>
}

export interface SelectOptions {
  readonly severity?: readonly Severity[]
  readonly services?: readonly string[]
  /** Ids or aliases, in any case. */
  readonly checks?: readonly string[]
  readonly excludedChecks?: readonly string[]
  /** Ids of a framework: what is not among them is left out. */
  readonly within?: readonly string[]
  /** Checks that none of these can judge are left out. */
  readonly sources?: readonly Side[]
  /** Check → option → value. */
  readonly settings?: Settings
  /** Checks of the user's. */
  readonly extra?: readonly Check[]
  /** Rules of the user's policies: chosen like checks, judged apart. */
  readonly policies?: readonly CheckCard[]
}

export type Settings = Readonly<Record<string, Readonly<Record<string, Tunable>>>>

export interface Selection {
  readonly checks: readonly CheckCard[]
  readonly settings: Settings
  /** Imports only the files that hold selected checks of these types. */
  load(types: Iterable<string>): Promise<readonly Check[]>
}

/** Chooses checks from the index; an empty list of anything chooses all. Throws UserError where nothing is left. */
export async function select(
  options: SelectOptions,
  index?: readonly CheckFile[],
): Promise<Selection> {
  const files = index ?? (await generated())
  const extra = options.extra ?? []
  const cards = [
    ...files.flatMap(file => file.cards),
    ...extra.map(check => cardOf(check)),
    ...(options.policies ?? []),
  ]
  const chosen = choose(cards, options)
  if (chosen.length === 0) throw new UserError(`no check is selected${because(options)}`)
  const ids = new Set(chosen.map(card => card.id))
  const settings = settingsById(cards, options.settings ?? {})
  return {
    checks: chosen
      .map(card => onSide(card, options.sources))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    settings,
    async load(types) {
      const present = new Set(types)
      const isPresent = (type: string) => present.has(type)
      const isWanted = (card: CheckCard) =>
        ids.has(card.id) && [...card.types, ...(card.liveTypes ?? [])].some(isPresent)
      const needed = files.filter(file => file.cards.some(isWanted))
      const loaded = await Promise.all(needed.map(file => file.load()))
      const checks = [...loaded.flatMap(file => file.default), ...extra] as readonly Check[]
      const wanted = checks
        .filter(check => ids.has(check.id))
        .flatMap(sidesOf)
        .filter(check => check.types.some(isPresent))
      for (const check of wanted) refuseStrangers(check, settings[check.id] ?? {})
      return wanted
    },
  }
}

/** The check of that id or alias. */
export async function findCheck(name: string, index?: readonly CheckFile[]): Promise<CheckCard> {
  const files = index ?? (await generated())
  const cards = files.flatMap(file => file.cards)
  const found = named(cards, name)[0]
  if (!found) throw unknownCheck(cards, name)
  return found
}

export async function loadCheck(id: string, index?: readonly CheckFile[]): Promise<Check> {
  const files = index ?? (await generated())
  const card = await findCheck(id, files)
  const file = await files.find(each => each.cards.includes(card))?.load()
  const checks = (file?.default ?? []) as readonly Check[]
  const check = checks.find(each => each.id === card.id)
  if (!check) throw new Error(`the index of checks is stale: ${card.id} is not in its file`)
  return check
}

export function cardOf(check: Check, resourceTypes: readonly string[] = check.types): CheckCard {
  const { id, title, provider, service, severity, types, aliases = [], on, deprecated } = check
  return {
    id,
    title,
    provider,
    service,
    severity,
    types,
    resourceTypes,
    aliases,
    sources: on ? [on] : ['live', 'code'],
    ...(check.live ? { liveTypes: check.live.types } : {}),
    ...(deprecated === undefined ? {} : { deprecated }),
  }
}

/** With the types that the one side of a scan is about. */
function onSide(card: CheckCard, sides: readonly Side[] = []): CheckCard {
  const { liveTypes, ...rest } = card
  if (liveTypes === undefined || sides.length !== 1) return card
  return sides[0] === 'live' ? { ...rest, types: liveTypes } : rest
}

async function generated(): Promise<readonly CheckFile[]> {
  const { files } = await import('../checks/index.generated.ts')
  return files
}

function choose(cards: readonly CheckCard[], options: SelectOptions): CheckCard[] {
  const { severity = [], services = [], checks = [], excludedChecks = [], sources = [] } = options
  const levels = oneOf('severity', severity, severities)
  const names = oneOf('service', services, [...new Set(cards.map(card => card.service))])
  const wanted = new Set(checks.flatMap(name => idsOf(cards, name)))
  const unwanted = new Set(excludedChecks.flatMap(name => idsOf(cards, name)))
  const within = options.within && new Set(options.within)
  // Each denial of a policy has its own severity, and policies say themselves which frameworks they are of.
  const policies = new Set(options.policies)
  return cards.filter(
    card =>
      (levels.size === 0 || levels.has(card.severity) || policies.has(card)) &&
      (names.size === 0 || names.has(card.service)) &&
      // A deprecated check runs where it is asked for by name.
      (checks.length > 0 ? wanted.has(card.id) : card.deprecated === undefined) &&
      !unwanted.has(card.id) &&
      (policies.has(card) || (within?.has(card.id) ?? true)) &&
      (sources.length === 0 || card.sources.some(side => sources.includes(side))),
  )
}

function oneOf(
  what: string,
  given: readonly string[],
  known: readonly string[],
): ReadonlySet<string> {
  const all = new Set(known)
  const wanted = given.map(name => name.toLowerCase())
  const stranger = wanted.find(name => !all.has(name))
  if (stranger === undefined) return new Set(wanted)
  throw new UserError(`unknown ${what} '${stranger}'${hint(stranger, known)}`)
}

function idsOf(cards: readonly CheckCard[], name: string): readonly string[] {
  const found = named(cards, name)
  if (found.length === 0) throw unknownCheck(cards, name)
  return found.map(card => card.id)
}

/** An id names one check, an alias perhaps several; Trivy's older ids are its newer ones with `AVD-` before them. */
function named(cards: readonly CheckCard[], name: string): readonly CheckCard[] {
  const lower = name.toLowerCase().replace(/^avd-/, '')
  const exact = cards.filter(card => card.id.toLowerCase() === lower)
  if (exact.length > 0) return exact
  return cards.filter(card => card.aliases.some(alias => alias.toLowerCase() === lower))
}

function unknownCheck(cards: readonly CheckCard[], name: string): UserError {
  const known = cards.flatMap(card => [card.id, ...card.aliases])
  return new UserError(`unknown check '${name}'${hint(name, known)}`)
}

function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === null ? '' : `; did you mean '${near}'?`
}

function settingsById(cards: readonly CheckCard[], settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, values]) =>
      idsOf(cards, name).map(id => [id, values] as const),
    ),
  )
}

function refuseStrangers(
  { id, options = {} }: Check,
  given: Readonly<Record<string, Tunable>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    const standard = Object.hasOwn(options, name) ? options[name] : undefined
    if (standard === undefined) {
      throw new UserError(`${id} has no option '${name}'${hint(name, Object.keys(options))}`)
    }
    if (kindOf(value) !== kindOf(standard)) {
      throw new UserError(`the option '${name}' of ${id} is a ${kindOf(standard)}`)
    }
  }
}

function kindOf(value: Tunable): string {
  return Array.isArray(value) ? 'list' : typeof value
}

function because({ severity, services, checks, within, sources }: SelectOptions): string {
  const filters = [
    severity?.length ? `severity ${severity.join(', ')}` : '',
    services?.length ? `services ${services.join(', ')}` : '',
    checks?.length ? `checks ${checks.join(', ')}` : '',
    within ? 'the framework' : '',
    sources?.length === 1
      ? `what ${sources[0] === 'code' ? 'code' : 'a running account'} can tell`
      : '',
  ].filter(Boolean)
  return filters.length > 0 ? ` by ${filters.join(' and ')} together` : ''
}
