/** A moment as people say it, in one zone. */
export interface Civil {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nano: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** Seconds east of Greenwich. */
  readonly offset: number
  readonly zone: string
}

const second = 1_000_000_000n
export const minNanos = -(2n ** 63n)
export const maxNanos = 2n ** 63n - 1n

/** Days since 1970 of a proleptic Gregorian date; months and days may lie outside of their ranges. */
export function daysOf(year: number, month: number, day: number): number {
  const months = year * 12 + (month - 1)
  const y = Math.floor(months / 12)
  const m = months - y * 12
  // Counted from March, so that the leap day is the last of its year.
  const shifted = m < 2 ? y - 1 : y
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((m + 10) % 12) + 2) / 5)
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468 + (day - 1)
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}

export function toCivil(nanos: bigint, zone: Zone): Civil {
  const utcSeconds = floorDiv(nanos, second)
  const nano = Number(nanos - utcSeconds * second)
  const { offset, name } = zone.at(Number(utcSeconds))
  const local = Number(utcSeconds) + offset
  const days = Math.floor(local / 86_400)
  const rest = local - days * 86_400
  return {
    ...dateOf(days),
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    nano,
    weekday: (((days + 4) % 7) + 7) % 7,
    offset,
    zone: name,
  }
}

export interface Zone {
  readonly at: (utcSeconds: number) => { readonly offset: number; readonly name: string }
}

export const utc: Zone = { at: () => ({ offset: 0, name: 'UTC' }) }

/** Nanoseconds since 1970 of a local time; Go's choice where a clock change makes it ambiguous. */
export function fromCivil(civil: Omit<Civil, 'weekday' | 'offset' | 'zone'>, zone: Zone): bigint {
  const { year, month, day, hour, minute, second: seconds, nano } = civil
  const local = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + seconds
  const guess = zone.at(local).offset
  let utcSeconds = local - guess
  const { offset } = zone.at(utcSeconds)
  if (offset !== guess) utcSeconds = local - offset
  return BigInt(utcSeconds) * second + BigInt(nano)
}

/** Undefined for a name that the platform does not know. */
export function namedZone(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
      timeZoneName: 'short',
    })
  } catch {
    return undefined
  }
  const at: Zone['at'] = utcSeconds => {
    const parts = new Map(
      format.formatToParts(new Date(utcSeconds * 1000)).map(({ type, value }) => [type, value]),
    )
    const get = (part: Intl.DateTimeFormatPartTypes): number => Number(parts.get(part) ?? 0)
    const year = parts.get('era') === 'BC' ? 1 - get('year') : get('year')
    const days = daysOf(year, get('month'), get('day'))
    const local = days * 86_400 + get('hour') * 3600 + get('minute') * 60 + get('second')
    return {
      offset: local - utcSeconds,
      name: shortName(parts.get('timeZoneName') ?? '', local - utcSeconds),
    }
  }
  return { at }
}

function shortName(name: string, offset: number): string {
  if (!/^(?:GMT|UTC)[+-−]/.test(name)) return name
  const minutes = Math.floor(Math.abs(offset) / 60)
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0')
  const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${hours}${rest}`
}
