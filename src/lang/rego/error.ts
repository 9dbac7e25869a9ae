export interface Location {
  readonly file: string
  /** From 1. */
  readonly row: number
  readonly col: number
}

export type ErrorCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_type_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'
  | 'eval_internal_error'
  | 'eval_conflict_error'
  | 'eval_type_error'
  | 'eval_builtin_error'
  | 'eval_with_merge_error'
  | 'eval_budget_error'

/** What OPA would report, with its code; `message` is the line that OPA prints: place, code and reason. */
export class RegoError extends Error {
  override readonly name = 'RegoError'
  readonly code: ErrorCode
  /** The message without place and code. */
  readonly reason: string
  readonly location: Location | undefined
  /** All errors of a compilation, this one included. */
  readonly errors: readonly RegoError[]

  constructor(
    code: ErrorCode,
    reason: string,
    location?: Location,
    errors: readonly RegoError[] = [],
  ) {
    // The parser throws when it tries one reading before another: a trace costs more than either.
    const { stackTraceLimit } = Error
    if (code !== 'eval_internal_error') Error.stackTraceLimit = 0
    super(`${place(location)}${code}: ${reason}`)
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
    this.reason = reason
    this.location = location && { file: location.file, row: location.row, col: location.col }
    this.errors = errors.length > 0 ? errors : [this]
  }
}

function place(location: Location | undefined): string {
  if (location === undefined) return ''
  return location.file === ''
    ? `${location.row}:${location.col}: `
    : `${location.file}:${location.row}: `
}

/** One error that carries all of them, ordered by place. */
export function joinErrors(errors: readonly RegoError[]): RegoError {
  const sorted = [...errors].sort(
    (a, b) =>
      compareText(a.location?.file ?? '', b.location?.file ?? '') ||
      (a.location?.row ?? 0) - (b.location?.row ?? 0) ||
      (a.location?.col ?? 0) - (b.location?.col ?? 0) ||
      compareText(a.code, b.code),
  )
  const [first] = sorted
  if (first === undefined) return new RegoError('eval_internal_error', 'no error')
  return new RegoError(first.code, first.reason, first.location, sorted)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
