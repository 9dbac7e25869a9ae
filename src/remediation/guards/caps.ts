import type { Limit } from '../record/store.ts'
import type { Case } from './guard.ts'

const hour = 3_600_000

/**
 * So many changes an hour in an account, and in a day no more than a share of the resources of a kind in a region: a check
 * that went wrong, or a flood of events, stops there. A kind that cannot be counted throws.
 */
export async function limitsOf({
  action,
  target,
  settings,
  cloud,
  now,
}: Case): Promise<readonly Limit[]> {
  const { account, region } = target
  const moment = now.toISOString()
  const perHour: Limit = {
    name: `changes in ${account} in the hour ${moment.slice(0, 13)}`,
    most: settings.perHour,
    until: now.getTime() + 2 * hour,
  }
  if (!action.population) return [perHour]
  const all = await action.population(cloud, target)
  const perDay: Limit = {
    name: `${action.id} in ${account} ${region} on ${moment.slice(0, 10)}`,
    most: Math.max(settings.few, Math.floor(all * settings.share)),
    until: now.getTime() + 48 * hour,
  }
  return [perHour, perDay]
}
