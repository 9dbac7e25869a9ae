import type { Reporter } from '../report.ts'
import { jsonText } from '../text.ts'

/** An array with a finding a line, written as they come. */
const reporter: Reporter = {
  format: 'json',
  extension: 'json',
  *render(report) {
    let separator = '[\n'
    for (const finding of report.findings()) {
      yield separator + jsonText(finding)
      separator = ',\n'
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n'
  },
}
export default reporter
