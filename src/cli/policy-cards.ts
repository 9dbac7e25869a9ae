import { readConfig } from '../config.ts'
import type { CheckCard } from '../engine/select.ts'
import type { PolicyRule } from '../policy/index.ts'
import { plain } from '../text.ts'
import { type Flag, type FlagValues, scanFlags } from './flags.ts'
import { policyFolders } from './policy-setting.ts'

/** What names the policies, for whoever knows checks by their ids. */
export const policyCardFlags: readonly Flag[] = scanFlags.filter(({ name }) =>
  ['policy-dir', 'config'].includes(name),
)

/** The user's own policies as checks: those of --policy-dir, else of batten.yaml. What is wrong with one is said. */
export async function policyCards(
  values: FlagValues,
): Promise<readonly { readonly card: CheckCard; readonly rule: PolicyRule }[]> {
  const folders = await foldersOf(values)
  if (folders.length === 0) return []
  const [{ readPolicies, say }, { policyCard, withoutNamesakes }] = await Promise.all([
    import('../policy/index.ts'),
    import('../scan/policies.ts'),
  ])
  const { rules, problems } = await withoutNamesakes(readPolicies(folders, process.cwd()))
  for (const problem of problems) process.stderr.write(`${plain(say(problem))}\n`)
  return rules.map(rule => ({ card: policyCard(rule), rule }))
}

async function foldersOf({ 'policy-dir': given, config: named }: FlagValues) {
  if (Array.isArray(given)) return given.map(String)
  const cwd = process.cwd()
  const config = await readConfig(typeof named === 'string' ? named : undefined, cwd)
  return (config && policyFolders(config, typeof named === 'string', cwd)) ?? []
}
