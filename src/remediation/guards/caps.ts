import type { Limit } from '../record/store.ts'
import type { Case } from './guard.ts'

const hour = 3_600_000

/**
 * So many changes an hour in an account, and in a day no more than a share of the resources of a kind in a region: a check
 * that went wrong, or a flood of events, stops there. A kind that cannot be counted throws.
 */
export async function limitsOf(on: Case): Promise<readonly Limit[]> {
  const { action, target, settings, now } = on
  const { account, region } = target
  const moment = now.toISOString()
  const perHour: Limit = {
    name: `changes in ${account} in the hour ${moment.slice(0, 13)}`,
    most: settings.perHour,
    until: now.getTime() + 2 * hour,
  }
  if (!action.population) return [perHour]
  const all = await counted(on)
  const perDay: Limit = {
    name: `${action.id} in ${account} ${region} on ${moment.slice(0, 10)}`,
    most: Math.max(settings.few, Math.floor(all * settings.share)),
    until: now.getTime() + 48 * hour,
  }
  return [perHour, perDay]
}

const fresh = 5 * 60_000

function counted({ action, target, cloud, counts, now }: Case): Promise<number> {
  const name = `${action.id} ${target.account} ${target.region}`
  const known = counts.get(name)
  if (known && now.getTime() - known.at < fresh) return known.count
  const count = action.population?.(cloud, target) ?? Promise.resolve(0)
  counts.set(name, { at: now.getTime(), count })
  count.catch(() => counts.delete(name))
  return count
}
