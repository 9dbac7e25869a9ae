import type { Diagnostic, Range } from '../ast.ts'
import { HclError } from '../hcl-error.ts'
import type { ParsedFile } from './files.ts'

/**
 * What Terraform would report at load or plan time. The kind says what a reader loses by it:
 * `syntax` a block that could not be read, `module` a module that is not there, `limit` work that was
 * refused, `unset` a variable without a value, `unresolved` what is known only after apply,
 * `invalid` everything else.
 */
export interface Problem extends Diagnostic {
  readonly kind: ProblemKind
  /** The address or name it is about, where there is one. */
  readonly subject?: string
}
export type ProblemKind = 'syntax' | 'module' | 'limit' | 'unset' | 'unresolved' | 'invalid'

/** Collects problems; the same one found again, in another instance of a module, is not added twice. */
export interface ProblemLog {
  add(problem: Problem): void
  readonly all: readonly Problem[]
}

/** Hostile input could bring any number; a person reads a few. */
const most = 1000

export function problemLog(): ProblemLog {
  const all: Problem[] = []
  const seen = new Set<string>()
  return {
    all,
    add(problem) {
      const key = `${problem.file}\n${problem.range.start}\n${problem.summary}\n${problem.subject ?? ''}`
      if (seen.has(key) || all.length >= most) return
      seen.add(key)
      all.push(problem)
    },
  }
}

export function problemAt(
  kind: ProblemKind,
  file: ParsedFile,
  range: Range,
  summary: string,
  detail: string,
  subject?: string,
): Problem {
  const { line, column } = file.at(range.start)
  const problem = { kind, summary, detail, file: file.name, range, line, column }
  return subject === undefined ? problem : { ...problem, subject }
}

/** An error of the evaluator's as a problem. One inside a template file is told at the call. */
export function problemOf(error: unknown, file: ParsedFile, range: Range): Problem {
  if (!(error instanceof HclError)) throw error
  const here = error.file === undefined || error.file === file.name
  const detail = here ? error.detail : `${error.detail} (${error.file})`
  return problemAt('invalid', file, here ? error.range : range, error.summary, detail)
}
