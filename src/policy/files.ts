import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { PolicyProblem } from './rule.ts'
import { isSidecar } from './sidecar.ts'

/** A file of a policy folder. */
export interface PolicyFile {
  /** Relative to the working directory, with slashes. */
  readonly name: string
  readonly path: string
  /** Folders between the policy folder and the file: where a data file hangs in `data`. */
  readonly folders: readonly string[]
  readonly text: string
}

export interface Found {
  readonly policies: readonly PolicyFile[]
  readonly tests: readonly PolicyFile[]
  /** YAML beside a policy of the same name. */
  readonly sidecars: readonly PolicyFile[]
  /** `data.json`, `data.yaml`. */
  readonly data: readonly PolicyFile[]
  readonly passedOver: readonly PassedOver[]
  readonly problems: readonly PolicyProblem[]
}

export interface PassedOver {
  readonly name: string
  readonly why: string
}

/** Looks for policies under folders, or takes files by their names. Throws UserError where there is none. */
export function findPolicies(paths: readonly string[], cwd: string): Found {
  const seen = new Set<string>()
  const found: Finding = {
    policies: [],
    tests: [],
    sidecars: [],
    data: [],
    passedOver: [],
    problems: [],
    files: 0,
  }
  for (const path of paths) {
    const before = found.policies.length + found.tests.length
    const full = resolve(cwd, path)
    const isFolder = kindAt(full, path) === 'folder'
    for (const file of isFolder ? filesUnder(full, cwd, found) : [full]) {
      const real = realpathSync.native(file)
      if (seen.has(real)) continue
      seen.add(real)
      sort(found, file, { top: isFolder ? full : dirname(full), cwd })
    }
    const isEmpty = found.policies.length + found.tests.length === before
    if (isEmpty && found.problems.length === 0)
      throw new UserError(`${path}: no policy here (a policy is a file that ends in .rego)`)
  }
  return found
}

type Finding = {
  -readonly [K in keyof Found]: Found[K] extends readonly (infer T)[] ? T[] : never
} & {
  files: number
}

function kindAt(full: string, path: string): 'folder' | 'file' {
  try {
    return statSync(full).isDirectory() ? 'folder' : 'file'
  } catch {
    throw new UserError(`${path}: no such folder of policies`)
  }
}

function* filesUnder(top: string, cwd: string, found: Finding): Generator<string> {
  const waiting = [top]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const deeper: string[] = []
    for (const entry of entriesOf(folder, cwd, found)) {
      const path = join(folder, entry.name)
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      if (entry.isSymbolicLink()) pass(found, nameOf(path, cwd), 'is a symbolic link')
      else if (entry.isDirectory()) deeper.push(path)
      else if (++found.files > mostFiles)
        throw new UserError(
          `${nameOf(top, cwd)}: more than ${mostFiles} files; name a folder of policies`,
        )
      else yield path
    }
    waiting.push(...deeper.reverse())
  }
}

const mostFiles = 20_000
const mostBytes = 2_000_000

function entriesOf(folder: string, cwd: string, found: Finding): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    found.problems.push(unreadable(nameOf(folder, cwd), error))
    return []
  }
}

function sort(found: Finding, path: string, { top, cwd }: { top: string; cwd: string }): void {
  const name = nameOf(path, cwd)
  const list = listFor(found, path)
  if (list === undefined) {
    if (isNear(path)) pass(found, name, 'is neither a policy nor named data.json or data.yaml')
    return
  }
  try {
    // What a link leads to: under a folder links are passed over, so somebody has named this one.
    const target = statSync(path)
    if (!target.isFile()) throw new Error('is no file')
    if (target.size > mostBytes) throw new Error('is larger than 2 MB')
    const text = utf8.decode(readFileSync(path))
    const folders = relative(top, dirname(path)).split(/[\\/]/).filter(Boolean)
    const file = { name, path, folders, text }
    if (list === found.sidecars && !isSidecar(file))
      pass(found, name, 'says nothing of the policy beside it')
    else list.push(file)
  } catch (error) {
    found.problems.push(unreadable(name, error))
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function listFor(found: Finding, path: string): PolicyFile[] | undefined {
  const name = basename(path)
  if (/_test\.rego$/.test(name)) return found.tests
  if (name.endsWith('.rego')) return found.policies
  if (/^data\.(json|ya?ml)$/.test(name)) return found.data
  const isSidecar = /\.ya?ml$/.test(name) && exists(path.replace(/\.ya?ml$/, '.rego'))
  return isSidecar ? found.sidecars : undefined
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** Something that people may take for a policy. */
function isNear(path: string): boolean {
  return /^\.(rego.*|json|ya?ml)$/i.test(extname(path)) || /\.rego\b/i.test(basename(path))
}

function pass(found: Finding, name: string, why: string): void {
  found.passedOver.push({ name, why })
}

function nameOf(path: string, cwd: string): string {
  return (relative(cwd, path) || path).replaceAll('\\', '/')
}

function unreadable(file: string, error: unknown): PolicyProblem {
  const why =
    error instanceof TypeError
      ? 'is not UTF-8'
      : error instanceof Error
        ? error.message.replace(/, \w+ '.*'$/, '')
        : String(error)
  return { file, row: 1, col: 1, code: 'policy_error', message: why }
}
