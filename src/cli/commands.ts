import type { Flag } from './flags.ts'

/** What a command's file gives: the command, and what the shell may complete. */
export interface Command {
  readonly default: (args: readonly string[]) => Promise<number>
  readonly flags?: readonly Flag[]
  readonly verbs?: readonly string[]
  /** Of a verb that has a file of its own. */
  readonly verbOf?: (word: string) => Promise<Command | null>
}

/** Command → its file: nothing is loaded that the command does not need. */
const files = {
  aws: () => import('./commands/aws.ts'),
  doctor: () => import('./commands/doctor.ts'),
  iac: () => import('./commands/iac.ts'),
  scan: () => import('./commands/scan.ts'),
  checks: () => import('./commands/checks.ts'),
  compliance: () => import('./commands/compliance.ts'),
  baseline: () => import('./commands/baseline.ts'),
  mutes: () => import('./commands/mutes.ts'),
  policy: () => import('./commands/policy.ts'),
  remediate: () => import('./commands/remediate.ts'),
  sandbox: () => import('./commands/sandbox.ts'),
  completion: () => import('./commands/completion.ts'),
} as const

export const commandNames: readonly string[] = Object.keys(files)

export async function loadCommand(name: string): Promise<Command | null> {
  return isCommand(name) ? await files[name]() : null
}

function isCommand(word: string): word is keyof typeof files {
  return Object.hasOwn(files, word)
}
