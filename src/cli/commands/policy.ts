import { UserError } from '../../errors.ts'
import { HelpShown } from '../arguments.ts'

/** Verb → its file. */
const verbs = {
  test: () => import('./policy-test.ts'),
  check: () => import('./policy-check.ts'),
  fmt: () => import('./policy-fmt.ts'),
  eval: () => import('./policy-eval.ts'),
  new: () => import('./policy-new.ts'),
} as const

/** `batten policy test|check|fmt|eval|new` */
export default async function policy(args: readonly string[]): Promise<number> {
  const [verb = '', ...rest] = args
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
