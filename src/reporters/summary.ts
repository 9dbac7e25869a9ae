import type { Reporter, Summary } from '../report.ts'
import { jsonText } from '../text.ts'

/** What stands beside every report file: planned, assessed, gaps, counts, exit. */
export function renderSummary(summary: Summary): string {
  return `${jsonText(summary, 2)}\n`
}

const reporter: Reporter = {
  format: 'summary',
  extension: 'summary.json',
  *render(report) {
    yield renderSummary(report.summary)
  },
}
export default reporter
