import type { Warning } from '../errors.ts'
import type { Finding } from '../finding.ts'
import {
  type AccountMutes,
  isExpired,
  type MuteEntry,
  type Mutelist,
  matchesCheck,
  mutesEverything,
} from './mutelist.ts'
import type { CheckNames } from './names.ts'
import type { Pattern } from './pattern.ts'

export interface Mutes {
  /** The entry that mutes a finding. */
  find(finding: Finding): MuteEntry | null
  /** After the findings: what mutes everything, nothing, or by accident. */
  warnings(): readonly Warning[]
  readonly needsTags: boolean
}

interface Terms {
  readonly names: CheckNames
  readonly now: Date
  readonly selected: (id: string) => boolean
}

/** A mutelist at work, with Prowler's order: the first account that mutes wins, an exception ends its account. */
export function mutesOf(mutelist: Mutelist, terms: Terms): Mutes {
  const used = new Map<MuteEntry, number>()
  const loose = new Map<string, Loose>()
  const byCheck = new Map<string, readonly AccountMutes[]>()

  const accountsFor = (id: string): readonly AccountMutes[] => {
    const known = byCheck.get(id)
    if (known) return known
    const accounts = mutelist.accounts.map(({ account, entries }) => ({
      account,
      entries: entries.filter(
        entry => !isExpired(entry, terms.now) && matchesCheck(entry.check, id, terms.names),
      ),
    }))
    const some = accounts.filter(({ entries }) => entries.length > 0)
    byCheck.set(id, some)
    return some
  }

  return {
    needsTags: mutelist.entries.some(
      ({ tags, exceptions }) => tags.length > 0 || exceptions.tags.length > 0,
    ),
    find(finding) {
      const facts = factsOf(finding)
      let winner: MuteEntry | null = null
      for (const { account, entries } of accountsFor(finding.CheckID)) {
        if (account !== '*' && account !== finding.AccountId) continue
        for (const entry of entries) {
          if (isExcepted(entry, facts)) break
          if (!isMuted(entry, facts)) continue
          winner ??= entry
          if (finding.Status === 'PASS') continue
          used.set(entry, (used.get(entry) ?? 0) + 1)
          for (const match of looseMatches(entry, facts, terms.names)) note(loose, match)
        }
      }
      return winner
    },
    warnings: () => [
      ...mutelist.entries.flatMap(entry => {
        const message = remark(entry, used.get(entry) ?? 0, terms)
        return message === null ? [] : [{ message, file: mutelist.file, line: entry.line }]
      }),
      ...[...loose.values()].map(({ what, pattern, text, line, count }) => ({
        message: `the mute's ${what} '${pattern}' matches only a part of '${text}'${count > 1 ? ` (${count} findings)` : ''}: write ^${pattern}$ if it means no other`,
        file: mutelist.file,
        line,
      })),
    ],
  }
}

/** What an entry's lists are held against; an empty text is matched by `*` only. */
interface Facts {
  readonly check: string
  readonly account: string
  readonly region: string
  readonly resources: readonly string[]
  /** Ids and addresses that an entry may spell out in full. */
  readonly literals: readonly string[]
  readonly tags: readonly string[]
}

function factsOf(finding: Finding): Facts {
  const { Address, ResourceId, ResourceName } = finding
  const isLive = Address === null
  return {
    check: finding.CheckID,
    account: finding.AccountId ?? '',
    region: finding.Region ?? '',
    // Live, Prowler matches the name or the id, which is the last part of an ARN.
    resources: [ResourceName, isLive ? (ResourceId.split(/[/:]/).at(-1) ?? '') : Address],
    literals: [ResourceId],
    tags: Object.entries(finding.ResourceTags ?? {}).map(([key, value]) => `${key}=${value}`),
  }
}

function isMuted(entry: MuteEntry, facts: Facts): boolean {
  return (
    entry.regions.some(pattern => pattern.found(facts.region)) &&
    entry.resources.some(pattern => isResource(pattern, facts)) &&
    hasTags(entry.tags, facts)
  )
}

/** Every list that is given must match; without any there is no exception. */
function isExcepted({ exceptions }: MuteEntry, facts: Facts): boolean {
  const { accounts, regions, resources, tags } = exceptions
  if (accounts.length + regions.length + resources.length + tags.length === 0) return false
  return (
    (accounts.length === 0 || accounts.some(pattern => pattern.found(facts.account))) &&
    (regions.length === 0 || regions.some(pattern => pattern.found(facts.region))) &&
    (resources.length === 0 || resources.some(pattern => isResource(pattern, facts))) &&
    hasTags(tags, facts)
  )
}

function isResource(pattern: Pattern, { resources, literals }: Facts): boolean {
  if (literals.includes(pattern.source)) return true
  if (resources.some(text => pattern.found(text))) return true
  return startsAsId.test(pattern.source) && literals.some(text => pattern.found(text))
}

const startsAsId = /^\^?(?:arn:|\/subscriptions\/|\/\/|projects\/)/

function hasTags(patterns: readonly Pattern[], { tags }: Facts): boolean {
  const joined = tags.join(' | ')
  return patterns.every(pattern => pattern.found(joined))
}

interface LooseMatch {
  readonly what: 'check' | 'region' | 'resource' | 'tag'
  readonly pattern: string
  /** The first text that it matched a part of. */
  readonly text: string
  readonly line: number
}

interface Loose extends LooseMatch {
  count: number
}

function looseMatches(entry: MuteEntry, facts: Facts, names: CheckNames): readonly LooseMatch[] {
  const isAlias = names.ids(entry.check.source).includes(facts.check)
  return [
    ...(isAlias ? [] : partOnly('check', [entry.check], [facts.check], entry)),
    ...partOnly('region', entry.regions, [facts.region], entry),
    ...(entry.resources.some(({ source }) => facts.literals.includes(source))
      ? []
      : partOnly('resource', entry.resources, facts.resources, entry)),
    ...entry.tags.flatMap(tag => partOnly('tag', [tag], facts.tags, entry)),
  ]
}

/** The pattern that matches a part of a text, unless some pattern matches a whole one or is anchored on purpose. */
function partOnly(
  what: LooseMatch['what'],
  patterns: readonly Pattern[],
  texts: readonly string[],
  { line }: MuteEntry,
): readonly LooseMatch[] {
  let part: LooseMatch | undefined
  for (const pattern of patterns) {
    for (const text of texts) {
      if (!pattern.found(text)) continue
      if (pattern.anchored || pattern.whole(text)) return []
      part ??= { what, pattern: pattern.source, text, line }
    }
  }
  return part ? [part] : []
}

function note(loose: Map<string, Loose>, match: LooseMatch): void {
  const key = `${match.line} ${match.what} ${match.pattern}`
  const known = loose.get(key)
  if (known) known.count++
  else loose.set(key, { ...match, count: 1 })
}

function remark(entry: MuteEntry, count: number, { names, now, selected }: Terms): string | null {
  const { source } = entry.check
  if (isExpired(entry, now)) return `the mute of ${source} has expired and mutes nothing`
  if (mutesEverything(entry))
    return `this entry mutes every check of every resource: ${count} findings`
  if (count > 0) return null
  const ids = names.all.filter(id => matchesCheck(entry.check, id, names))
  if (ids.length === 0) return `the mute of ${source} names no check`
  return ids.some(selected) ? `the mute of ${source} mutes nothing that fails` : null
}
