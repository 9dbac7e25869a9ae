import { gapLine } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { Report, Reporter, Summary } from '../report.ts'
import { cut, jsonText, plain } from '../text.ts'
import { prose, webUrl } from './markdown-text.ts'
import { serviceOf, severityRank } from './rank.ts'
import { fileUri, messageText, sarifLevel, sarifResult } from './sarif-result.ts'

/** GitHub takes no more results of a run, and reads no more tags of a rule. */
const mostResults = 25_000
const mostTags = 10

/** SARIF 2.1.0 with what GitHub's code scanning reads: failures only, the worst where there are too many. */
const reporter: Reporter = {
  format: 'sarif',
  extension: 'sarif',
  *render(report) {
    const { kept, dropped } = worst(report)
    const rules = rulesOf(kept, report)
    const indexes = new Map(rules.map(({ id }, index) => [id, index]))
    yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n`
    yield `"tool":{"driver":{${driver(report.summary)},"rules":[`
    yield rules.map(rule => `\n${jsonText(rule)}`).join(',')
    yield `]}},\n${runFacts(report, dropped)},\n"results":[`
    let separator = '\n'
    for (const finding of kept) {
      const ruleIndex = indexes.get(plain(finding.CheckID)) ?? 0
      yield separator + jsonText(sarifResult(finding, ruleIndex, report.directory ?? ''))
      separator = ',\n'
    }
    yield ']}]}\n'
  },
}
export default reporter

/**
 * What fails, in the report's order; a skip in the code is told as such, what a mutelist mutes is
 * left out, since code scanning would open an alert for it.
 */
function worst(report: Report): { readonly kept: readonly Finding[]; readonly dropped: number } {
  const bySeverity: { readonly finding: Finding; readonly at: number }[][] = [[], [], [], [], []]
  let count = 0
  for (const finding of report.findings({ passed: false })) {
    if (finding.Status !== 'FAIL' || (finding.Muted && !isSkippedInSource(finding))) continue
    const list = bySeverity[severityRank(finding.Severity)]
    if (list && list.length < mostResults) list.push({ finding, at: count })
    count++
  }
  const kept = bySeverity
    .flat()
    .slice(0, mostResults)
    .sort((a, b) => a.at - b.at)
    .map(({ finding }) => finding)
  return { kept, dropped: count - kept.length }
}

function isSkippedInSource({ MutedBy }: Finding): boolean {
  return MutedBy?.startsWith('inline skip') ?? false
}

const securitySeverity = {
  CRITICAL: '9.5',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '2.5',
  INFORMATIONAL: '0.5',
} as const

function rulesOf(findings: readonly Finding[], report: Report) {
  const first = new Map<string, Finding>()
  for (const finding of findings) {
    const id = plain(finding.CheckID)
    if (!first.has(id)) first.set(id, finding)
  }
  return [...first]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, finding]) => ruleOf(id, finding, report.why?.(finding.CheckID) ?? null))
}

function ruleOf(id: string, finding: Finding, why: string | null) {
  const title = messageText(finding.CheckTitle)
  const fix = messageText(finding.Remediation.Recommendation)
  const reason = why === null ? title : messageText(why)
  const url = webUrl(finding.Remediation.Url)
  const frameworks = Object.entries(finding.Compliance).map(([name]) => plain(name))
  const tags = [
    'security',
    finding.Provider,
    plain(serviceOf(finding.CheckID)),
    ...frameworks.sort(),
  ]
  return {
    id,
    name: cut(id, 255),
    shortDescription: { text: cut(title, 1_000) },
    fullDescription: { text: cut(reason, 1_000) },
    help: {
      text: `${reason}\n\nFix: ${fix}`,
      markdown: `${prose(reason)}\n\n**Fix:** ${prose(fix)}`,
    },
    ...(url === null ? {} : { helpUri: url }),
    defaultConfiguration: { level: sarifLevel(finding.Severity) },
    properties: {
      'security-severity': securitySeverity[finding.Severity],
      precision: 'high',
      tags: [...new Set(tags)].slice(0, mostTags),
    },
  }
}

function driver({ tool }: Summary): string {
  return `"name":"Batten","version":${jsonText(tool.version)},"semanticVersion":${jsonText(tool.version)}`
}

/** All of a run that is neither rule nor result; the category keeps one upload from replacing another. */
function runFacts({ summary, directory = '' }: Report, dropped: number): string {
  const facts = {
    automationDetails: { id: `batten/${summary.targets.map(plain).join(' ')}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      SRCROOT: { description: { text: 'The top of the source tree that was scanned' } },
    },
    invocations: [
      {
        executionSuccessful: summary.gaps.length === 0 && !summary.interrupted,
        exitCode: summary.exit,
        startTimeUtc: summary.startedAt,
        toolExecutionNotifications: [...notifications(summary, directory, dropped)],
      },
    ],
  }
  return jsonText(facts).slice(1, -1)
}

function* notifications(summary: Summary, directory: string, dropped: number) {
  for (const gap of summary.gaps) {
    const text = messageText(`Not judged: ${gapLine(gap)}`)
    yield {
      level: 'error',
      message: { text },
      ...(gap.file === undefined
        ? {}
        : { locations: [gapLocation(gap.file, gap.line, directory)] }),
    }
  }
  if (summary.interrupted) {
    yield { level: 'error', message: { text: 'Interrupted: the results are partial' } }
  }
  if (dropped > 0) {
    const text = `${dropped} results of lower severity are left out: code scanning takes ${mostResults}`
    yield { level: 'warning', message: { text } }
  }
}

function gapLocation(file: string, line: number | undefined, directory: string) {
  return {
    physicalLocation: {
      artifactLocation: fileUri(file, directory),
      region: { startLine: Math.max(1, line ?? 1) },
    },
  }
}
