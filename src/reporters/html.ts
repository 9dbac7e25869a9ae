import { createHash } from 'node:crypto'
import type { Report, Reporter, Summary } from '../report.ts'
import { script, style } from './html-assets.ts'
import {
  coverageChart,
  postureTable,
  scoreRing,
  severityChart,
  severityNames,
  verdictChart,
} from './html-charts.ts'
import { gather, type PageData } from './html-data.ts'
import { groupHtml } from './html-findings.ts'
import { states } from './html-state.ts'
import { escapeHtml } from './html-text.ts'
import { gapsTitle, number, plural, secondsText } from './rank.ts'

const mostRemarks = 200

/** One page that needs nothing else: the policy in it forbids the browser to load or run anything but its own. */
const reporter: Reporter = {
  format: 'html',
  extension: 'html',
  *render(report) {
    const data = gather(report)
    yield head(report.summary)
    yield overview(report.summary, data)
    yield remarks(report.summary)
    if (data.groups.length > 0) {
      yield filterForm(data)
      for (const group of data.groups) yield* groupHtml(group, report.why?.(group.id) ?? null)
      yield '<p class="empty" id="empty" hidden>Nothing fits the filter.</p>\n'
    }
    yield foot(report)
  },
}
export default reporter

function head(summary: Summary): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hash(style)}'`,
    `script-src '${hash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const targets = escapeHtml(summary.targets.join(' '))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Batten: ${targets}</title>
<style>${style}</style>
</head>
<body>
<main>
<header><h1>Security posture of ${targets}</h1><p>${escapeHtml(summary.startedAt.slice(0, 16).replace('T', ' '))} UTC · Batten ${escapeHtml(summary.tool.version)}</p></header>
`
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function overview(summary: Summary, data: PageData): string {
  const failing = Object.values(summary.counts.failing).reduce((sum, count) => sum + count, 0)
  const headline =
    failing === 0 ? 'Nothing fails' : `${plural(failing, 'finding fails', 'findings fail')}`
  const scope = [
    plural(summary.resources, 'resource'),
    plural(summary.checks, 'check'),
    ...(summary.files > 0 ? [plural(summary.files, 'file')] : []),
    secondsText(summary.seconds),
  ].join(' · ')
  return `<section class="cards">
<div class="card headline">${scoreRing(summary.score)}<p>${headline}<small>${scope}</small></p></div>
<div class="card"><h2>Failing by severity</h2>${severityChart(summary.counts)}</div>
<div class="card"><h2>Verdicts</h2>${verdictChart(summary, data)}${coverageChart(summary)}</div>
</section>
${data.services.length > 0 ? `<section class="card"><h2>Failing by service and severity</h2>${postureTable(data.services)}</section>\n` : ''}`
}

/** What the reader must know before trusting the numbers. */
function remarks({ gaps, warnings, interrupted }: Summary): string {
  return [
    interrupted
      ? '<section class="notice"><b>Interrupted: what stands here is partial.</b></section>\n'
      : '',
    notice(
      gapsTitle(gaps.length),
      gaps.map(({ kind, subject, reason }) => `${kind}: ${subject}: ${reason}`),
    ),
    notice(
      plural(warnings.length, 'warning'),
      warnings.map(({ message, file, line }) =>
        file === undefined ? message : `${file}${line === undefined ? '' : `:${line}`}: ${message}`,
      ),
    ),
  ].join('')
}

function notice(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const items = lines.slice(0, mostRemarks).map(line => `<li>${escapeHtml(line)}</li>`)
  const rest = lines.length - items.length
  if (rest > 0) items.push(`<li>… and ${number(rest)} more</li>`)
  return `<section class="notice"><b>${title}</b><ul>${items.join('\n')}</ul></section>\n`
}

function filterForm(data: PageData): string {
  const services = [...new Set(data.groups.map(({ service }) => service))].sort()
  const options = services.map(service => {
    const name = escapeHtml(service)
    return `<option value="${name}">${name}</option>`
  })
  const present = states.filter(state => data.counts[state] > 0)
  return `<form>
<input type="search" name="words" placeholder="Search checks, resources, files, values" aria-label="Search" autocomplete="off">
<select name="service" aria-label="Service"><option value="">All services</option>${options.join('')}</select>
<fieldset>${boxes('severity', severityNames)}</fieldset>
<fieldset>${boxes('state', present)}</fieldset>
<p id="shown"></p>
</form>
`
}

function boxes(name: string, values: readonly string[]): string {
  return values
    .map(
      value =>
        `<label><input type="checkbox" name="${name}" value="${value}" checked>${value}</label>`,
    )
    .join('\n')
}

function foot({ summary }: Report): string {
  const passed = plural(summary.counts.pass, 'verdict passed', 'verdicts passed')
  return `<footer>${passed} and ${summary.counts.pass === 1 ? 'is' : 'are'} only counted here. Press / to search.</footer>
</main>
<script>${script}</script>
</body>
</html>
`
}
