import { resolve } from 'node:path'
import { select } from '../../engine/select.ts'
import { UserError } from '../../errors.ts'
import { plain } from '../../text.ts'
import { inspectMutelist, readMutelist } from '../../triage/mutelist.ts'
import { checkNames } from '../../triage/names.ts'
import { asksHelp } from '../help.ts'

export const verbs: readonly string[] = ['check']

const usage = `Usage: batten mutes check FILE

Look at a mutelist: entries that have expired, have no reason, name no check or mute more than
they say. Exits with 1 where there are any.
`

/** `batten mutes check FILE`: exit 1 where an entry is expired, has no reason or mutes more than it says. */
export default async function mutes(args: readonly string[]): Promise<number> {
  const [verb, file] = args
  if (asksHelp(verb) || asksHelp(file)) {
    process.stdout.write(usage)
    return 0
  }
  if (verb !== 'check' || file === undefined) throw new UserError('batten mutes check FILE')
  const mutelist = await readMutelist(resolve(file), file)
  const { checks } = await select({})
  const warnings = inspectMutelist(mutelist, { names: checkNames(checks), now: new Date() })
  for (const { message, line } of warnings) {
    process.stdout.write(`${plain(`${file}:${line ?? 1}: ${message}`)}\n`)
  }
  process.stderr.write(`${mutelist.entries.length} entries, ${warnings.length} remarks\n`)
  return warnings.length > 0 ? 1 : 0
}
