import { UserError } from '../../errors.ts'
import { HelpShown } from '../arguments.ts'
import { asksHelp } from '../help.ts'

/** Verb → its file. */
const verbs = {
  test: () => import('./policy-test.ts'),
  check: () => import('./policy-check.ts'),
  fmt: () => import('./policy-fmt.ts'),
  eval: () => import('./policy-eval.ts'),
  new: () => import('./policy-new.ts'),
} as const

const usage = `Usage: batten policy <test|check|fmt|eval|new> [options]

Your own policies in Rego.

  test [PATH…]    run their tests
  check [PATH…]   compile them, and look for attributes that no resource has
  fmt [PATH…]     lay them out as opa fmt does
  eval QUERY      ask a query of the input that a scan would give
  new ID          begin a policy, with its test

  batten policy <verb> --help   the verb's options
`

/** `batten policy test|check|fmt|eval|new` */
export default async function policy(args: readonly string[]): Promise<number> {
  const [verb = '', ...rest] = args
  if (asksHelp(verb)) {
    process.stdout.write(usage)
    return 0
  }
  if (!isVerb(verb)) throw new UserError('batten policy test|check|fmt|eval|new (each with --help)')
  try {
    const command = await verbs[verb]()
    return await command.default(rest)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}

function isVerb(word: string): word is keyof typeof verbs {
  return Object.hasOwn(verbs, word)
}
