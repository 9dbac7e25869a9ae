import type { Finding } from '../finding.ts'
import type { Reporter } from '../report.ts'
import { jsonText, plain } from '../text.ts'

/** RFC 4180, a row a verdict; no cell is a formula, whatever a resource is called. */
const reporter: Reporter = {
  format: 'csv',
  extension: 'csv',
  *render(report) {
    yield row(Object.keys(columns))
    const cells = Object.values(columns)
    for (const finding of report.findings()) yield row(cells.map(cell => cell(finding)))
  },
}
export default reporter

type Cell = string | number | boolean | null

const columns: Readonly<Record<string, (finding: Finding) => Cell>> = {
  CheckID: f => f.CheckID,
  CheckTitle: f => f.CheckTitle,
  Provider: f => f.Provider,
  AccountId: f => f.AccountId,
  Region: f => f.Region,
  Severity: f => f.Severity,
  Status: f => f.Status,
  StatusExtended: f => f.StatusExtended,
  UnknownReason: f => f.UnknownReason,
  ResourceId: f => f.ResourceId,
  ResourceType: f => f.ResourceType,
  ResourceName: f => f.ResourceName,
  ResourceTags: f => json(f.ResourceTags),
  Source: f => f.Source,
  File: f => f.File,
  StartLine: f => f.StartLine,
  StartColumn: f => f.StartColumn,
  EndLine: f => f.EndLine,
  EndColumn: f => f.EndColumn,
  Address: f => f.Address,
  FaultAddress: f => f.FaultAddress,
  Evidence: f => json(f.Evidence),
  Recommendation: f => f.Remediation.Recommendation,
  RemediationCLI: f => f.Remediation.Code.CLI,
  RemediationTerraform: f => f.Remediation.Code.Terraform,
  RemediationUrl: f => f.Remediation.Url,
  Compliance: f => json(f.Compliance),
  Muted: f => f.Muted,
  MuteReason: f => f.MuteReason,
  MutedBy: f => f.MutedBy ?? null,
  New: f => f.New,
  Fingerprint: f => f.Fingerprint,
  FirstSeen: f => f.FirstSeen,
}

function json(value: unknown): Cell {
  return value === null ? null : jsonText(value)
}

function row(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = withoutFormulas(withoutControls(cell))
  return /[",\r\n\t;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A spreadsheet takes a cell that starts with one of these for a formula; it takes the rest of a
 * cell for one too when it splits at another separator than ours. An apostrophe makes it text.
 */
function withoutFormulas(text: string): string {
  return text.replace(/(^[\t\r\n ]*|[,;|\t\r\n]["']?)(?=[=+\-@＝＋－＠])|^(?=[\t\r])/g, "$1'")
}

function withoutControls(text: string): string {
  return text
    .split(/([\t\r\n]+)/)
    .map((part, index) => (index % 2 === 0 ? plain(part) : part))
    .join('')
}
