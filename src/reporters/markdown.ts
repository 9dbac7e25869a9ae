import type { Gap } from '../errors.ts'
import type { Report, Reporter, Summary } from '../report.ts'
import { plain } from '../text.ts'
import { addToCauses, addToTally, type Cause, ranked, rankedTally } from './causes.ts'
import { code, prose, webUrl } from './markdown-text.ts'
import { gapsTitle, isOpen, muteText, number, percentText, plural } from './rank.ts'

/** A comment on GitHub holds 65,536 characters; the closing sections need some of them. */
const room = 50_000
const rowsOfFault = 5
const rowsOfList = 20

/** For a comment on a pull request: what fails by cause, the worst first, cut to what fits. */
const reporter: Reporter = {
  format: 'markdown',
  extension: 'md',
  *render(report) {
    const found = gather(report)
    yield heading(report.summary)
    let length = 0
    const causes = ranked(found.causes)
    const texts = causes.map(causeText)
    const fitting = texts.findIndex(text => {
      length += text.length
      return length > room
    })
    const shown = fitting < 0 ? texts.length : fitting
    yield* texts.slice(0, shown)
    const rest = causes.slice(shown)
    if (rest.length > 0) {
      const count = rest.reduce((sum, cause) => sum + cause.count, 0)
      yield `… and ${plural(rest.length, 'more check')} with ${plural(count, 'finding')}: see the other reports.\n\n`
    }
    yield listText('unknown', found.unknown)
    yield listText('muted', found.muted)
    yield gapsText(report.summary.gaps)
  },
}
export default reporter

interface Found {
  readonly causes: Map<string, Cause>
  readonly unknown: Map<string, number>
  readonly muted: Map<string, number>
}

function gather(report: Report): Found {
  const found: Found = { causes: new Map(), unknown: new Map(), muted: new Map() }
  for (const finding of report.findings({ passed: false })) {
    if (isOpen(finding)) addToCauses(found.causes, finding, { rows: rowsOfFault, faults: 10 })
    else if (finding.Status === 'PASS') continue
    else if (finding.Muted) {
      addToTally(found.muted, `${code(finding.CheckID)} ${prose(muteText(finding))}`)
    } else if (finding.Status === 'UNKNOWN') {
      addToTally(found.unknown, prose(finding.UnknownReason ?? 'no reason given'))
    }
  }
  return found
}

function heading({ counts, coverage, score, interrupted, gaps }: Summary): string {
  const failing = Object.entries(counts.failing).filter(([, count]) => count > 0)
  const total = failing.reduce((sum, [, count]) => sum + count, 0)
  const split = failing.map(([severity, count]) => `${number(count)} ${severity}`).join(', ')
  const facts = [
    split && `**${split}**`,
    `${number(counts.pass)} passed`,
    `${number(counts.unknown)} unknown`,
    `${number(counts.muted)} muted`,
    counts.baselined > 0 && `${number(counts.baselined)} in the baseline`,
    `coverage ${percentText(coverage.percent)} %`,
    score !== null && `score ${Math.round(score)}`,
    gaps.length > 0 && `**${plural(gaps.length, 'gap')}**`,
  ]
  const title = total === 0 ? 'nothing fails' : plural(total, 'failing finding')
  const partial = interrupted ? '\n**Interrupted: what stands here is partial.**\n' : ''
  return `## Batten: ${title}\n\n${facts.filter(Boolean).join(' · ')}\n${partial}\n`
}

function causeText(cause: Cause): string {
  const lines = [...cause.faults].flatMap(([text, fault]) => {
    const shown = [...fault.places.values()]
    const rest = fault.count - shown.reduce((sum, { count }) => sum + count, 0)
    return [
      `- ${prose(short(text))}`,
      ...shown.map(({ place, resource, count }) => {
        const times = count > 1 ? ` and ${number(count - 1)} more here` : ''
        return `  - ${code(short(place))} ${code(short(resource))}${times}`
      }),
      ...(rest > 0 ? [`  - … and ${number(rest)} more`] : []),
    ]
  })
  const url = webUrl(cause.url)
  const more = url === null ? '' : ` ([more](${url.replace(/[()]/g, encodeURIComponent)}))`
  return [
    `### ${cause.severity.charAt(0)}${cause.severity.slice(1).toLowerCase()}: ${prose(short(cause.title))}`,
    '',
    `${code(short(cause.id))} · ${plural(cause.count, 'finding')}`,
    '',
    ...lines,
    '',
    `Fix: ${prose(short(cause.fix))}${more}`,
    '',
    '',
  ].join('\n')
}

/** Nobody's name may use up the room of all others. */
function short(text: string): string {
  const line = plain(text)
  return line.length > 500 ? `${line.slice(0, 499)}…` : line
}

function listText(what: string, tally: ReadonlyMap<string, number>): string {
  if (tally.size === 0) return ''
  const total = [...tally.values()].reduce((sum, count) => sum + count, 0)
  const lines = rankedTally(tally)
    .slice(0, rowsOfList)
    .map(
      ([text, count]) => `- ${number(count)} × ${text.length > 600 ? '(too long to show)' : text}`,
    )
  const rest =
    tally.size > rowsOfList ? [`- … and ${plural(tally.size - rowsOfList, 'more reason')}`] : []
  return folded(`${number(total)} ${what}`, [...lines, ...rest])
}

function gapsText(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return ''
  const lines = gaps
    .slice(0, rowsOfList)
    .map(gap => `- ${gap.kind}: ${code(short(gap.subject))} ${prose(short(gap.reason))}`)
  const rest = gaps.length > rowsOfList ? [`- … and ${number(gaps.length - rowsOfList)} more`] : []
  return folded(gapsTitle(gaps.length), [...lines, ...rest])
}

function folded(summary: string, lines: readonly string[]): string {
  return `<details><summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>\n\n`
}
