/** A mistake of the user's: one line that says what, where and what to do. Exit code 2, no trace. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** Something that was asked for and could not be read; DESIGN's exit code 3. */
export interface Gap {
  readonly kind: 'files' | 'modules' | 'permissions' | 'regions' | 'calls'
  /** File, module address, region or permission: what a person would look for. */
  readonly subject: string
  /** One line: why, and where (`file:line:column`) if it is in a file. */
  readonly reason: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Resource types that the gap may hide; undefined means any. */
  readonly hides?: readonly string[]
}

/** A gap in one line; many reasons begin with the file and line that the subject is in. */
export function gapLine({ subject, reason }: Gap): string {
  return reason.startsWith(subject) ? reason : `${subject}: ${reason}`
}

/** A remark that does not make the scan incomplete. */
export interface Warning {
  readonly message: string
  readonly file?: string
  readonly line?: number
}
