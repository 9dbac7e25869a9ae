import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Report } from '../report.ts'
import reporter from './html.ts'
import { sampleFinding, sampleFindings, sampleReport } from './sample.ts'

function page(report: Report = sampleReport()): string {
  return [...reporter.render(report)].join('')
}

test('a whole page without its style and script', async () => {
  const gaps = [{ kind: 'files', subject: 'torn.tf', reason: 'torn.tf:3:1: not closed' }] as const
  const report = {
    ...sampleReport(sampleFindings, { gaps }),
    why: () => 'A copy of `x` exposes it.',
  }
  const html = page(report)
    .replace(/<style>.*<\/style>/s, '<style/>')
    .replace(/<script>.*<\/script>/s, '<script/>')
    .replace(/sha256-[\w+/=]+/g, 'sha256-…')
  await expect(html).toMatchFileSnapshot('snapshots/sample.html')
})

test('the policy allows the one style and the one script that the page has', () => {
  const html = page()
  for (const tag of ['style', 'script']) {
    const [content = ''] = html.split(`<${tag}>`).slice(1)
    const text = content.split(`</${tag}>`)[0] ?? ''
    const hash = createHash('sha256').update(text).digest('base64')
    expect(html).toContain(`${tag}-src 'sha256-${hash}'`)
  }
  expect(html).toContain("default-src 'none'")
})

test('nothing is loaded', () => {
  expect(page()).not.toMatch(/\b(?:src|srcset|action|poster)=|url\(|@import|<link/)
})

test('20,000 findings are all there', () => {
  function* findings() {
    for (let index = 0; index < 20_000; index++) {
      yield sampleFinding({ CheckID: `s${index % 40}_check_${index % 200}`, StartLine: index })
    }
  }
  const html = page(sampleReport(findings()))
  expect(html.split('<li class="row"').length - 1).toBe(20_000)
  expect(html.split('<details class="check"').length - 1).toBe(200)
})

test('what is over the limit is counted', () => {
  function* findings() {
    for (let index = 0; index < 50_010; index++) yield sampleFinding()
  }
  expect(page(sampleReport(findings()))).toContain('… and 10 more')
})

test('failing checks come before unknown ones, and those before muted ones', () => {
  const findings = [
    sampleFinding({ CheckID: 'c_muted', Severity: 'CRITICAL', Muted: true }),
    sampleFinding({ CheckID: 'b_unknown', Severity: 'HIGH', Status: 'UNKNOWN' }),
    sampleFinding({ CheckID: 'a_low', Severity: 'LOW' }),
    sampleFinding({ CheckID: 'a_high', Severity: 'HIGH' }),
  ]
  const ids = [...page(sampleReport(findings)).matchAll(/<small>(\w_\w+)<\/small>/g)].map(
    ([, id]) => id,
  )
  expect(ids).toEqual(['a_high', 'a_low', 'b_unknown', 'c_muted'])
})

test('nothing decided is no score', () => {
  const html = page(sampleReport([], { score: null }))
  expect(html).toContain('aria-label="Score – of 100"')
  expect(html).not.toContain('NaN')
})
