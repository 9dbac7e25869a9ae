/** Of a finding, what remediation needs; what arrives has been through queues and may lack the rest. */
export interface Brief {
  readonly CheckID: string
  readonly Status: string
  readonly Muted: boolean
  readonly Provider: string
  readonly Source: string
  readonly AccountId: string | null
  readonly Region: string | null
  readonly Severity: string
  readonly StatusExtended: string
  readonly ResourceId: string
  readonly ResourceType: string
  readonly ResourceName: string
  readonly Fingerprint: string
  /** How to mend the code, where the check says so. */
  readonly Terraform: string | null
}
