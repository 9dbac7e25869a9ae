import type { EvidenceItem, Finding } from '../finding.ts'
import { cut, valueText } from '../text.ts'
import type { Group } from './html-data.ts'
import { type State, states } from './html-state.ts'
import { escapeHtml, linesHtml, proseHtml } from './html-text.ts'
import { webUrl } from './markdown-text.ts'
import { muteText, number, placeOf, resourceOf } from './rank.ts'

const longestText = 1_000

/** One finding in its check's list. */
export function rowHtml(finding: Finding, state: State): string {
  const evidence = finding.Evidence.slice(0, 6).map(evidenceHtml).join('')
  const cli = finding.Remediation.Code.CLI
  return [
    `<li class="row" data-state="${state}"><div class="where">`,
    `<b>${short(resourceOf(finding))}</b> <span class="place">${short(placeOf(finding))}</span>`,
    state === 'fail' ? '' : ` <span class="tag ${state}">${labels[state]}</span>`,
    `</div><p>${short(messageOf(finding, state))}</p>`,
    evidence && `<ul class="evidence">${evidence}</ul>`,
    cli === null || state === 'muted' ? '' : `<pre>${short(cli)}</pre>`,
    '</li>\n',
  ].join('')
}

/** A check with all its rows; `why` says what harm it prevents. */
export function* groupHtml(group: Group, why: string | null): Iterable<string> {
  const severity = group.severity.toLowerCase()
  const url = webUrl(group.url)
  const frameworks = Object.entries(group.compliance).map(
    ([name, requirements]) => `<span>${short(`${name}: ${requirements.join(', ')}`)}</span>`,
  )
  yield [
    `<details class="check" data-severity="${severity}" data-service="${short(group.service)}">\n`,
    `<summary><span class="pill ${severity}">${severity}</span>`,
    `<span class="title">${short(group.title)}<small>${short(group.id)}</small></span>`,
    `<span class="counts">${countsHtml(group)}</span></summary>\n<div class="about">`,
    why === null ? '' : `<p>${cutProse(why)}</p>`,
    `<p><b>Fix</b> ${cutProse(group.fix)}`,
    url === null ? '' : ` <a href="${escapeHtml(url)}" rel="noopener noreferrer">more</a>`,
    '</p>',
    group.terraform === null ? '' : `<pre>${linesHtml(cut(group.terraform, longestText))}</pre>`,
    frameworks.length > 0 ? `<p class="frameworks">${frameworks.join(' ')}</p>` : '',
    '</div>\n<ol class="rows">\n',
  ].join('')
  for (const state of states) yield* group.rows[state]
  if (group.left > 0)
    yield `<li class="left">… and ${number(group.left)} more: see the other reports</li>`
  yield '</ol></details>\n'
}

const labels: Readonly<Record<State, string>> = {
  fail: 'failing',
  unknown: 'unknown',
  baseline: 'in the baseline',
  muted: 'muted',
}

function messageOf(finding: Finding, state: State): string {
  if (state === 'muted') return `${finding.StatusExtended} (${muteText(finding)})`
  if (state !== 'unknown' || finding.UnknownReason === null) return finding.StatusExtended
  return finding.StatusExtended.includes(finding.UnknownReason)
    ? finding.StatusExtended
    : `${finding.StatusExtended}: ${finding.UnknownReason}`
}

function evidenceHtml({ Path, Value, File, Line }: EvidenceItem): string {
  const place = File === null ? '' : ` <span class="place">${short(`${File}:${Line ?? 1}`)}</span>`
  return `<li><code>${short(Path)}</code> = <code>${escapeHtml(cut(valueText(Value), 200))}</code>${place}</li>`
}

function countsHtml({ counts }: Group): string {
  return states
    .filter(state => counts[state] > 0)
    .map(state => `<span class="tag ${state}">${number(counts[state])} ${labels[state]}</span>`)
    .join(' ')
}

function short(text: string): string {
  return escapeHtml(cut(text, longestText))
}

function cutProse(text: string): string {
  return proseHtml(cut(text, longestText))
}
