import { type ConfigFile, readConfig } from '../config.ts'
import { UserError } from '../errors.ts'
import { awsFlags, type Flag, type FlagValues, scanFlags } from './flags.ts'
import { refuseFound } from './found-config.ts'
import { accountTags, policyFolders } from './policy-setting.ts'

/** Merges the three places where a setting may stand: flag > environment > file; parses by the flag's kind. */
export async function settings(
  flags: readonly Flag[],
  given: FlagValues,
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<FlagValues> {
  const config = await readConfig(
    typeof given.config === 'string' ? given.config : undefined,
    folder,
  )
  // A file may serve several commands.
  const every = [...flags, ...scanFlags, ...awsFlags]
  const known = new Set([
    ...every.map(flag => flag.name),
    'scan',
    'options',
    'policies',
    'remediation',
  ])
  for (const [key, line] of config?.lines ?? []) {
    if (!known.has(key)) throw new UserError(`${config?.file}:${line}: unknown setting '${key}'`)
  }
  const isNamed = typeof given.config === 'string'
  const merged: Record<string, string | number | boolean | readonly string[]> = {}
  for (const flag of flags) {
    if (config && !isNamed && given[flag.name] === undefined) refuseFound(flag, config, folder)
    const value =
      given[flag.name] ??
      (flag.commandLineOnly ? undefined : fromEnvironment(flag, env)) ??
      (config && ofPolicies(flag, config, isNamed, folder)) ??
      fromFile(
        flag,
        config?.values.get(flag.name),
        `${config?.file}:${config?.lines.get(flag.name)}`,
      )
    if (value !== undefined) merged[flag.name] = value
  }
  return merged
}

/** What a file says of policies has a form of its own. */
function ofPolicies(flag: Flag, config: ConfigFile, isNamed: boolean, folder: string) {
  if (flag.name === 'policy-dir') return policyFolders(config, isNamed, folder)
  return flag.name === 'account-tag' ? accountTags(config) : undefined
}

function fromEnvironment(flag: Flag, env: NodeJS.ProcessEnv) {
  const name = `BATTEN_${flag.name.toUpperCase().replaceAll('-', '_')}`
  const text = env[name]
  if (text === undefined || text === '') return undefined
  if (flag.kind === 'list' || flag.kind === 'repeat') {
    return text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(item => oneOf(flag, item, name))
  }
  if (flag.kind === 'boolean') return /^(1|true|yes)$/i.test(text)
  return flag.kind === 'number' ? numeric(flag, text, name) : oneOf(flag, text, name)
}

function fromFile(flag: Flag, value: unknown, where: string) {
  if (value === undefined || value === null) return undefined
  if (flag.kind === 'boolean') {
    if (typeof value !== 'boolean') throw new UserError(`${where}: '${flag.name}' is true or false`)
    return value
  }
  if (flag.kind === 'number') return numeric(flag, String(value), `${where}: '${flag.name}'`)
  if (flag.kind === 'text') {
    if (typeof value !== 'string') throw new UserError(`${where}: '${flag.name}' is a text`)
    return oneOf(flag, value, where)
  }
  const list = Array.isArray(value) ? value : [value]
  return list.map(item => {
    if (typeof item !== 'string') throw new UserError(`${where}: '${flag.name}' is a list of texts`)
    return oneOf(flag, item, where)
  })
}

/** A number within the flag's range, or a message that names where it came from. */
export function numeric({ most = Infinity }: Flag, text: string, where: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number) || number < 0 || number > most) {
    const end = most === Infinity ? '' : ` to ${most}`
    throw new UserError(`${where}: '${text}' is not a number from 0${end}`)
  }
  return number
}

/** The choice that a value means, whatever its case. */
export function oneOf(flag: Flag, value: string, where: string): string {
  if (!flag.choices) return value
  const match = flag.choices.find(choice => choice.toLowerCase() === value.toLowerCase())
  if (match === undefined) {
    throw new UserError(`${where}: '${value}' is none of ${flag.choices.join(', ')}`)
  }
  return match
}
