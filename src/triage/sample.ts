import type { Finding } from '../finding.ts'
import type { Origin, Resource, Span } from '../resource.ts'

/** Findings and resources for the tests of triage. */
export function sampleFinding(fields: Partial<Finding> = {}): Finding {
  return {
    CheckID: 'rds_instance_storage_encrypted',
    CheckTitle: 'RDS storage is encrypted at rest',
    Provider: 'aws',
    AccountId: null,
    Region: 'eu-west-1',
    Severity: 'HIGH',
    Status: 'FAIL',
    StatusExtended: 'RDS instance orders: storage_encrypted is false',
    UnknownReason: null,
    ResourceId: 'aws_db_instance.orders',
    ResourceType: 'aws_db_instance',
    ResourceName: 'orders',
    ResourceTags: null,
    Source: 'terraform',
    File: 'main.tf',
    StartLine: 12,
    StartColumn: 3,
    EndLine: 12,
    EndColumn: 28,
    Address: 'aws_db_instance.orders',
    FaultAddress: 'aws_db_instance.orders',
    Evidence: [{ Path: 'storage_encrypted', Value: false, File: 'main.tf', Line: 12 }],
    Remediation: { Recommendation: 'Set it.', Code: { CLI: null, Terraform: null }, Url: null },
    Compliance: {},
    Muted: false,
    MuteReason: null,
    New: null,
    Fingerprint: 'f00d',
    FirstSeen: null,
    ...fields,
  }
}

export function liveFinding(fields: Partial<Finding> = {}): Finding {
  return sampleFinding({
    AccountId: '123456789012',
    ResourceId: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
    Source: 'aws',
    File: null,
    StartLine: null,
    StartColumn: null,
    EndLine: null,
    EndColumn: null,
    Address: null,
    FaultAddress: null,
    ...fields,
  })
}

export function sampleResource(
  fields: Partial<Resource> = {},
  origin: Partial<Origin> = {},
): Resource {
  return {
    type: 'aws_db_instance',
    id: 'aws_db_instance.orders',
    name: 'orders',
    account: null,
    region: 'eu-west-1',
    attributes: {},
    partial: false,
    origin: {
      source: 'terraform',
      address: 'aws_db_instance.orders',
      span: lines(10, 10),
      root: '.',
      blocks: [lines(10, 20)],
      ...origin,
    },
    ...fields,
  }
}

export function lines(startLine: number, endLine: number, file = 'main.tf'): Span {
  return { file, startLine, startColumn: 1, endLine, endColumn: 2 }
}
