import type { Summary } from '../report.ts'
import type { PageData, Posture } from './html-data.ts'
import { escapeHtml } from './html-text.ts'
import { number, percentText } from './rank.ts'

export const severityNames = ['critical', 'high', 'medium', 'low', 'informational'] as const

const radius = 52
const around = 2 * Math.PI * radius

/** The score as a ring: green, amber or red, and the number in it. */
export function scoreRing(score: number | null): string {
  const value = score === null ? 0 : Math.max(0, Math.min(100, score))
  const tone = value >= 90 ? 'good' : value >= 60 ? 'fair' : 'poor'
  const text = score === null ? '–' : String(Math.round(value))
  return `<svg class="ring" viewBox="0 0 128 128" role="img" aria-label="Score ${text} of 100">
<circle class="track" cx="64" cy="64" r="${radius}"/>
<circle class="${tone}" cx="64" cy="64" r="${radius}" stroke-dasharray="${fixed((around * value) / 100)} ${fixed(around)}" transform="rotate(-90 64 64)"/>
<text x="64" y="70" text-anchor="middle" class="big">${text}</text>
<text x="64" y="90" text-anchor="middle" class="small">of 100</text></svg>`
}

/** A bar a severity: how many findings fail. */
export function severityChart({ failing }: Summary['counts']): string {
  const most = Math.max(1, ...Object.values(failing))
  const bars = severityNames.map((severity, index) => {
    const count = failing[severity]
    const y = index * 26
    const width = count === 0 ? 0 : Math.max(3, (count / most) * 190)
    return [
      `<text x="0" y="${y + 16}">${severity}</text>`,
      `<rect class="track" x="92" y="${y + 5}" width="190" height="14" rx="4"/>`,
      `<rect class="${severity}" x="92" y="${y + 5}" width="${fixed(width)}" height="14" rx="4"/>`,
      `<text class="number" x="330" y="${y + 16}" text-anchor="end">${number(count)}</text>`,
    ].join('')
  })
  return `<svg class="bars" viewBox="0 0 332 130" role="img" aria-label="Failing findings by severity">\n${bars.join('\n')}</svg>`
}

/** All verdicts in one bar, with a legend. */
export function verdictChart(summary: Summary, { counts }: PageData): string {
  const failing = Object.values(summary.counts.failing).reduce((sum, count) => sum + count, 0)
  const parts = [
    ['pass', 'passed', summary.counts.pass],
    ['fail', 'failing', failing],
    ['unknown', 'unknown', counts.unknown],
    ['baseline', 'in the baseline', counts.baseline],
    ['muted', 'muted', counts.muted],
  ] as const
  const shown = parts.filter(([kind, , count]) => count > 0 || kind === 'pass' || kind === 'fail')
  const legend = shown.map(
    ([kind, label, count]) =>
      `<li><span class="dot ${kind}"></span>${label} <b>${number(count)}</b></li>`,
  )
  const bar = stackedBar(
    shown.map(([kind, , count]) => [kind, count]),
    'Verdicts',
  )
  return `${bar}<ul class="legend">${legend.join('')}</ul>`
}

export function coverageChart({ coverage }: Summary): string {
  const { decided, planned, percent } = coverage
  const bar = stackedBar(
    [
      ['pass', decided],
      ['track', Math.max(0, planned - decided)],
    ],
    `Coverage ${percentText(percent)} percent`,
  )
  return `<p class="label">Coverage <b>${percentText(percent)} %</b> <span>${number(decided)} of ${number(planned)} verdicts decided</span></p>${bar}`
}

/** Services against severities: each number is a button that filters the list below. */
export function postureTable(services: PageData['services']): string {
  const head = severityNames.map(severity => `<th scope="col">${severity}</th>`).join('')
  const rows = services.map(([service, posture]) => serviceRow(service, posture))
  return `<table class="posture"><thead><tr><th scope="col">service</th>${head}<th scope="col">unknown</th><th scope="col">passed</th></tr></thead>\n<tbody>${rows.join('\n')}</tbody></table>`
}

function serviceRow(service: string, posture: Posture): string {
  const name = escapeHtml(service)
  const cells = severityNames.map((severity, rank) => {
    const count = posture.failing[rank] ?? 0
    return count === 0
      ? '<td class="none">·</td>'
      : `<td><button type="button" class="${severity}" data-service="${name}" data-severity="${severity}">${number(count)}</button></td>`
  })
  const failing = posture.failing.reduce((sum, count) => sum + count, 0)
  const unknown = posture.counts.unknown === 0 ? '·' : number(posture.counts.unknown)
  const bar = stackedBar(
    [
      ['pass', posture.pass],
      ['fail', failing],
      ['unknown', posture.counts.unknown],
      ['muted', posture.counts.muted + posture.counts.baseline],
    ],
    `${posture.pass} passed, ${failing} failing`,
  )
  return `<tr><th scope="row">${name}</th>${cells.join('')}<td class="none">${unknown}</td><td class="share">${bar}<span>${number(posture.pass)}</span></td></tr>`
}

function stackedBar(parts: readonly (readonly [string, number])[], label: string): string {
  const total = parts.reduce((sum, [, count]) => sum + count, 0)
  let x = 0
  const rects = parts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => {
      const width = (count / total) * 300
      const rect = `<rect class="${kind}" x="${fixed(x)}" y="0" width="${fixed(width)}" height="12"/>`
      x += width
      return rect
    })
  const content =
    rects.length > 0 ? rects.join('') : '<rect class="track" width="300" height="12"/>'
  return `<svg class="stack" viewBox="0 0 300 12" preserveAspectRatio="none" role="img" aria-label="${label}">${content}</svg>`
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}
