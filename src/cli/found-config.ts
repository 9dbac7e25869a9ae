import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { ConfigFile } from '../config.ts'
import { UserError } from '../errors.ts'
import { gitTop } from '../sources/terraform/top.ts'
import type { Flag } from './flags.ts'

/**
 * A batten.yaml that was found, not named, may be part of what is scanned and written by somebody else: it may neither
 * say whom to be and where findings go, nor reach outside of its repository.
 */
export function refuseFound(flag: Flag, config: ConfigFile, cwd: string): void {
  const value = config.values.get(flag.name)
  if (value === undefined || value === null) return
  if (flag.file === 'named')
    throw new UserError(
      `${placeOf(flag.name, config)}: '${flag.name}' is taken from a file only if --config names it`,
    )
  if (flag.file !== 'inside') return
  for (const path of Array.isArray(value) ? value : [value])
    if (typeof path === 'string') refuseOutside(path, { key: flag.name, config, from: cwd })
}

/** Throws UserError where a path of a found file leads out of the repository that the file lies in. */
export function refuseOutside(
  path: string,
  {
    key,
    config,
    from,
  }: { readonly key: string; readonly config: ConfigFile; readonly from: string },
): void {
  const home = dirname(config.file)
  if (isWithin(resolve(from, path), gitTop(home) ?? home)) return
  const instead =
    key === 'policies' || key === 'policy-dir' ? '--policy-dir or --config' : '--config'
  throw new UserError(
    `${placeOf(key, config)}: ${path} is outside of this repository (${instead} may name it)`,
  )
}

function placeOf(key: string, { file, lines }: ConfigFile): string {
  return `${file}:${lines.get(key)}`
}

/** Whether the path, its links followed as far as it exists, is the folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const real = realOf(path)
  const inside = relative(realOf(folder), real)
  return inside === '' || (!/^\.\.(?:$|[\\/])/.test(inside) && resolve(inside) !== inside)
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realOf(above), basename(path))
  }
}
