import { cut, plain } from '../../text.ts'

/** Text for Slack's mrkdwn: nobody is called (`<!channel>`) and nothing links by a resource's name. */
export function mrkdwn(text: string, longest = 2800): string {
  return cut(plain(text), longest)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[*_~`]/g, letter => `${joiner}${letter}`)
}

/** A character of no width keeps the marks of emphasis from meaning anything. */
const joiner = '\u2060'

/** Text for Markdown in a ticket: as it is, within a line; it calls nobody, refers to nothing and links nowhere. */
export function markdown(text: string, longest = 2800): string {
  return cut(plain(text), longest)
    .replace(/[\\`*_{}[\]()#+!|<>~@&-]/g, letter =>
      letter === '@' ? `@${joiner}` : letter === '#' ? `\\#${joiner}` : `\\${letter}`,
    )
    .replaceAll('://', `:${joiner}//`)
    .replace(/(www)\./gi, `$1${joiner}.`)
}

/** A block of code that nothing within ends early. */
export function codeBlock(lines: readonly string[], longest: number): string {
  const text = cut(lines.map(plain).join('\n'), longest)
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longestRun + 1)
  return `${fence}\n${text}\n${fence}`
}
