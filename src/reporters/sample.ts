import type { Finding } from '../finding.ts'
import type { Report, Summary } from '../report.ts'

/** Reports for the tests of the formats. */
export function sampleFinding(fields: Partial<Finding> = {}): Finding {
  return {
    CheckID: 'rds_instance_storage_encrypted',
    CheckTitle: 'RDS storage is encrypted at rest',
    Provider: 'aws',
    AccountId: null,
    Region: 'eu-west-1',
    Severity: 'HIGH',
    Status: 'FAIL',
    StatusExtended: 'RDS instance orders storage_encrypted is false',
    UnknownReason: null,
    ResourceId: 'aws_db_instance.orders',
    ResourceType: 'aws_db_instance',
    ResourceName: 'orders',
    ResourceTags: null,
    Source: 'terraform',
    File: 'envs/prod/main.tf',
    StartLine: 12,
    StartColumn: 3,
    EndLine: 12,
    EndColumn: 28,
    Address: 'aws_db_instance.orders',
    FaultAddress: 'aws_db_instance.orders',
    Evidence: [{ Path: 'storage_encrypted', Value: false, File: 'envs/prod/main.tf', Line: 12 }],
    Remediation: {
      Recommendation: 'Set `storage_encrypted = true`.',
      Code: { CLI: null, Terraform: 'storage_encrypted = true' },
      Url: 'https://docs.example/rds',
    },
    Compliance: { 'cis_2.0_aws': ['2.3.1'] },
    Muted: false,
    MuteReason: null,
    New: null,
    Fingerprint: 'f00d',
    FirstSeen: null,
    ...fields,
  }
}

export function sampleSummary(fields: Partial<Summary> = {}): Summary {
  return {
    tool: { name: 'batten', version: '1.2.3' },
    targets: ['envs/prod'],
    sources: ['terraform'],
    startedAt: '2026-01-02T03:04:05.000Z',
    seconds: 0.42,
    files: 3,
    resources: 7,
    checks: 80,
    counts: {
      pass: 1_234,
      fail: 1,
      unknown: 1,
      muted: 1,
      failing: { critical: 0, high: 1, medium: 0, low: 0, informational: 0 },
      baselined: 0,
    },
    coverage: { planned: 1_240, decided: 1_239, percent: 99.919 },
    gaps: [],
    warnings: [],
    mutedBy: { 'inline skip': 1 },
    score: 71.4,
    exit: 1,
    interrupted: false,
    ...fields,
  }
}

/** One of each kind: failing, passing, unknown, muted. */
export const sampleFindings: readonly Finding[] = [
  sampleFinding(),
  sampleFinding({
    Status: 'PASS',
    StatusExtended: 'RDS instance audit storage_encrypted is true',
    ResourceId: 'aws_db_instance.audit',
    ResourceName: 'audit',
    Address: 'aws_db_instance.audit',
    FaultAddress: 'aws_db_instance.audit',
    Fingerprint: 'f00e',
  }),
  sampleFinding({
    Status: 'UNKNOWN',
    StatusExtended: 'RDS instance spare cannot be judged: var.encrypt has no value',
    UnknownReason: 'var.encrypt has no value',
    ResourceId: 'aws_db_instance.spare',
    ResourceName: 'spare',
    Address: 'aws_db_instance.spare',
    FaultAddress: 'aws_db_instance.spare',
    StartLine: 20,
    EndLine: 20,
    Fingerprint: 'f00f',
  }),
  sampleFinding({
    CheckID: 's3_bucket_public_access',
    CheckTitle: 'S3 bucket is not public',
    Severity: 'CRITICAL',
    StatusExtended: 'S3 Bucket site allows public access through its bucket policy',
    ResourceId: 'aws_s3_bucket.site',
    ResourceType: 'aws_s3_bucket',
    ResourceName: 'site',
    Address: 'aws_s3_bucket.site',
    FaultAddress: 'aws_s3_bucket_policy.site',
    File: 'envs/prod/site.tf',
    StartLine: 4,
    EndLine: 9,
    Muted: true,
    MuteReason: 'public website',
    MutedBy: 'inline skip envs/prod/site.tf:3',
    Fingerprint: 'f010',
  }),
]

export function sampleReport(
  findings: Iterable<Finding> = sampleFindings,
  summary: Partial<Summary> = {},
): Report {
  return { findings: () => findings, summary: sampleSummary(summary) }
}

/** Names that try every format's syntax. */
export const hostileText = [
  `=cmd|' /C calc'!A0`,
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '\u001b[2J\u001b]0;title\u0007\u009b31m',
  'two\nlines\r\nand\ta tab',
  ']]> --> */ </textarea>',
  '| `code` ``` **bold** _it_ [link](https://evil.example) ![i](x)',
  '@team #1 https://evil.example www.evil.example a@evil.example',
  '\u202egnp.exe\u2066 \ud800 \0 \ufffe &amp; &lt; "quotes" \'single\'',
  'a\u2028b\u2029c\u0085d \u200b\u200d\u00ad\u{e0041} \u0007\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\',
  '\t=1+1 ;=2+2 |＝3 ,"=4 -5+5 @SUM(1)',
  '<!channel> <svg/onload=alert(1)> `<b>` ```\n# title\n- [ ] x\n<details> <!-- x [a]: javascript:1',
  'javascript:alert(1) data:text/html,x file:///etc/passwd //evil.example',
  `__proto__ {0} \${{ secrets.X }} :::`,
].join(' ')

export function hostileFinding(fields: Partial<Finding> = {}): Finding {
  return sampleFinding({
    CheckTitle: hostileText,
    StatusExtended: hostileText,
    ResourceId: hostileText,
    ResourceName: hostileText,
    ResourceTags: { [hostileText]: hostileText },
    Region: hostileText,
    File: `${hostileText}.tf`,
    Address: hostileText,
    FaultAddress: `other ${hostileText}`,
    Evidence: [
      { Path: hostileText, Value: { [hostileText]: [hostileText] }, File: 'a b.tf', Line: 3 },
    ],
    Remediation: {
      Recommendation: hostileText,
      Code: { CLI: hostileText, Terraform: hostileText },
      Url: `javascript:alert(1)//${hostileText}`,
    },
    Compliance: { [hostileText]: [hostileText] },
    ...fields,
  })
}

/** The hostile finding in each state that a format writes in its own way. */
export const hostileFindings: readonly Finding[] = [
  hostileFinding(),
  hostileFinding({ Status: 'UNKNOWN', UnknownReason: hostileText }),
  hostileFinding({ Muted: true, MuteReason: hostileText, MutedBy: `inline skip ${hostileText}` }),
  hostileFinding({
    CheckID: hostileText,
    AccountId: hostileText,
    File: null,
    StartLine: null,
    StartColumn: null,
    EndLine: null,
    EndColumn: null,
    Source: 'aws',
  }),
]

export const hostileSummary: Partial<Summary> = {
  targets: [hostileText],
  gaps: [{ kind: 'files', subject: hostileText, reason: hostileText, file: hostileText, line: 1 }],
  warnings: [{ message: hostileText, file: hostileText, line: 1 }],
  mutedBy: { [hostileText]: 1 },
}
