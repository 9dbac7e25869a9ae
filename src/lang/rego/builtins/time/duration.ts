const unitsOf: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['µs', 1000n],
  ['μs', 1000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

/** Go's durations: `1h15m30.918273645s`, in nanoseconds; a reason where the text is none. */
export function parseDuration(text: string): bigint | string {
  const quoted = JSON.stringify(text)
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:[^\d.]+))+|0)$/u.exec(text)
  if (match === null) return `time: invalid duration ${quoted}`
  const [, sign, body = ''] = match
  if (body === '0') return 0n
  let total = 0n
  for (const [, amount = '', unit = ''] of body.matchAll(/(\d+\.?\d*|\.\d+)([^\d.]+)/gu)) {
    const factor = unitsOf.get(unit)
    if (factor === undefined)
      return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`
    const [whole = '', fraction = ''] = amount.split('.')
    total += BigInt(whole || '0') * factor
    const digits = fraction.slice(0, 18)
    if (digits !== '') total += (BigInt(digits) * factor) / 10n ** BigInt(digits.length)
  }
  if (total > 2n ** 63n - (sign === '-' ? 0n : 1n)) return `time: invalid duration ${quoted}`
  return sign === '-' ? -total : total
}
