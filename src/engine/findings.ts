import type { Check } from '../check.ts'
import type { Finding, Status } from '../finding.ts'
import type { Resource } from '../resource.ts'
import { type Around, buildFinding } from './finding.ts'
import { identityOf } from './fingerprint.ts'
import type { Judge, Traced } from './judge.ts'
import type { Knowledge } from './knowledge.ts'
import { publicName } from './mask.ts'
import { statusOf, type Verdicts } from './verdicts.ts'

/** Check id → framework → requirements. */
export type Frameworks = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>

export interface Judged {
  readonly finding: Finding
  readonly resource: Resource
  readonly check: Check
  /** The split piece that holds the fault, else the resource. */
  readonly fault: Resource
  /** It only warns: it counts as a finding where that is asked for. */
  readonly warns?: true
}

export interface StreamOptions {
  readonly knows: Knowledge
  readonly compliance?: Frameworks | undefined
  /** Only these; default: all. */
  readonly status?: readonly Status[]
  /** Whether findings carry tags. */
  readonly tags?: boolean
}

/** Builds one finding at a time, by file or id, then check: they are dear, verdicts are cheap. */
export function* streamFindings(verdicts: Verdicts, options: StreamOptions): Generator<Judged> {
  const wanted = new Set<Status>(options.status ?? ['PASS', 'FAIL', 'UNKNOWN'])
  const { knows, compliance, tags = false } = options
  const around: Around = { knows, compliance, tags, remedies: new Map(), kinds: new Map() }
  const twins = twinsOf(verdicts.resources)
  for (const index of ordered(verdicts.resources)) {
    const resource = verdicts.resources[index]
    if (!resource) continue
    const start = verdicts.starts[index] ?? 0
    const name = publicName(resource)
    const identity = identityOf(resource, twins.get(index))
    for (const [at, judge] of (verdicts.judges[index] ?? []).entries()) {
      const status = statusOf(verdicts.codes[start + at])
      if (status === null || !wanted.has(status)) continue
      const { check } = judge
      const traced = status === 'PASS' ? null : traceAgain(judge, resource)
      const { finding, fault } = buildFinding(
        { check, resource, name, identity, status, traced },
        around,
      )
      yield { finding, resource, check, fault }
    }
  }
}

/** A check that threw throws again: its finding has no evidence. */
function traceAgain(judge: Judge, resource: Resource): Traced | null {
  try {
    return judge.traced(resource)
  } catch {
    return null
  }
}

/** By file or id. */
export function ordered(resources: readonly Resource[]): Uint32Array {
  const indexes = Uint32Array.from(resources.keys())
  return indexes.sort((a, b) => compareResources(resources[a], resources[b]) || a - b)
}

export function compareResources(a: Resource | undefined, b: Resource | undefined): number {
  if (!a || !b) return 0
  const byFile = order(a.origin.span?.file ?? '', b.origin.span?.file ?? '')
  if (byFile !== 0) return byFile
  const byLine = (a.origin.span?.startLine ?? 0) - (b.origin.span?.startLine ?? 0)
  return (
    byLine || order(a.id, b.id) || order(a.region ?? '', b.region ?? '') || order(a.type, b.type)
  )
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The same resource read twice (by two sets of variables, say) has two findings: which one it is, from the second on. */
export function twinsOf(resources: readonly Resource[]): ReadonlyMap<number, number> {
  const seen = new Map<string, number>()
  const twins = new Map<number, number>()
  for (const [index, resource] of resources.entries()) {
    const identity = identityOf(resource)
    const before = seen.get(identity) ?? 0
    seen.set(identity, before + 1)
    if (before > 0) twins.set(index, before)
  }
  return twins
}
