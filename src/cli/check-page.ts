import type { Check, Example } from '../check.ts'
import type { CheckCard } from '../engine/select.ts'
import { plain } from '../text.ts'

/** A check's page in Markdown: what `batten checks show` prints and what the generated docs hold. */
export function checkPage(
  check: Check,
  card: Pick<CheckCard, 'resourceTypes' | 'sources'>,
): string {
  const parts = [
    `# ${plain(check.id)}`,
    `${plain(check.title)}.`,
    facts(check, card),
    `## Why\n\n${plain(check.why)}`,
    `## Fix\n\n${fixes(check)}`,
    examples('Fails', check, check.bad),
    examples('Passes', check, check.good ?? []),
    examples('Fails in a running account', check, check.live?.bad ?? []),
    examples('Passes in a running account', check, check.live?.good ?? []),
    options(check),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function facts(check: Check, card: Pick<CheckCard, 'resourceTypes' | 'sources'>): string {
  const rows = [
    ['Severity', check.severity],
    ['Resources', card.resourceTypes.map(type => `\`${type}\``).join(', ')],
    ['Judged in', card.sources.join(' and ')],
    ['Also known as', check.aliases?.map(alias => `\`${alias}\``).join(', ') ?? ''],
    ['Deprecated', check.deprecated ?? ''],
  ]
  const shown = rows.filter(([, value]) => value !== '')
  return ['| | |', '| --- | --- |', ...shown.map(([name, value]) => `| ${name} | ${value} |`)].join(
    '\n',
  )
}

function fixes({ fix, cli, live }: Check): string {
  const texts = [plain(fix), command(cli), live?.fix, command(live?.cli)]
  return texts.filter(text => text !== undefined).join('\n\n')
}

function command(cli: string | undefined): string | undefined {
  return cli === undefined ? undefined : `\`\`\`sh\n${cli}\n\`\`\``
}

function examples(title: string, check: Check, list: readonly Example[]): string {
  if (list.length === 0) return ''
  return `## ${title}\n\n${list.map(example => code(check, example)).join('\n\n')}`
}

function code(check: Check, example: Example): string {
  if (typeof example !== 'string') {
    return `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``
  }
  const whole = /^\s*(resource|data|variable|locals|module)\b/.test(example)
  const text = whole ? trimmed(example) : block(check.types[0] ?? '', trimmed(example))
  return `\`\`\`hcl\n${text}\n\`\`\``
}

function block(type: string, body: string): string {
  if (body === '') return `resource "${type}" "example" {\n}`
  return `resource "${type}" "example" {\n${body.replace(/^(?=.)/gm, '  ')}\n}`
}

/** The text without its common indent and without empty lines at its ends. */
function trimmed(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n')
  const indents = lines.filter(line => line.trim() !== '').map(line => line.search(/\S/))
  const least = Math.min(...indents, 80)
  return lines.map(line => line.slice(least)).join('\n')
}

function options(check: Check): string {
  const entries = Object.entries(check.options ?? {})
  if (entries.length === 0) return ''
  const rows = entries.map(([name, value]) => `| \`${name}\` | \`${JSON.stringify(value)}\` |`)
  return `## Options\n\n| name | default |\n| --- | --- |\n${rows.join('\n')}`
}
