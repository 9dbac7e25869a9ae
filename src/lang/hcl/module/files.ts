import type { SourceFile } from '../ast.ts'
import type { Position } from '../lines.ts'
import type { FileAccess } from '../scope.ts'

/** A parsed file that knows its lines. */
export interface ParsedFile extends SourceFile {
  at(offset: number): Position
}

/** Where modules are read from: a disk behind a guard, or texts in memory. */
export interface ModuleFiles {
  /** Names of the files directly in the folder; null where there is no such folder. */
  list(folder: string): readonly string[] | null
  /** Null where the file cannot be read; whoever made this has noted why. */
  parse(path: string): ParsedFile | null
  text(path: string): string | null
  /** A path that stands in a module's `source` or in modules.json, seen from a folder; null where it may not be followed. */
  folder(from: string, relative: string): string | null
  file(folder: string, name: string): string
  /** What `file()` and its kin see from inside a module. */
  access(module: string, root: string): FileAccess
}
