import { type Machine, remembered } from '../eval/machine.ts'
import { fromBigInt, isInteger, toBigInt } from '../value/big.ts'
import { isArray, isNumber } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { count, string, wrongType } from './operands.ts'
import {
  type Civil,
  daysOf,
  fromCivil,
  maxNanos,
  minNanos,
  namedZone,
  toCivil,
  utc,
  type Zone,
} from './time/civil.ts'
import { parseDuration } from './time/duration.ts'
import { formatTime, namedLayouts, parseTime } from './time/layout.ts'

export const times: Readonly<Record<string, BuiltinFunction>> = {
  'time.now_ns': m => fromBigInt(m.now),
  'time.parse_ns': (_, a, b) => {
    const [layout, text] = [string(a, 1), string(b, 2)]
    return parsed(parseTime(namedLayouts.get(layout) ?? layout, text))
  },
  'time.parse_rfc3339_ns': (_, a) => parsed(parseTime('2006-01-02T15:04:05Z07:00', string(a, 1))),
  'time.parse_duration_ns': (_, a) => {
    const nanos = parseDuration(string(a, 1))
    if (typeof nanos === 'string') throw failure(nanos)
    return fromBigInt(nanos)
  },
  'time.format': (m, a) => {
    const { civil, layout } = moment(m, a)
    return formatTime(
      civil,
      namedLayouts.get(layout) ?? (layout || '2006-01-02T15:04:05.999999999Z07:00'),
    )
  },
  'time.date': (m, a) => {
    const { civil } = moment(m, a)
    return [civil.year, civil.month, civil.day]
  },
  'time.clock': (m, a) => {
    const { civil } = moment(m, a)
    return [civil.hour, civil.minute, civil.second]
  },
  'time.weekday': (m, a) => formatTime(moment(m, a).civil, 'Monday'),
  'time.add_date': (m, a, b, c, d) => {
    const { civil, zone } = moment(m, a)
    const [years, months, days] = [count(b, 2), count(c, 3), count(d, 4)]
    if (Math.max(Math.abs(years), Math.abs(months), Math.abs(days)) > 1e9)
      throw failure('time outside of valid range')
    const moved = {
      ...civil,
      year: civil.year + years,
      month: civil.month + months,
      day: civil.day + days,
    }
    return inRange(fromCivil(moved, zone))
  },
  'time.diff': (m, a, b) => difference(m, a, b),
}

function parsed(nanos: bigint | string): Value {
  if (typeof nanos === 'string') throw failure(nanos)
  return inRange(nanos)
}

function inRange(nanos: bigint): Value {
  if (nanos < minNanos || nanos > maxNanos) throw failure('time outside of valid range')
  return fromBigInt(nanos)
}

interface Moment {
  readonly nanos: bigint
  readonly civil: Civil
  readonly zone: Zone
  readonly layout: string
}

/** Nanoseconds, or an array of nanoseconds, zone and layout. */
function moment(m: Machine, value: Value): Moment {
  const [first, zoneName, layout] = isArray(value) ? value : [value]
  const expected = 'either number (ns) or [number (ns), string (tz)]'
  if (first === undefined) throw wrongType(1, value, expected)
  if (!isNumber(first)) throw wrongType(1, first, isArray(value) ? 'number' : expected)
  const nanos = isInteger(first) ? toBigInt(first) : undefined
  if (nanos === undefined || nanos < minNanos || nanos > maxNanos)
    throw failure('timestamp too big')
  const zone = zoneName === undefined ? utc : zoneOf(m, string(zoneName, 1))
  return {
    nanos,
    zone,
    civil: toCivil(nanos, zone),
    layout: layout === undefined ? '' : string(layout, 1),
  }
}

/** A policy does not learn where it runs: `Local` is UTC. */
function zoneOf(m: Machine, name: string): Zone {
  if (name === '' || name === 'UTC' || name === 'Local') return utc
  return remembered(m, 'zone', name, () => {
    const zone = namedZone(name)
    if (zone === undefined) throw failure(`unknown time zone ${name}`)
    return zone
  })
}

/** Years, months, days, hours, minutes and seconds between two moments, as a calendar counts them. */
function difference(m: Machine, a: Value, b: Value): Value {
  const first = moment(m, a)
  const second = moment(m, b)
  const other: Moment = { ...second, civil: toCivil(second.nanos, first.zone) }
  const [from, to] =
    first.nanos > other.nanos ? [other.civil, first.civil] : [first.civil, other.civil]
  let [years, months, days] = [to.year - from.year, to.month - from.month, to.day - from.day]
  let [hours, minutes, seconds] = [
    to.hour - from.hour,
    to.minute - from.minute,
    to.second - from.second,
  ]
  if (seconds < 0) [seconds, minutes] = [seconds + 60, minutes - 1]
  if (minutes < 0) [minutes, hours] = [minutes + 60, hours - 1]
  if (hours < 0) [hours, days] = [hours + 24, days - 1]
  if (days < 0) {
    days += daysOf(from.year, from.month + 1, 1) - daysOf(from.year, from.month, 1)
    months--
  }
  if (months < 0) [months, years] = [months + 12, years - 1]
  return [years, months, days, hours, minutes, seconds]
}
