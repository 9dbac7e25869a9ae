import type { Tags } from '../action.ts'
import type { Settings } from '../settings.ts'

const production = 'production'

/**
 * What the account is said to be, and the resource's tag, if it has one: both must be lower environments. Whatever cannot be
 * determined is production.
 */
export function environmentOf(
  account: string,
  tags: Tags | null,
  { accounts, environmentTags, lower }: Settings,
): string {
  const isLower = (name: string) => lower.includes(name.toLowerCase())
  const said = accounts.get(account)
  if (said !== undefined && !isLower(said)) return said
  const byName = new Map(
    Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
  )
  const tagged = environmentTags.flatMap(name => byName.get(name) ?? [])
  const higher = tagged.find(value => !isLower(value))
  return higher ?? tagged[0] ?? said ?? production
}
