import type { Finding } from '../src/finding.ts'
import type { Summary } from '../src/report.ts'
import type { Estate } from '../src/sandbox/aws/estate.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/aws/index.ts'
import { type ScanRequest, scan } from '../src/scan.ts'
import type { AwsTarget } from '../src/sources/aws/account.ts'

export interface LiveScan {
  readonly findings: readonly Finding[]
  readonly summary: Summary
  /** What was asked: `s3:GetBucketVersioning`. */
  readonly calls: readonly string[]
  readonly sandbox: Sandbox
  of(resource: string, check?: string): Finding | undefined
}

export interface LiveOptions extends SandboxOptions {
  readonly checks?: readonly string[]
  readonly services?: readonly string[]
  readonly frameworks?: readonly string[]
  readonly aws?: Partial<AwsTarget>
  /** Over the usual environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly mutelistFile?: string
  readonly policies?: ScanRequest['policies']
}

/** Scans an account that the sandbox plays, over HTTP, with the SDK's own clients. */
export async function liveScan(estate: Estate, options: LiveOptions): Promise<LiveScan> {
  const sandbox = await startSandbox(estate, options)
  const before = { ...process.env }
  Object.assign(process.env, environment(sandbox.url), options.env)
  try {
    const report = await scan(request(options))
    const findings = [...report.findings()]
    return {
      findings,
      summary: report.summary,
      calls: sandbox.calls.map(({ service, operation }) => `${service}:${operation}`),
      sandbox,
      of: (resource, check) =>
        findings.find(
          finding =>
            (finding.ResourceId === resource || finding.ResourceName === resource) &&
            (check === undefined || finding.CheckID === check),
        ),
    }
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    await sandbox.close()
  }
}

function environment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    HOME: '/nonexistent',
  }
}

function request({
  checks = [],
  services = [],
  frameworks = [],
  aws,
  signal,
  mutelistFile,
  policies,
}: LiveOptions): ScanRequest {
  return {
    paths: [],
    cwd: process.cwd(),
    env: {},
    now: new Date('2026-01-01T00:00:00Z'),
    version: 'test',
    debug: true,
    select: { checks, services },
    compliance: { frameworks, shown: false },
    status: [],
    terraform: { vars: {}, varFiles: [], skipPaths: [] },
    noise: { newOnly: false, inlineSkips: true, mutelistFile },
    ...(policies && { policies }),
    aws: {
      roles: [],
      regions: ['us-east-1'],
      patience: { connectMs: 1_000, requestMs: 1_000, attempts: 2 },
      ...aws,
    },
    exit: ({ failing, gaps }) =>
      Object.values(failing).some(count => count > 0) ? 1 : gaps.length > 0 ? 3 : 0,
    progress: () => {},
    signal: signal ?? new AbortController().signal,
  }
}
