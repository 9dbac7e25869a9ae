import type { Range } from './ast.ts'

/** A mistake in the source, in Terraform's own words: a summary that names its kind, a detail, a place. */
export class HclError extends Error {
  override readonly name = 'HclError'
  readonly summary: string
  readonly detail: string
  readonly range: Range
  /** The file that `range` counts in; undefined until {@link HclError.in} says it. */
  readonly file: string | undefined

  constructor(summary: string, detail: string, range: Range, file?: string) {
    super(detail === '' ? summary : `${summary}: ${detail}`)
    this.summary = summary
    this.detail = detail
    this.range = range
    this.file = file
  }

  /** The same error in that file. The innermost file stays: it was named where the range was known. */
  in(file: string): HclError {
    if (this.file !== undefined) return this
    return new HclError(this.summary, this.detail, this.range, file)
  }
}

/** The summary of an error that says: this asks for more work than is allowed. Nothing may catch it and go on. */
export const limitSummary = 'Limit reached'

/** Whether evaluation may go on behind the error, as `try` and an arm that is not chosen do. */
export function isRecoverable(error: unknown): error is HclError {
  return error instanceof HclError && error.summary !== limitSummary
}
