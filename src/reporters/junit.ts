import type { Gap } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { Reporter } from '../report.ts'
import { plain } from '../text.ts'

/** So that a suite's counts are exact and memory stays bounded, a long suite is written in pieces. */
const casesInSuite = 5_000

/** A suite a file (live: a resource type), a case a verdict; unknown and muted are skipped, gaps are errors. */
const reporter: Reporter = {
  format: 'junit',
  extension: 'junit.xml',
  *render(report) {
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="batten">\n`
    let suite = emptySuite('')
    for (const finding of report.findings()) {
      const name = finding.File ?? finding.ResourceType
      if (name !== suite.name || suite.cases.length >= casesInSuite) {
        yield suiteText(suite)
        suite = emptySuite(name)
      }
      addCase(suite, finding)
    }
    yield suiteText(suite)
    yield suiteText(gapSuite(report.summary.gaps))
    yield '</testsuites>\n'
  },
}
export default reporter

interface Suite {
  readonly name: string
  readonly cases: string[]
  failures: number
  errors: number
  skipped: number
}

function emptySuite(name: string): Suite {
  return { name, cases: [], failures: 0, errors: 0, skipped: 0 }
}

function addCase(suite: Suite, finding: Finding): void {
  const outcome = outcomeText(finding)
  if (outcome.startsWith('<failure')) suite.failures++
  if (outcome.startsWith('<skipped')) suite.skipped++
  const place =
    finding.File === null ? '' : attributes({ file: finding.File, line: finding.StartLine })
  const head = attributes({
    name: `${finding.CheckID} ${finding.ResourceId}`,
    classname: finding.ResourceType,
  })
  suite.cases.push(
    outcome === ''
      ? `    <testcase${head}${place}/>\n`
      : `    <testcase${head}${place}>\n      ${outcome}\n    </testcase>\n`,
  )
}

function outcomeText(finding: Finding): string {
  if (finding.Status === 'PASS') return ''
  if (finding.Muted) {
    const reason = [finding.MutedBy, finding.MuteReason].filter(Boolean).join(': ')
    return `<skipped${attributes({ message: `muted: ${reason}` })}/>`
  }
  if (finding.Status === 'UNKNOWN') {
    return `<skipped${attributes({ message: `unknown: ${finding.UnknownReason ?? ''}` })}/>`
  }
  if (finding.New === false) {
    return `<skipped${attributes({ message: `in the baseline: ${finding.StatusExtended}` })}/>`
  }
  const about = attributes({ message: finding.StatusExtended, type: finding.Severity })
  return `<failure${about}>${escaped(details(finding))}</failure>`
}

function details(finding: Finding): string {
  const place = finding.File === null ? '' : ` at ${finding.File}:${finding.StartLine}`
  return [
    finding.CheckTitle,
    `${finding.ResourceId}${place}`,
    finding.Remediation.Recommendation,
    ...(finding.Remediation.Url === null ? [] : [finding.Remediation.Url]),
  ]
    .map(plain)
    .join('\n')
}

function gapSuite(gaps: readonly Gap[]): Suite {
  const suite = emptySuite('gaps')
  for (const gap of gaps) {
    suite.errors++
    const head = attributes({ name: gap.subject, classname: gap.kind })
    const place =
      gap.file === undefined ? '' : attributes({ file: gap.file, line: gap.line ?? null })
    const error = `<error${attributes({ message: gap.reason, type: gap.kind })}/>`
    suite.cases.push(`    <testcase${head}${place}>\n      ${error}\n    </testcase>\n`)
  }
  return suite
}

function suiteText(suite: Suite): string {
  if (suite.cases.length === 0) return ''
  const head = attributes({
    name: suite.name,
    tests: suite.cases.length,
    failures: suite.failures,
    errors: suite.errors,
    skipped: suite.skipped,
  })
  return `  <testsuite${head}>\n${suite.cases.join('')}  </testsuite>\n`
}

function attributes(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escaped(plain(String(value)))}"`)
    .join('')
}

/** XML 1.0 has no way to write most control characters, not even escaped: `plain` took them out. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
