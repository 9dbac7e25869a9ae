import { UserError } from '../errors.ts'
import { plain, plainLines } from '../text.ts'

/** Says an error in one line and gives its exit code: 2 for the user's mistakes, 4 for ours. */
export function explain(error: unknown, debug: boolean): number {
  const trace = error instanceof Error && error.stack ? error.stack : String(error)
  if (error instanceof UserError) {
    process.stderr.write(
      `batten: ${plain(error.message)}\n${debug ? `${plainLines(trace)}\n` : ''}`,
    )
    return 2
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    debug
      ? `batten: a bug in Batten: ${plainLines(trace)}\n`
      : `batten: a bug in Batten: ${plain(message)} (run again with --debug and report the trace)\n`,
  )
  return 4
}
