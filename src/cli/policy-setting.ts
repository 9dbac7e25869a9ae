import { dirname, relative, resolve } from 'node:path'
import type { ConfigFile } from '../config.ts'
import { UserError } from '../errors.ts'
import { refuseOutside } from './found-config.ts'

/**
 * Folders of policies in batten.yaml, told from its own folder. A file that was found, not named, lies in what is scanned:
 * it may not reach outside of its repository.
 */
export function policyFolders(
  config: ConfigFile,
  isNamed: boolean,
  cwd: string,
): readonly string[] | undefined {
  const key = config.values.has('policies') ? 'policies' : 'policy-dir'
  const value = config.values.get(key)
  if (value === undefined || value === null) return undefined
  const where = `${config.file}:${config.lines.get(key)}`
  const home = dirname(config.file)
  return (Array.isArray(value) ? value : [value]).map(item => {
    if (typeof item !== 'string') throw new UserError(`${where}: '${key}' is a list of folders`)
    const folder = resolve(home, item)
    if (!isNamed) refuseOutside(item, { key, config, from: home })
    return relative(cwd, folder) || '.'
  })
}

/** A map of tags, or texts of the form K=V. */
export function accountTags(config: ConfigFile): readonly string[] | undefined {
  const value = config.values.get('account-tag')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.entries(value).map(([name, tag]) => `${name}=${String(tag)}`)
}
