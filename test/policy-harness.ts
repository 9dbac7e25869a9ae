import { join } from 'node:path'
import { exitCode } from '../src/exit.ts'
import type { Finding, Severity } from '../src/finding.ts'
import type { Report } from '../src/report.ts'
import { type ScanRequest, scan } from '../src/scan.ts'
import { folder } from './cli.ts'

export interface PolicyRun {
  readonly report: Report
  readonly findings: readonly Finding[]
  /** `FAIL aws_s3_bucket.a: message`, without what passes. */
  readonly said: readonly string[]
  readonly exit: number
}

/** Scans files of code with the policies under `policy/`, and with nothing else. */
export async function policyScan(
  files: Readonly<Record<string, string>>,
  more: {
    readonly tags?: Readonly<Record<string, string>>
    readonly select?: ScanRequest['select']
    readonly failOn?: Severity
    readonly builtin?: boolean
  } = {},
): Promise<PolicyRun> {
  const top = folder(files)
  const { failOn, tags = {}, select = {} } = more
  const report = await scan({
    paths: ['.'],
    cwd: top,
    env: {},
    terraform: { vars: {}, varFiles: [], skipPaths: ['policy'] },
    policies: { folders: [join(top, 'policy')], accountTags: tags },
    now: new Date(0),
    version: '0',
    debug: false,
    select: more.builtin ? select : { services: ['policy'], ...select },
    compliance: { frameworks: [], shown: false },
    status: [],
    noise: { newOnly: false, inlineSkips: true },
    exit: facts => exitCode(facts, failOn ? { failOn } : {}),
    progress: () => {},
    signal: new AbortController().signal,
  })
  const findings = [...report.findings()]
  return {
    report,
    findings,
    said: findings
      .filter(finding => finding.Status !== 'PASS')
      .map(
        ({ Status, ResourceId, StatusExtended }) => `${Status} ${ResourceId}: ${StatusExtended}`,
      ),
    exit: report.summary.exit,
  }
}

/** A policy of package `test` on buckets: the body of its deny rule, in which `bucket` and `name` are bound. */
export function onBuckets(body: string): string {
  return `package test

import rego.v1

deny contains msg if {
	some name, bucket in input.resource.aws_s3_bucket
	${body}
}
`
}
