import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** The git tree that a path stands in, as a real path; without one, null. */
export function gitTop(path: string): string | null {
  let at = folderOf(realpathSync(path))
  for (;;) {
    if (existsSync(join(at, '.git'))) return at
    const above = dirname(at)
    if (above === at) return null
    at = above
  }
}

/** The deepest folder that all paths share. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths.map(path => folderOf(realpathSync(path)))
  let common = first
  for (const path of rest) {
    while (!isInside(path, common) && dirname(common) !== common) common = dirname(common)
  }
  return common
}

/** Both are real paths. */
export function isInside(path: string, folder: string): boolean {
  if (path === folder) return true
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** With `/` everywhere, `.` for the folder itself. */
export function relativePath(from: string, to: string): string {
  return relative(from, to).split(sep).join('/') || '.'
}

function folderOf(path: string): string {
  return statSync(path).isDirectory() ? path : dirname(path)
}
