import { UserError } from '../../errors.ts'
import { HelpShown } from '../arguments.ts'
import type { Command } from '../commands.ts'
import { asksHelp } from '../help.ts'
import { compileLater } from '../v8.ts'

/** Verb → its file. */
const commands = {
  test: () => import('./policy-test.ts'),
  check: () => import('./policy-check.ts'),
  fmt: () => import('./policy-fmt.ts'),
  eval: () => import('./policy-eval.ts'),
  new: () => import('./policy-new.ts'),
} as const

export const verbs: readonly string[] = Object.keys(commands)

/** The verb's own module. */
export async function verbOf(word: string): Promise<Command | null> {
  return isVerb(word) ? await commands[word]() : null
}

const usage = `Usage: batten policy <test|check|fmt|eval|new> [options]

Your own policies in Rego.

  test [PATH…]    run their tests
  check [PATH…]   compile them, and look for attributes that no resource has
  fmt [PATH…]     lay them out as opa fmt does
  eval QUERY      ask a query of the input that a scan would give
  new NAME        begin a policy, with its tests

  batten policy <verb> --help   the verb's options
`

/** `batten policy test|check|fmt|eval|new` */
export default async function policy(args: readonly string[]): Promise<number> {
  const [verb = '', ...rest] = args
  if (asksHelp(verb)) {
    process.stdout.write(usage)
    return 0
  }
  compileLater()
  if (!isVerb(verb))
    throw new UserError('usage: batten policy test|check|fmt|eval|new (each with --help)')
  try {
    const command = await commands[verb]()
    return await command.default(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}

function isVerb(word: string): word is keyof typeof commands {
  return Object.hasOwn(commands, word)
}
