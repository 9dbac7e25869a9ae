import type { Gap, Warning } from './errors.ts'
import type { Finding, Severity } from './finding.ts'

/** What a scan hands to the reporters: findings are built while they are read, so read them once per report. */
export interface Report {
  /**
   * Deterministic order: by file or id, then check. `passed: false` says that the reader has no use
   * for PASS, so that they need not be built (a hint: it may still get them).
   */
  findings(want?: { readonly passed: boolean }): Iterable<Finding>
  readonly summary: Summary
  /** Why a check matters, by its id; null or absent where nobody says. */
  readonly why?: (checkId: string) => string | null
  /** The working directory, relative to the top of the git tree with slashes; '' or absent: the same. */
  readonly directory?: string
}

export interface Summary {
  readonly tool: { readonly name: 'batten'; readonly version: string }
  /** What was scanned, as the user named it: paths or account ids. */
  readonly targets: readonly string[]
  readonly sources: readonly string[]
  /** ISO 8601, UTC: the only date in a report. */
  readonly startedAt: string
  readonly seconds: number
  readonly files: number
  readonly resources: number
  readonly checks: number
  readonly counts: {
    readonly pass: number
    readonly fail: number
    readonly unknown: number
    readonly muted: number
    /** Failing, not muted, not in the baseline. */
    readonly failing: Readonly<Record<Severity, number>>
    readonly baselined: number
  }
  readonly coverage: {
    readonly planned: number
    readonly decided: number
    /** decided ÷ planned × 100, 0 ÷ 0 is 100. */
    readonly percent: number
  }
  /** The user's policies, where some were asked for. */
  readonly policies?: PolicySummary
  readonly gaps: readonly Gap[]
  readonly warnings: readonly Warning[]
  /** What muted how many: `mutelist mutes.yaml`, `inline skip`. */
  readonly mutedBy: Readonly<Record<string, number>>
  /** Severity-weighted share of decided verdicts that pass, 0–100; null where nothing was decided. */
  readonly score: number | null
  readonly exit: number
  /** Interrupted: what stands here is partial. */
  readonly interrupted: boolean
}

export interface PolicySummary {
  /** Files that ran. */
  readonly files: readonly string[]
  readonly rules: number
  readonly passedOver: readonly { readonly name: string; readonly why: string }[]
}

/** One output format: a pure function from a report to chunks of text. */
export interface Reporter {
  readonly format: string
  /** `json`, `junit.xml`. */
  readonly extension: string
  readonly render: (report: Report) => Iterable<string>
}
