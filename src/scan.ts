import { relative } from 'node:path'
import { evaluate } from './engine/evaluate.ts'
import { type SelectOptions, select } from './engine/select.ts'
import type { ExitFacts } from './exit.ts'
import type { Status } from './finding.ts'
import type { Report } from './report.ts'
import { type ComplianceRequest, readCompliance } from './scan/compliance.ts'
import { readInput, type Sources } from './scan/input.ts'
import { type Noise, readNoise } from './scan/noise.ts'
import { openPolicies, type PolicyRequest } from './scan/policies.ts'
import { summarise, withRemarks } from './scan/summary.ts'
import { gitTop } from './sources/terraform/top.ts'

/** What to scan and how: plain data and a few functions, so that the command line, a server and a test all call it. */
export interface ScanRequest extends Sources {
  /** The scan's moment; nothing asks the clock. */
  readonly now: Date
  readonly version: string
  /** Whether messages about bugs carry their traces. */
  readonly debug: boolean
  readonly select: SelectOptions
  readonly compliance: ComplianceRequest
  /** Only these verdicts are reported; empty: all. */
  readonly status: readonly Status[]
  readonly noise: Noise
  readonly policies?: PolicyRequest
  readonly exit: (facts: ExitFacts) => number
}

/**
 * The whole flow: sources → resources → fold and relate → evaluate → triage → report.
 * Throws UserError for wrong usage; what could not be read is a gap in the report.
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const started = performance.now()
  const policies = await openPolicies(request)
  const { ids, within, byCheck } = await readCompliance(request.compliance, policies.frameworks)
  const selection = await policies.choosing(() =>
    select({
      ...request.select,
      policies: policies.cards(ids),
      ...(within && { within }),
      sources: [request.aws ? 'live' : 'code'],
    }),
  )
  const noise = await readNoise(
    request,
    selection.checks,
    (await select({ policies: policies.cards([]) })).checks,
  )

  const input = await readInput(request, selection.checks)
  const marks = noise.marks(input.loaded().comments)
  const judged = await evaluate({
    ...input,
    resources: marks.needsTags ? await input.tagged() : input.resources,
    selection,
    now: request.now,
    ...(byCheck && { compliance: byCheck }),
    signal: request.signal,
    onProgress: (done, total) => request.progress('judging', done, total),
  })

  const { evaluation, ...remarks } = await policies.judge(judged, selection, input)
  const loaded = withRemarks(input.loaded(), remarks)
  input.close()
  const summary = summarise({
    request,
    selection,
    loaded,
    targets: input.targets,
    evaluation,
    marks,
    policies: policies.summary,
    seconds: (performance.now() - started) / 1000,
  })
  const why = new Map(evaluation.checks.map(check => [check.id, check.why]))
  return {
    summary,
    why: checkId => why.get(checkId) ?? null,
    directory: relative(gitTop(request.cwd) ?? request.cwd, request.cwd).replaceAll('\\', '/'),
    *findings(want) {
      const wanted = request.status.length > 0 ? request.status : statuses
      const status = want?.passed === false ? wanted.filter(one => one !== 'PASS') : wanted
      for (const { finding, resource } of evaluation.findings({ status, tags: marks.needsTags })) {
        const marked = marks.mark(finding, resource)
        if (!request.noise.newOnly || marked.New === true || marked.Status === 'PASS') yield marked
      }
    },
  }
}

const statuses = ['PASS', 'FAIL', 'UNKNOWN'] as const satisfies readonly Status[]
