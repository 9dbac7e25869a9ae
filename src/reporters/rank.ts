import type { Finding } from '../finding.ts'
import { plain } from '../text.ts'

const order = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const

/** 0 is the worst. */
export function severityRank(severity: Finding['Severity']): number {
  return order.indexOf(severity)
}

/** What somebody has to act on: it fails, nobody muted it, and it is not in the baseline. */
export function isOpen(finding: Finding): boolean {
  return finding.Status === 'FAIL' && !finding.Muted && finding.New !== false
}

/** The message without the resource's name, so that equal faults of several resources are one cause. */
export function faultOf(finding: Finding): string {
  const message = plain(finding.StatusExtended)
  const name = ` ${plain(finding.ResourceName)}`
  const at = message.indexOf(name)
  const rest = at < 0 ? '' : message.slice(at + name.length)
  return /^:? ./.test(rest) ? rest.replace(/^:? /, '') : message
}

/** `main.tf:12:3`, or live the account and region. */
export function placeOf(finding: Finding): string {
  if (finding.File === null) {
    return plain([finding.AccountId, finding.Region].filter(Boolean).join(' ') || finding.Provider)
  }
  const column = finding.StartColumn === null ? '' : `:${finding.StartColumn}`
  return plain(`${finding.File}:${finding.StartLine ?? 1}${column}`)
}

/** The resource, and the block that holds the fault where that is another one. */
export function resourceOf(finding: Finding): string {
  const fault = finding.FaultAddress
  const also = fault === null || fault === finding.Address ? '' : ` (${fault})`
  return plain(`${finding.Address ?? finding.ResourceId}${also}`)
}

/** The first word of the id of a check; of a policy, whose id has dots, the name of its package. */
export function serviceOf(checkId: string): string {
  const dot = checkId.lastIndexOf('.')
  if (dot > 0) return checkId.slice(0, dot)
  return checkId.split('_', 1)[0] || checkId
}

export function muteText(finding: Finding): string {
  const { MutedBy: by, MuteReason: reason } = finding
  return plain([by, reason === by ? null : reason].filter(Boolean).join(': ') || 'muted')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`
}

export function gapsTitle(count: number): string {
  return `${plural(count, 'gap')}: what ${count === 1 ? 'it hides' : 'they hide'} was not judged`
}

/** 12,345: the same bytes in every locale. */
export function number(value: number): string {
  const [whole = '', part] = String(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? grouped : `${grouped}.${part}`
}

/** One decimal, and 100 only where nothing is missing. */
export function percentText(percent: number): string {
  const rounded = Math.round(percent * 10) / 10
  return String(rounded >= 100 && percent < 100 ? 99.9 : rounded)
}

export function secondsText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
