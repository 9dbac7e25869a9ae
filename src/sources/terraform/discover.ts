import { type Dirent, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import picomatch from 'picomatch'
import { type Gap, UserError, type Warning } from '../../errors.ts'
import { isConfigurationFile } from '../../lang/hcl/module/config.ts'
import { realPath } from './disk.ts'
import { mayHoldOther } from './recognise.ts'
import { isInside, relativePath } from './top.ts'

/** What stands under one of the paths that were asked for. */
export interface Discovery {
  /** As the user wrote it. */
  readonly path: string
  readonly isFile: boolean
  /** Real paths of folders that hold configuration. */
  readonly folders: readonly string[]
  /** Set where the path is a configuration file: only what it declares is asked for. */
  readonly only: string | null
  /** YAML and JSON files that may be something else to scan. */
  readonly others: readonly string[]
}

export interface DiscoverOptions {
  readonly cwd: string
  readonly top: string
  readonly isSkipped: (path: string) => boolean
  readonly onGap: (gap: Gap) => void
  readonly onWarning: (warning: Warning) => void
}

/** Never configuration of the tree's own. */
const foreign = new Set(['.git', '.terraform', '.terragrunt-cache', 'node_modules'])

/** Throws UserError for a path that is not there. */
export function discover(path: string, options: DiscoverOptions): Discovery {
  const real = existing(path, options.cwd)
  if (statSync(real).isDirectory())
    return { path, isFile: false, only: null, ...walk(real, options) }
  const file = { path, isFile: true, others: [] }
  return isConfigurationFile(basename(real))
    ? { ...file, folders: [dirname(real)], only: real }
    : { ...file, folders: [], only: null, others: [real] }
}

/** The real path of what the user named. */
export function existing(path: string, cwd: string): string {
  const real = realPath(resolve(cwd, path))
  if (real === null) throw new UserError(`${path}: no such file or folder`)
  return real
}

/** `--skip-path` globs, relative to the working directory or anywhere below it. */
export function skipper(globs: readonly string[], cwd: string): (path: string) => boolean {
  if (globs.length === 0) return () => false
  const trimmed = globs.map(glob => glob.replace(/^\.\//, '').replace(/\/+$/, ''))
  const patterns = trimmed.flatMap(glob => [glob, `${glob}/**`, `**/${glob}`, `**/${glob}/**`])
  const isMatch = picomatch(patterns, { dot: true })
  return path => isMatch(relativePath(cwd, path))
}

function walk(start: string, options: DiscoverOptions): Pick<Discovery, 'folders' | 'others'> {
  const folders = new Set<string>()
  const others: string[] = []
  const seen = new Set([start])
  const waiting = [start]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of entriesOf(folder, options)) {
      const path = join(folder, entry.name)
      if (options.isSkipped(path)) continue
      const kind = entry.isSymbolicLink() ? linked(path, start, options) : kindOf(entry)
      if (kind === 'folder') {
        const real = entry.isSymbolicLink() ? (realPath(path) ?? path) : path
        if (foreign.has(entry.name) || seen.has(real)) continue
        seen.add(real)
        waiting.push(real)
      } else if (kind === 'file') {
        if (isConfigurationFile(entry.name)) folders.add(folder)
        else if (mayHoldOther(entry.name)) others.push(path)
      }
    }
  }
  return { folders: [...folders].sort(), others: others.sort() }
}

function entriesOf(folder: string, { cwd, onGap }: DiscoverOptions): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const name = relativePath(cwd, folder)
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    onGap({ kind: 'files', subject: name, reason: `${name} cannot be read: ${code}`, file: name })
    return []
  }
}

function kindOf(entry: Dirent): 'folder' | 'file' | null {
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() ? 'file' : null
}

/** What a link leads to, where it may be followed; else it is reported, if it could hide something. */
function linked(path: string, start: string, options: DiscoverOptions): 'folder' | 'file' | null {
  const name = relativePath(options.cwd, path)
  const real = realPath(path)
  if (real === null) {
    options.onWarning({
      message: `${name} is a link that leads nowhere or in a circle`,
      file: name,
    })
    return null
  }
  const isFolder = statSync(real).isDirectory()
  if (!isInside(real, options.top)) {
    if (!isFolder && !isConfigurationFile(basename(path)) && !mayHoldOther(path)) return null
    const reason = `${name} is a link that leads out of the tree: not followed`
    options.onGap({ kind: 'files', subject: name, reason, file: name })
    return null
  }
  if (!isFolder) return 'file'
  if (!isInside(real, start)) return 'folder'
  if (isInside(path, real))
    options.onWarning({
      message: `${name} is a link to a folder around it: not followed`,
      file: name,
    })
  // What the link leads to is met at its own place.
  return null
}
