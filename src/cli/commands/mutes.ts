import { resolve } from 'node:path'
import { select } from '../../engine/select.ts'
import { UserError } from '../../errors.ts'
import { plain } from '../../text.ts'
import { inspectMutelist, readMutelist } from '../../triage/mutelist.ts'
import { checkNames } from '../../triage/names.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import type { Flag, FlagValues } from '../flags.ts'
import { asksHelp } from '../help.ts'
import { policyCardFlags, policyCards } from '../policy-cards.ts'

export const verbs: readonly string[] = ['check']

export const flags: readonly Flag[] = policyCardFlags

/** `batten mutes check FILE`: exit 1 where an entry is expired, has no reason or mutes more than it says. */
export default async function mutes(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  if (asksHelp(verb)) return mutes(['check', '--help'])
  if (verb !== 'check') throw new UserError('usage: batten mutes check FILE')
  try {
    const about =
      'Look at a mutelist: entries that have expired, have no reason, name no check or mute more than they say. Exits with 1 where there are any.'
    const parsed = parseArguments({ name: 'mutes check', about, paths: 'FILE' }, flags, rest)
    const [file, ...more] = parsed.paths
    if (file === undefined || more.length > 0) throw new UserError('usage: batten mutes check FILE')
    return await check(file, parsed.flags)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}

async function check(file: string, values: FlagValues): Promise<number> {
  const mutelist = await readMutelist(resolve(file), file)
  const policies = (await policyCards(values)).map(({ card }) => card)
  const { checks } = await select({ policies })
  const warnings = inspectMutelist(mutelist, { names: checkNames(checks), now: new Date() })
  for (const { message, line } of warnings) {
    process.stdout.write(`${plain(`${file}:${line ?? 1}: ${message}`)}\n`)
  }
  process.stderr.write(`${mutelist.entries.length} entries, ${warnings.length} remarks\n`)
  return warnings.length > 0 ? 1 : 0
}
