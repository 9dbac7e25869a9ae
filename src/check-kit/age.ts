/** Whole days that have passed since a moment in ISO 8601; null for no moment. */
export function daysSince(moment: string | undefined, now: Date): number | null {
  const time = Date.parse(moment ?? '')
  return Number.isNaN(time) ? null : Math.floor((now.getTime() - time) / day)
}

const day = 86_400_000
