import { posix } from 'node:path'
import type { SourceFile } from '../ast.ts'
import { globMatcher } from '../glob.ts'
import { linesOf } from '../lines.ts'
import { parseFile } from '../parse-file.ts'
import { parseJsonFile } from '../parse-json.ts'
import { type FileAccess, Refused } from '../scope.ts'
import type { ModuleFiles, ParsedFile } from './files.ts'

/** Files that are texts in memory, by path from the root module. */
export function memoryFiles(texts: Readonly<Record<string, string>>): ModuleFiles {
  const byPath = new Map(Object.entries(texts).map(([path, text]) => [posix.normalize(path), text]))
  const parsed = new Map<string, ParsedFile | null>()
  return {
    list(folder) {
      const names = [...byPath.keys()]
        .filter(path => posix.dirname(path) === folder)
        .map(path => posix.basename(path))
      return names.length > 0 || folder === '.' ? names : null
    },
    parse(path) {
      const known = parsed.get(path)
      if (known !== undefined) return known
      const text = byPath.get(path)
      const file = text === undefined ? null : parseSource(path, text)
      parsed.set(path, file)
      return file
    },
    text: path => byPath.get(path) ?? null,
    folder(from, relative) {
      const path = posix.normalize(posix.join(from, relative)).replace(/\/$/, '')
      return path.startsWith('..') ? null : path
    },
    file: (folder, name) => posix.join(folder, name),
    access: module => memoryAccess(module, byPath),
  }
}

function memoryAccess(module: string, byPath: ReadonlyMap<string, string>): FileAccess {
  return {
    read(path) {
      const text = byPath.get(inside(path))
      return text === undefined ? null : new TextEncoder().encode(text)
    },
    list(folder, pattern, spend) {
      const top = inside(folder)
      const matches = globMatcher(pattern)
      for (const path of byPath.keys()) spend(costOf(path, pattern))
      return [...byPath.keys()]
        .map(path => posix.relative(top, path))
        .filter(path => !path.startsWith('..') && matches(path))
    },
    paths: { module, root: '.', cwd: '.' },
  }
}

/** Of looking at one path: in the worst case each character meets each of the pattern's. */
export function costOf(path: string, pattern: string): number {
  return 1 + Math.ceil((path.length * pattern.length) / 50)
}

function inside(path: string): string {
  const normal = posix.normalize(path)
  if (posix.isAbsolute(normal) || normal.startsWith('..'))
    throw new Refused(`${path} lies outside of the configuration`)
  return normal
}

/** Parses by the name's ending, and remembers the lines. */
export function parseSource(name: string, text: string | Uint8Array): ParsedFile {
  const file = name.endsWith('.json') ? parseJsonFile(name, text) : parseFile(name, text)
  return withLines(file)
}

function withLines(file: SourceFile): ParsedFile {
  let lines: ReturnType<typeof linesOf> | undefined
  return {
    ...file,
    at(offset) {
      lines ??= linesOf(file.text)
      return lines.at(offset)
    },
  }
}
