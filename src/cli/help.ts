import { UserError } from '../errors.ts'
import { nearest } from '../nearest.ts'

/** What `batten` alone prints. */
export function help(): string {
  return `Batten judges cloud configuration: running accounts and the code that declares them, with one set of checks.

Usage: batten <command> [options]

  aws                     scan running AWS accounts
  iac [PATH…]             scan Terraform code
  scan                    scan everything that batten.yaml names
  doctor aws [--policy]   what a scan could read with these credentials, or the IAM policy it needs
  checks [list|show ID]   the checks: what they ask, why, how to mend
  compliance [list|show FRAMEWORK]
                          frameworks, and which checks answer which requirement
  baseline write|show     findings to leave out from now on
  mutes check FILE        look at a mutelist: expired, unused or without a reason
  policy test|check|fmt|eval|new
                          your own policies in Rego: test, check, format, try, begin one
  remediate plan|apply|undo|list|approve|verify
                          mend what a scan of an account found, reversibly and on record
  sandbox [-- COMMAND…]   an example AWS account as a local endpoint, to try things on
  completion bash|zsh|fish
                          completes commands, flags, ids and files in your shell

  batten <command> --help   the command's options
  batten --version

Exit codes: 0 nothing failing, 1 findings, 2 wrong usage, 3 incomplete (something could not be read),
4 a bug in Batten, 130 interrupted.
`
}

/** Whether a word asks a command for its help. */
export function asksHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h' || word === 'help'
}

/** The error for a word that is no command, with the nearest one that is. */
export function unknownCommand(word: string, commands: readonly string[]): UserError {
  const near = nearest(word, commands)
  const hint = near === null ? '' : `; did you mean '${near}'?`
  return new UserError(`unknown command '${word}'${hint} (batten --help lists them)`)
}
