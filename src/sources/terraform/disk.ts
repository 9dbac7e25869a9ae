import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Gap } from '../../errors.ts'
import { globMatcher } from '../../lang/hcl/glob.ts'
import type { ModuleFiles, ParsedFile } from '../../lang/hcl/module/files.ts'
import { costOf, parseSource } from '../../lang/hcl/module/memory-files.ts'
import { type FileAccess, Refused } from '../../lang/hcl/scope.ts'
import { isInside, relativePath } from './top.ts'

export interface DiskOptions {
  /** Names of files are told relative to this. */
  readonly cwd: string
  /** Nothing outside of this real path is read. */
  readonly top: string
  /** Real paths of files that the user named, wherever they are. */
  readonly named?: ReadonlySet<string>
  /** Told once for each file that could not be read. */
  readonly onGap: (gap: Gap) => void
}

export interface Disk extends ModuleFiles {
  /** Every file that was parsed. */
  parsed(): readonly ParsedFile[]
}

const megabyte = 1_000_000
/** A configuration is written by people; larger files are something else. */
const mostBytes = 8 * megabyte

/** Modules on disk, behind a guard: no path and no link leads out of the top. */
export function disk({ cwd, top, named, onGap }: DiskOptions): Disk {
  const parsed = new Map<string, ParsedFile | null>()
  const nameOf = (path: string) => relativePath(cwd, path)

  function parse(path: string): ParsedFile | null {
    const known = parsed.get(path)
    if (known !== undefined) return known
    const file = readSource(path)
    parsed.set(path, file)
    return file
  }

  function readSource(path: string): ParsedFile | null {
    const name = nameOf(path)
    const bytes = readBounded(path, named?.has(path) ? path : top)
    if (typeof bytes !== 'string') return parseSource(name, bytes)
    onGap({ kind: 'files', subject: name, reason: `${name} ${bytes}`, file: name })
    return null
  }

  return {
    parse,
    parsed: () => [...parsed.values()].filter(file => file !== null),
    list: folder => fileNames(folder),
    text(path) {
      const bytes = readBounded(path, top)
      return typeof bytes === 'string' ? null : new TextDecoder().decode(bytes)
    },
    folder: (from, relative) => insideOf(top, resolve(from, relative)),
    file: (folder, name) => join(folder, name),
    access: (module, root) => access(module, root, top),
  }
}

/** The real path where it exists inside the top. */
function insideOf(top: string, path: string): string | null {
  const real = realPath(path)
  return real !== null && isInside(real, top) ? real : null
}

export function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function fileNames(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => !entry.isDirectory())
      .map(entry => entry.name)
      .sort()
  } catch {
    return null
  }
}

/** The bytes, or in words why not. */
export function readBounded(path: string, top: string, most = mostBytes): Uint8Array | string {
  try {
    const real = realpathSync(path)
    if (!isInside(real, top)) return 'is a link that leads out of the tree: not followed'
    const stat = statSync(real)
    if (!stat.isFile()) return 'is not a regular file'
    if (stat.size > most) {
      const size = Math.round(stat.size / megabyte)
      return `has ${size} MB, over the limit of ${most / megabyte} MB: not read`
    }
    return readFileSync(real)
  } catch (error) {
    return `cannot be read: ${wordsFor(error)}`
  }
}

function wordsFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM') return 'no permission'
  if (code === 'ENOENT') return 'it leads nowhere'
  if (code === 'ELOOP') return 'its links go in a circle'
  return typeof code === 'string' ? code : 'unknown error'
}

/** What `file()` and its kin may see. Relative paths start at the root module, where Terraform runs. */
function access(module: string, root: string, top: string): FileAccess {
  const open = (path: string): string | null => {
    const wanted = resolve(root, path)
    const real = realPath(wanted)
    if (real !== null && !isInside(real, top)) throw new Refused(`${path} lies outside of the tree`)
    if (real === null && !isInside(wanted, top))
      throw new Refused(`${path} lies outside of the tree`)
    return real
  }
  return {
    read(path) {
      const real = open(path)
      if (real === null) return null
      const bytes = readBounded(real, top)
      if (typeof bytes === 'string') throw new Refused(`${path} ${bytes}`)
      return bytes
    },
    list(folder, pattern, spend) {
      const real = open(folder)
      return real === null ? [] : matching(real, pattern, spend)
    },
    paths: { module: relativePath(root, module), root: '.', cwd: root },
  }
}

/** Entries that `fileset` may look at. */
const mostEntries = 20_000

function matching(
  folder: string,
  pattern: string,
  spend: (units: number) => void,
): readonly string[] {
  const isMatch = globMatcher(pattern)
  const found: string[] = []
  const waiting = ['']
  let seen = 0
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      if (++seen > mostEntries) throw new Refused(`${basename(folder)} has too many files`)
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      spend(costOf(path, pattern))
      if (entry.isDirectory()) waiting.push(path)
      else if (isMatch(path)) found.push(path)
    }
  }
  return found.sort()
}
