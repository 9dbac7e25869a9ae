import { commandNames, loadCommand } from './commands.ts'
import type { Flag } from './flags.ts'

/**
 * What may stand in place of the last of the words after `batten`; none where a file may, which the shell knows better.
 */
export async function complete(words: readonly string[]): Promise<readonly string[]> {
  const [name = '', ...rest] = words
  const last = words.at(-1) ?? ''
  if (rest.length === 0) return [...commandNames, '--help', '--version'].filter(startsWith(last))
  const command = await loadCommand(name)
  if (command === null) return []
  const verbs = command.verbs ?? []
  const [verb = ''] = rest
  if (rest.length === 1 && verbs.length > 0 && !verb.startsWith('-'))
    return verbs.filter(startsWith(last))
  const flags = (await command.verbOf?.(verb))?.flags ?? command.flags ?? []
  if (last.startsWith('-')) return [...flags.map(flagText), '--help'].filter(startsWith(last))
  const flag = flagBefore(words.slice(0, -1), flags)
  const values = flag ? await valuesOf(flag) : await operandsOf(`${name} ${verb}`)
  return values.filter(startsWith(last))
}

function startsWith(prefix: string): (word: string) => boolean {
  return word => word.startsWith(prefix)
}

function flagText({ name }: Flag): string {
  return `--${name}`
}

/** The flag that the next word is a value of: `--severity critical hi…` has any number, `--role x` one. */
function flagBefore(words: readonly string[], flags: readonly Flag[]): Flag | null {
  const at = words.findLastIndex(word => word.startsWith('-'))
  const word = words[at] ?? ''
  const flag = flags.find(each => word === flagText(each) || word === `-${each.short}`)
  if (!flag || flag.kind === 'boolean') return null
  return flag.kind === 'list' || at === words.length - 1 ? flag : null
}

async function valuesOf({ name, choices, known }: Flag): Promise<readonly string[]> {
  if (choices ?? known) return choices ?? known ?? []
  if (name === 'checks' || name === 'excluded-checks') return await checkIds()
  if (name === 'compliance') return await frameworkIds()
  return []
}

async function operandsOf(command: string): Promise<readonly string[]> {
  if (command === 'checks show') return await checkIds()
  if (command === 'compliance show') return await frameworkIds()
  return []
}

async function cards() {
  const { select } = await import('../engine/select.ts')
  return (await select({})).checks
}

async function checkIds(): Promise<readonly string[]> {
  return (await cards()).map(({ id }) => id)
}

async function frameworkIds(): Promise<readonly string[]> {
  const { frameworkCards } = await import('../frameworks/framework.ts')
  return (await frameworkCards()).map(({ id }) => id)
}
