import type { Gap } from './errors.ts'
import { type Severity, severities } from './finding.ts'

/** What a scan counts towards its exit code. */
export interface ExitFacts {
  /** Failing, not muted, not in the baseline. */
  readonly failing: Readonly<Record<Severity, number>>
  /** Of policies that only warn; not among `failing`. */
  readonly warned?: number
  readonly unknown: number
  readonly gaps: readonly Gap[]
  readonly percent: number
  readonly interrupted: boolean
}

export interface ExitRules {
  readonly failOn?: Severity
  readonly softFail?: boolean
  readonly unknown?: 'fail' | 'report'
  readonly acceptGap?: readonly string[]
  readonly minCoverage?: number
  readonly codeOnFail?: number
}

/**
 * DESIGN's exit code: 1 findings, 3 incomplete, 0 neither; 1 wins over 3.
 * @example exitCode({ failing: { …none, high: 1 }, unknown: 0, gaps: [], percent: 100, interrupted: false }, {}) // 1
 */
export function exitCode(facts: ExitFacts, rules: ExitRules): number {
  if (facts.interrupted) return 130
  const incomplete = isIncomplete(facts, rules)
  if (hasFindings(facts, rules) && !rules.softFail) return rules.codeOnFail ?? 1
  return incomplete ? 3 : 0
}

function hasFindings(facts: ExitFacts, rules: ExitRules): boolean {
  const counted = severities.slice(0, severities.indexOf(rules.failOn ?? 'informational') + 1)
  if (counted.some(severity => facts.failing[severity] > 0)) return true
  // A warning is a finding where somebody says that low ones are.
  const asksForLow = rules.failOn === 'low' || rules.failOn === 'informational'
  if (asksForLow && (facts.warned ?? 0) > 0) return true
  return rules.unknown === 'fail' && facts.unknown > 0
}

function isIncomplete(facts: ExitFacts, rules: ExitRules): boolean {
  const open = facts.gaps.filter(gap => !rules.acceptGap?.includes(gap.kind))
  if (open.length === 0) return false
  return rules.minCoverage === undefined || facts.percent < rules.minCoverage
}
