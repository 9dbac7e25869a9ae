import { existsSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { UserError } from '../errors.ts'
import type { Flag, FlagValues } from './flags.ts'
import { numeric, oneOf } from './settings.ts'

export interface Parsed {
  readonly paths: readonly string[]
  readonly flags: FlagValues
}

/** Thrown after help was printed: the command has nothing left to do. */
export class HelpShown extends Error {}

/** Parses a command's arguments by its table of flags. */
export function parseArguments(
  command: { readonly name: string; readonly about: string; readonly paths: string },
  flags: readonly Flag[],
  args: readonly string[],
): Parsed {
  const program = new Command(`batten ${command.name}`)
    .description(command.about)
    .usage(`${command.paths} [options]`.trimStart())
    .argument('[paths...]')
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  for (const flag of flags) program.addOption(option(flag))
  try {
    program.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') throw new HelpShown()
    throw new UserError(
      error.message
        .replace(/^error: /, '')
        .replace(/\n\(Did you mean (.*)\?\)/, '; did you mean $1?'),
    )
  }
  const paths = [...program.args]
  const values: Record<string, string | number | boolean | readonly string[]> = {}
  const given = program.opts<Record<string, unknown>>()
  for (const flag of flags) {
    const value = given[key(flag)]
    if (value === undefined || (flag.name.startsWith('no-') && value === true)) continue
    values[flag.name] = read(flag, value, command.paths === '' ? null : paths)
  }
  return { paths, flags: values }
}

function option(flag: Flag): Option {
  const short = flag.short ? `-${flag.short}, ` : ''
  const value = {
    list: ` <${flag.value}...>`,
    repeat: ` <${flag.value}>`,
    text: ` <${flag.value}>`,
    number: ` <${flag.value}>`,
    boolean: '',
  }
  const made = new Option(`${short}--${flag.name}${value[flag.kind]}`, flag.help + choices(flag))
  if (flag.kind === 'repeat') {
    made.argParser((item: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      item,
    ])
  }
  return made
}

function choices(flag: Flag): string {
  return flag.choices ? ` (${flag.choices.join(', ')})` : ''
}

/** Commander's key: camel case, and `--no-color` is `color: false`. */
function key(flag: Flag): string {
  return flag.name
    .replace(/^no-/, '')
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** `paths` is null where the command takes none. */
function read(flag: Flag, value: unknown, paths: string[] | null) {
  const where = `--${flag.name}`
  if (flag.kind === 'boolean') return true
  if (flag.kind === 'number') return numeric(flag, String(value), where)
  if (flag.kind === 'text') return oneOf(flag, String(value), where)
  const items = (Array.isArray(value) ? value : [value]).map(String)
  if (flag.kind === 'repeat') return items
  return items
    .flatMap(item => item.split(','))
    .flatMap(item => {
      if (item === '') return []
      // `--severity critical ./infra`: a path after a variadic flag is a PATH.
      const words = flag.choices ?? flag.known ?? []
      const isChosen = words.some(word => word.toLowerCase() === item.toLowerCase())
      if (paths !== null && !isChosen && existsSync(item)) {
        paths.push(item)
        return []
      }
      return [oneOf(flag, item, where)]
    })
}
