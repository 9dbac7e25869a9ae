export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'informational'
export const severities = [
  'critical',
  'high',
  'medium',
  'low',
  'informational',
] as const satisfies readonly Severity[]

export type Status = 'PASS' | 'FAIL' | 'UNKNOWN'

/** The finding as users read it; field names are a contract (the guide's JSON). */
export interface Finding {
  readonly CheckID: string
  readonly CheckTitle: string
  readonly Provider: 'aws' | 'azure' | 'gcp'
  readonly AccountId: string | null
  readonly Region: string | null
  readonly Severity: Uppercase<Severity>
  readonly Status: Status
  readonly StatusExtended: string
  readonly UnknownReason: string | null
  readonly ResourceId: string
  readonly ResourceType: string
  readonly ResourceName: string
  readonly ResourceTags: Readonly<Record<string, string>> | null
  readonly Source: 'terraform' | 'plan' | 'cloudformation' | 'aws' | 'azure' | 'gcp'
  readonly File: string | null
  readonly StartLine: number | null
  readonly StartColumn: number | null
  readonly EndLine: number | null
  readonly EndColumn: number | null
  readonly Address: string | null
  readonly FaultAddress: string | null
  readonly Evidence: readonly EvidenceItem[]
  readonly Remediation: {
    readonly Recommendation: string
    readonly Code: { readonly CLI: string | null; readonly Terraform: string | null }
    readonly Url: string | null
  }
  readonly Compliance: Readonly<Record<string, readonly string[]>>
  readonly Muted: boolean
  readonly MuteReason: string | null
  /** Only where Muted: `inline skip main.tf:3` or `mutelist mutes.yaml:12`. */
  readonly MutedBy?: string
  readonly New: boolean | null
  readonly Fingerprint: string
  readonly FirstSeen: string | null
}

export interface EvidenceItem {
  readonly Path: string
  readonly Value: unknown
  readonly File: string | null
  readonly Line: number | null
}
