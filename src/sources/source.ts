import type { Gap, Warning } from '../errors.ts'
import type { Resource } from '../resource.ts'

/** What reading a source comes to. */
export interface Loaded {
  readonly resources: readonly Resource[]
  readonly gaps: readonly Gap[]
  readonly warnings: readonly Warning[]
  /** Comments that may hold an inline skip. */
  readonly comments: readonly SourceComment[]
  readonly files: number
}

export interface SourceComment {
  /** Relative to the working directory. */
  readonly file: string
  readonly line: number
  readonly text: string
}
