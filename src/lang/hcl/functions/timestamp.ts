/** Local time and its distance from UTC. */
export interface Timestamp {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: bigint
  /** Minutes east of Greenwich. */
  readonly offset: number
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([-+])(\d\d):(\d\d))$/

/** RFC 3339 as Go reads it; undefined for anything else, a 30th of February included. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number)
  const [hours = 0, minutes = 0] = match.slice(9, 11).map(part => Number(part ?? 0))
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59 || hours > 24 || minutes > 59) return undefined
  const offset = (match[8] === '-' ? -1 : 1) * (hours * 60 + minutes)
  const nanosecond = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'))
  return { year, month, day, hour, minute, second, nanosecond, offset }
}

/** Nanoseconds since 1970, UTC. */
export function instantOf(time: Timestamp): bigint {
  const local = utc(time.year, time.month, time.day, time.hour, time.minute, time.second)
  return BigInt(local - time.offset * 60_000) * 1_000_000n + time.nanosecond
}

/** Without fractions of a second, in the given distance from UTC. */
export function formatTimestamp(instant: bigint, offset: number): string {
  const remainder = instant % 1_000_000_000n
  const whole = instant - (remainder < 0n ? remainder + 1_000_000_000n : remainder)
  const local = new Date(Number(whole / 1_000_000n) + offset * 60_000)
  const year = String(local.getUTCFullYear()).padStart(4, '0')
  const rest = local.toISOString().replace(/^.*?(?=-\d\d-\d\dT)/, '')
  return `${year}${rest.slice(0, -5)}${zone(offset, ':', 'Z')}`
}

/** `+02:00`, with a word of its own for UTC. */
export function zone(offset: number, separator: string, utc: string | undefined): string {
  if (offset === 0 && utc !== undefined) return utc
  const size = Math.abs(offset)
  const parts = [Math.floor(size / 60), size % 60].map(part => String(part).padStart(2, '0'))
  return `${offset < 0 ? '-' : '+'}${parts.join(separator)}`
}

/** 0 is Sunday. */
export function weekdayOf(time: Timestamp): number {
  return new Date(utc(time.year, time.month, time.day, 0, 0, 0)).getUTCDay()
}

function daysIn(year: number, month: number): number {
  return new Date(utc(year, month + 1, 0, 0, 0, 0)).getUTCDate()
}

/** Date.UTC takes the years below 100 for those of the last century. */
function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second))
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime()
}
