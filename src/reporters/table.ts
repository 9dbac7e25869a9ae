import pc from 'picocolors'
import { gapLine } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { Report, Reporter, Summary } from '../report.ts'
import { plain } from '../text.ts'
import { addToCauses, addToTally, type Cause, ranked, rankedTally } from './causes.ts'
import { gapsTitle, isOpen, muteText, number, percentText, plural, secondsText } from './rank.ts'

export interface TableOptions {
  /** Columns of the terminal; prose is wrapped to it, names and places never are. */
  readonly width?: number
  readonly color?: boolean
  /** Places shown of each fault. */
  readonly rows?: number
  /** Causes shown with their places and fixes; those after them get a line each. */
  readonly causes?: number
}

const reporter: Reporter = {
  format: 'table',
  extension: 'txt',
  render: report => renderTable(report),
}
export default reporter

/** What has to be mended, the worst first; then what is unknown, muted and left out. */
export function* renderTable(report: Report, options: TableOptions = {}): Iterable<string> {
  const { width = 100, color = false, rows = 10, causes = 30 } = options
  const page = { width: Math.max(40, width), rows, colors: pc.createColors(color) }
  const found = gather(report, rows)
  const list = ranked(found.causes)
  for (const cause of list.slice(0, causes)) yield causeText(cause, page)
  yield shortText(list.slice(causes), page)
  yield tallyText('UNKNOWN', found.unknown, page)
  yield tallyText('MUTED', found.muted, page)
  yield footer(report.summary, page)
}

interface Page {
  readonly width: number
  readonly rows: number
  readonly colors: ReturnType<typeof pc.createColors>
}

interface Found {
  readonly causes: Map<string, Cause>
  readonly unknown: Map<string, number>
  readonly muted: Map<string, number>
}

function gather(report: Report, rows: number): Found {
  const found: Found = { causes: new Map(), unknown: new Map(), muted: new Map() }
  for (const finding of report.findings({ passed: false })) {
    if (isOpen(finding)) addToCauses(found.causes, finding, { rows, faults: 20 })
    else if (finding.Status === 'PASS') continue
    else if (finding.Muted) {
      addToTally(found.muted, `${plain(finding.CheckID)}  ${muteText(finding)}`)
    } else if (finding.Status === 'UNKNOWN') {
      addToTally(found.unknown, plain(finding.UnknownReason ?? 'no reason given'))
    }
  }
  return found
}

const indent = ' '.repeat(10)

function causeText(cause: Cause, page: Page): string {
  const { dim } = page.colors
  const lines = [
    headline(cause, page),
    ...[...cause.faults].flatMap(([text, fault]) => {
      const shown = [...fault.places.values()]
      const column = Math.min(40, Math.max(...shown.map(({ place }) => place.length)))
      const rest = fault.count - shown.reduce((sum, { count }) => sum + count, 0)
      return [
        ...wrapped(text, page.width, indent),
        ...shown.map(({ place, resource, count }) => {
          const times = count > 1 ? dim(` and ${number(count - 1)} more here`) : ''
          return `${indent}  ${page.colors.cyan(place.padEnd(column))}  ${resource}${times}`
        }),
        ...(rest > 0 ? [`${indent}  ${dim(`… and ${number(rest)} more`)}`] : []),
      ]
    }),
    ...wrapped(`fix: ${plain(cause.fix)}`, page.width, indent).map(line => dim(line)),
  ]
  return `${lines.join('\n')}\n\n`
}

function shortText(causes: readonly Cause[], page: Page): string {
  if (causes.length === 0) return ''
  const { dim } = page.colors
  const lines = causes.map(cause => `${headline(cause, page)}\n`)
  return `${lines.join('')}${dim('The places and fixes of these: -M html, or --checks and their ids.')}\n\n`
}

function headline(cause: Cause, page: Page): string {
  const { bold, dim } = page.colors
  return `${label(cause.severity, page)} ${bold(plain(cause.title))}  ${dim(`${plain(cause.id)} · ${number(cause.count)}`)}`
}

function label(severity: Finding['Severity'], { colors }: Page): string {
  const text = severity === 'INFORMATIONAL' ? 'INFO' : severity
  const paint = {
    CRITICAL: colors.magenta,
    HIGH: colors.red,
    MEDIUM: colors.yellow,
    LOW: colors.blue,
    INFORMATIONAL: colors.gray,
  }[severity]
  return paint(text.padEnd(indent.length - 1))
}

function tallyText(title: string, tally: ReadonlyMap<string, number>, page: Page): string {
  if (tally.size === 0) return ''
  const lines = rankedTally(tally)
  const shown = lines.slice(0, page.rows)
  const digits = Math.max(...shown.map(([, count]) => number(count).length))
  const rest = lines.slice(page.rows).reduce((sum, [, count]) => sum + count, 0)
  return [
    page.colors.bold(title),
    ...shown.map(([text, count]) => `  ${number(count).padStart(digits)}  ${text}`),
    ...(rest > 0 ? [page.colors.dim(`  … and ${number(rest)} more`)] : []),
    '\n',
  ].join('\n')
}

function footer(summary: Summary, page: Page): string {
  const { bold, dim, red, yellow } = page.colors
  const lines = [
    bold(countsLine(summary)),
    coverageLine(summary),
    ...(summary.gaps.length > 0 ? [yellow(gapsTitle(summary.gaps.length))] : []),
    ...summary.gaps.slice(0, page.rows).map(gap => `  ${gap.kind}  ${plain(gapLine(gap))}`),
    ...(summary.gaps.length > page.rows
      ? [dim(`  … and ${number(summary.gaps.length - page.rows)} more`)]
      : []),
    ...(summary.interrupted ? [red('Interrupted: what stands here is partial.')] : []),
    dim(scopeLine(summary)),
  ]
  return `${lines.join('\n')}\n`
}

function countsLine({ counts, mutedBy }: Summary): string {
  const failing = Object.entries(counts.failing).filter(([, count]) => count > 0)
  const split = failing.map(([severity, count]) => `${number(count)} ${severity}`).join(', ')
  const total = failing.reduce((sum, [, count]) => sum + count, 0)
  const by = Object.entries(mutedBy).map(([what, count]) => `${number(count)} by ${plain(what)}`)
  return [
    `${number(total)} failing${split && ` (${split})`}`,
    `${number(counts.pass)} passed`,
    `${number(counts.unknown)} unknown`,
    `${number(counts.muted)} muted${by.length > 0 ? ` (${by.join(', ')})` : ''}`,
    ...(counts.baselined > 0 ? [`${number(counts.baselined)} in the baseline`] : []),
  ].join(', ')
}

function coverageLine({ coverage, score }: Summary): string {
  const { decided, planned, percent } = coverage
  const of = `${number(decided)} of ${plural(planned, 'verdict')} decided`
  return `coverage ${percentText(percent)} % (${of})${score === null ? '' : `, score ${Math.round(score)}`}`
}

function scopeLine(summary: Summary): string {
  return [
    summary.targets.map(plain).join(' '),
    summary.files > 0 ? plural(summary.files, 'file') : '',
    plural(summary.resources, 'resource'),
    plural(summary.checks, 'check'),
    secondsText(summary.seconds),
    `batten ${summary.tool.version}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Breaks between words only: a name stays whole, so that it can be copied. */
function wrapped(text: string, width: number, indentation: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indentation.length + line.length + 1 + word.length > width) {
      lines.push(indentation + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(indentation + line)
  return lines
}
