import { existsSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { UserError } from '../errors.ts'
import type { Flag, FlagValues } from './flags.ts'
import { policyFolders } from './policy-setting.ts'

export const configFlag: Flag = {
  name: 'config',
  kind: 'text',
  value: 'FILE',
  group: 'general',
  help: 'configuration file (default: batten.yaml here or above)',
}

/** The paths that are named, else the policies of batten.yaml, else `policy`. */
export async function policyPaths(
  paths: readonly string[],
  { config: named }: FlagValues,
): Promise<readonly string[]> {
  if (paths.length > 0) return paths
  const cwd = process.cwd()
  const config = await readConfig(typeof named === 'string' ? named : undefined, cwd)
  const folders = config && policyFolders(config, typeof named === 'string', cwd)
  if (folders && folders.length > 0) return folders
  for (const usual of ['policy', 'policies']) if (existsSync(usual)) return [usual]
  throw new UserError('no policies named, here or in batten.yaml; give a PATH')
}
