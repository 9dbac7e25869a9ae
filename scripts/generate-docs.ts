import { checkPage } from '../src/cli/check-page.ts'
import { awsFlags, type Flag, scanFlags } from '../src/cli/flags.ts'
import { help as overview } from '../src/cli/help.ts'
import type { CheckCard } from '../src/engine/select.ts'
import { catalogue } from './generate-checks-index.ts'

interface Generated {
  readonly file: string
  readonly text: string
}

/** `docs/checks/<provider>/<service>.md`, their index, and `docs/commands.md`, from what the program itself holds. */
export async function generateDocs(): Promise<readonly Generated[]> {
  const entries = (await catalogue())
    .flatMap(({ checks, cards }) => cards.map((card, at) => ({ card, check: checks[at] })))
    .sort((a, b) => (a.card.id < b.card.id ? -1 : 1))
  const pages = new Map<string, string[]>()
  for (const { card, check } of entries) {
    if (!check) continue
    const file = `docs/checks/${card.provider}/${card.service}.md`
    const page = checkPage(check, card).replace(/^(#+) /gm, '#$1 ')
    pages.set(file, [...(pages.get(file) ?? []), page])
  }
  return [
    ...[...pages].map(([file, texts]) => ({
      file,
      text: `# ${title(file)}\n\n${texts.join('\n')}`,
    })),
    { file: 'docs/checks/README.md', text: index(entries.map(({ card }) => card)) },
    { file: 'docs/commands.md', text: commands() },
  ]
}

function title(file: string): string {
  const [, provider, service] = /checks\/(\w+)\/(\w+)\.md$/.exec(file) ?? []
  return `Checks of ${provider} ${service}`
}

function index(checks: readonly CheckCard[]): string {
  const rows = checks.map(
    card =>
      `| [${card.id}](${card.provider}/${card.service}.md#${card.id}) | ${card.severity} | ${card.title} |`,
  )
  return `# Checks\n\n${checks.length} checks.\n\n| id | severity | what is asked |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

function commands(): string {
  return `# Commands

\`\`\`
${overview().trimEnd()}
\`\`\`

\`batten <command> --help\` tells all of a command's flags. Policies of your own: [policies](policies.md); mending:
[remediation](remediation.md).

## Flags of a scan

\`batten iac\` and \`batten scan\` have these. Each may also stand in \`batten.yaml\` under its long name, or in the
environment as \`BATTEN_\` and its name in capitals; the command line wins over the environment, the environment over the file.

| flag | what |
| --- | --- |
${scanFlags.map(row).join('\n')}

\`batten aws\` knows these too, but for what is about code (\`--var\`, \`--var-file\`, \`--skip-path\`, \`--no-inline-skips\`), and:

| flag | what |
| --- | --- |
${awsFlags
  .filter(flag => !scanFlags.includes(flag))
  .map(row)
  .join('\n')}

Credentials come from the SDK's own chain: the environment, the shared configuration, single sign-on, a container's or an
instance's role. \`batten doctor aws\` says what a scan could read with them, and \`batten doctor aws --policy\` prints the
read-only policy that the selected checks need; it takes the flags that select checks.
`
}

function row(flag: Flag): string {
  const value = flag.value ? ` ${flag.value}${flag.kind === 'list' ? '…' : ''}` : ''
  const short = flag.short ? `\`-${flag.short}\`, ` : ''
  const choices = flag.choices ? ` (${flag.choices.join(', ')})` : ''
  return `| ${short}\`--${flag.name}${value}\` | ${flag.help}${choices} |`
}
