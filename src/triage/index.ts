import type { Warning } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { Resource } from '../resource.ts'
import { type Baseline, isNew } from './baseline.ts'
import type { Mutelist } from './mutelist.ts'
import { mutesOf } from './mutes.ts'
import type { CheckNames } from './names.ts'
import { skipsAtWork } from './skip-scope.ts'
import type { Skips } from './skips.ts'

export interface TriageInput {
  readonly mutelist?: Mutelist | undefined
  readonly skips?: Skips | undefined
  readonly baseline?: Baseline | undefined
  readonly names: CheckNames
  /** The scan's moment: what expires is compared with it. */
  readonly now: Date
  /** Which checks ran; nothing about the others is called unused. Default: all. */
  readonly selected?: (id: string) => boolean
  /** Terraform's workspace, for skips that name one. */
  readonly workspace?: string
}

export interface Triage {
  /**
   * The same finding, marked. The pass that counts hands in a tally: what muted how many of those
   * that do not pass.
   */
  mark(finding: Finding, resource: Resource, tally?: Map<string, number>): Finding
  /** After that pass: exceptions that are unused, expired, without reason or wider than they look. */
  warnings(): readonly Warning[]
  /** Whether a mute reads `ResourceTags`. */
  readonly needsTags: boolean
  /** Whether there is nothing to mark by, so that nobody need look at every finding. */
  readonly isIdle: boolean
}

/** Marks findings and drops none: the comment beside the code speaks before the mutelist. */
export function triage(input: TriageInput): Triage {
  const { now, names, baseline, selected = () => true, workspace = 'default' } = input
  const mutes = input.mutelist && mutesOf(input.mutelist, { names, now, selected })
  const skips = input.skips && skipsAtWork(input.skips, { now, selected, workspace })
  const known = new Set<string>()

  const muteOf = (finding: Finding, resource: Resource): Mute | null => {
    const skip = skips?.find(finding, resource) ?? null
    const entry = mutes?.find(finding) ?? null
    if (skip) {
      const by = `inline skip ${skip.file}:${skip.line}`
      return { kind: 'inline skip', by, reason: skip.reason ?? by }
    }
    if (entry === null || !input.mutelist) return null
    const kind = `mutelist ${input.mutelist.file}`
    const by = `${kind}:${entry.line}`
    return { kind, by, reason: entry.reason ?? by }
  }

  return {
    needsTags: mutes?.needsTags ?? false,
    isIdle: !mutes && !baseline && (input.skips?.all.length ?? 0) === 0,
    mark(finding, resource, tally) {
      const mute = muteOf(finding, resource)
      if (finding.Status !== 'PASS' && baseline?.entries.has(finding.Fingerprint)) {
        known.add(finding.Fingerprint)
      }
      const isNewNow = baseline ? isNew(baseline, finding) : null
      if (mute === null) return isNewNow === finding.New ? finding : { ...finding, New: isNewNow }
      if (finding.Status !== 'PASS') tally?.set(mute.kind, (tally.get(mute.kind) ?? 0) + 1)
      return { ...finding, Muted: true, MuteReason: mute.reason, MutedBy: mute.by, New: isNewNow }
    },
    warnings: () => [
      ...(skips?.warnings() ?? []),
      ...(mutes?.warnings() ?? []),
      ...staleEntries(baseline, known, selected),
    ],
  }
}

interface Mute {
  readonly kind: string
  readonly by: string
  readonly reason: string
}

/** What a baseline still excuses although it does not occur any more. */
function staleEntries(
  baseline: Baseline | undefined,
  known: ReadonlySet<string>,
  selected: (id: string) => boolean,
): readonly Warning[] {
  if (baseline === undefined) return []
  const stale = [...baseline.entries.values()].filter(
    ({ Fingerprint, CheckID }) => !known.has(Fingerprint) && selected(CheckID),
  )
  const [first] = stale
  if (first === undefined) return []
  const count = stale.length === 1 ? '1 entry' : `${stale.length} entries`
  return [
    {
      message: `${count} of the baseline occur no more (${first.CheckID} of ${first.ResourceId}${stale.length > 1 ? ' …' : ''}): batten baseline write`,
      file: baseline.file,
    },
  ]
}
