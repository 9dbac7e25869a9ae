import type { Reporter } from '../report.ts'
import { jsonText } from '../text.ts'

/** A finding a line. */
const reporter: Reporter = {
  format: 'ndjson',
  extension: 'ndjson',
  *render(report) {
    for (const finding of report.findings()) yield `${jsonText(finding)}\n`
  },
}
export default reporter
