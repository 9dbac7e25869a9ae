import { type Civil, daysOf, fromCivil, utc } from './civil.ts'

/** Go's layouts: a time is shown as the reference time, 15:04:05 on 2 January 2006, zone −0700, would be. */
const elements =
  /January|Jan|Monday|Mon|MST|2006|Z07:00:00|Z070000|Z07:00|Z0700|Z07|-07:00:00|-070000|-07:00|-0700|-07|002|01|02|03|04|05|06|15|PM|pm|_2006|__2|_2|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/g

const months =
  'January February March April May June July August September October November December'.split(' ')
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

export const namedLayouts: ReadonlyMap<string, string> = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
  ['RFC3339Nano', '2006-01-02T15:04:05.999999999Z07:00'],
])

function pad(value: number, width: number, fill = '0'): string {
  return String(value).padStart(width, fill)
}

export function formatTime(civil: Civil, layout: string): string {
  return layout.replace(elements, element => formatElement(civil, element))
}

function formatElement(c: Civil, element: string): string {
  const twelve = c.hour % 12 === 0 ? 12 : c.hour % 12
  switch (element) {
    case 'January':
      return months[c.month - 1] ?? ''
    case 'Jan':
      return (months[c.month - 1] ?? '').slice(0, 3)
    case '01':
      return pad(c.month, 2)
    case '1':
      return String(c.month)
    case 'Monday':
      return days[c.weekday] ?? ''
    case 'Mon':
      return (days[c.weekday] ?? '').slice(0, 3)
    case '02':
      return pad(c.day, 2)
    case '_2':
      return pad(c.day, 2, ' ')
    case '2':
      return String(c.day)
    case '002':
      return pad(yearDay(c), 3)
    case '__2':
      return pad(yearDay(c), 3, ' ')
    case '15':
      return pad(c.hour, 2)
    case '03':
      return pad(twelve, 2)
    case '3':
      return String(twelve)
    case '04':
      return pad(c.minute, 2)
    case '4':
      return String(c.minute)
    case '05':
      return pad(c.second, 2)
    case '5':
      return String(c.second)
    case '2006':
      return c.year < 0 ? `-${pad(-c.year, 4)}` : pad(c.year, 4)
    case '_2006':
      return `_${formatElement(c, '2006')}`
    case '06':
      return pad(((c.year % 100) + 100) % 100, 2)
    case 'PM':
      return c.hour >= 12 ? 'PM' : 'AM'
    case 'pm':
      return c.hour >= 12 ? 'pm' : 'am'
    case 'MST':
      return c.zone
  }
  if (/^[.,]/.test(element)) return formatFraction(c.nano, element)
  return formatOffset(c.offset, element)
}

function yearDay(c: Civil): number {
  return daysOf(c.year, c.month, c.day) - daysOf(c.year, 1, 1) + 1
}

function formatFraction(nano: number, element: string): string {
  const digits = pad(nano, 9).slice(0, element.length - 1)
  if (element[1] === '0') return element[0] + digits
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? '' : element[0] + trimmed
}

function formatOffset(offset: number, element: string): string {
  if (element.startsWith('Z') && offset === 0) return 'Z'
  const total = Math.abs(offset)
  const colon = element.includes(':') ? ':' : ''
  const parts = [pad(Math.floor(total / 3600), 2)]
  if (element.replace(/\D/g, '').length > 2) parts.push(pad(Math.floor(total / 60) % 60, 2))
  if (element.replace(/\D/g, '').length > 4) parts.push(pad(total % 60, 2))
  return `${offset < 0 ? '-' : '+'}${parts.join(colon)}`
}

interface Parsed {
  year: number
  month: number
  day: number
  yearDay: number | undefined
  hour: number
  minute: number
  second: number
  nano: number
  afternoon: boolean | undefined
  offset: number | undefined
}

/** Nanoseconds since 1970; a reason where the text does not have the layout's form. */
export function parseTime(layout: string, text: string): bigint | string {
  const fail = (rest: string, element: string): string =>
    `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(element)}`
  const t: Parsed = {
    year: 0,
    month: 1,
    day: 1,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nano: 0,
    afternoon: undefined,
    offset: undefined,
  }
  let rest = text
  let last = 0
  for (const match of layout.matchAll(elements)) {
    const literal = layout.slice(last, match.index)
    const [element] = match
    last = match.index + element.length
    const after = skipLiteral(rest, literal)
    if (after === undefined) return fail(rest, literal)
    rest = after
    const length = readElement(t, element, rest)
    if (length === undefined) return fail(rest, element)
    rest = rest.slice(length)
    // Seconds may have a fraction that the layout does not mention.
    if ((element === '05' || element === '5') && !/^[.,][09]/.test(layout.slice(last)))
      rest = rest.slice(readElement(t, '.9', rest) ?? 0)
  }
  const end = skipLiteral(rest, layout.slice(last))
  if (end === undefined) return fail(rest, layout.slice(last))
  if (end !== '') return `parsing time ${JSON.stringify(text)}: extra text: ${JSON.stringify(end)}`
  return finish(t, text)
}

/** A space of the layout stands for any number of them, none included. */
function skipLiteral(text: string, literal: string): string | undefined {
  let rest = text
  for (const c of literal) {
    if (c === ' ') {
      if (rest !== '' && rest[0] !== ' ') return undefined
      rest = rest.replace(/^ +/, '')
    } else if (rest.startsWith(c)) rest = rest.slice(c.length)
    else return undefined
  }
  return rest
}

const patterns: ReadonlyMap<string, RegExp> = new Map([
  ['2006', /^\d{4}/],
  ['06', /^\d\d/],
  ['01', /^\d\d/],
  ['1', /^\d\d?/],
  ['02', /^\d\d/],
  ['_2', /^ ?\d\d?/],
  ['2', /^\d\d?/],
  ['002', /^\d{3}/],
  ['__2', /^ {0,2}\d{1,3}/],
  ['15', /^\d\d?/],
  ['03', /^\d\d/],
  ['3', /^\d\d?/],
  ['04', /^\d\d/],
  ['4', /^\d\d?/],
  ['05', /^\d\d/],
  ['5', /^\d\d?/],
])

/** How much of the text the element took; undefined where it does not fit. */
function readElement(t: Parsed, element: string, text: string): number | undefined {
  const pattern = patterns.get(element)
  if (pattern !== undefined) {
    const digits = pattern.exec(text)?.[0]
    if (digits === undefined) return undefined
    return setNumber(t, element, Number(digits)) ? digits.length : undefined
  }
  if (element === 'PM' || element === 'pm') {
    const half = text.slice(0, 2)
    const [am, pm] = element === 'PM' ? ['AM', 'PM'] : ['am', 'pm']
    if (half !== am && half !== pm) return undefined
    t.afternoon = half === pm
    return 2
  }
  if (/^[.,]/.test(element)) return readFraction(t, element, text)
  if (element === 'MST') return readZoneName(t, text)
  if (/^(?:Z|-)0/.test(element)) return readOffset(t, element, text)
  return readName(t, element, text)
}

function setNumber(t: Parsed, element: string, value: number): boolean {
  switch (element) {
    case '2006':
      t.year = value
      return true
    case '06':
      t.year = value >= 69 ? 1900 + value : 2000 + value
      return true
    case '01':
    case '1':
      t.month = value
      return value >= 1 && value <= 12
    case '02':
    case '_2':
    case '2':
      t.day = value
      return true
    case '002':
    case '__2':
      t.yearDay = value
      return true
    case '15':
      t.hour = value
      return value < 24
    case '03':
    case '3':
      t.hour = value
      return value >= 0 && value <= 12
    case '04':
    case '4':
      t.minute = value
      return value < 60
    default:
      t.second = value
      return value < 60
  }
}

function readFraction(t: Parsed, element: string, text: string): number | undefined {
  const exact = element[1] === '0'
  const pattern = exact ? new RegExp(`^[.,]\\d{${element.length - 1}}`) : /^[.,]\d+/
  const fraction = pattern.exec(text)?.[0]
  if (fraction === undefined) return exact ? undefined : 0
  t.nano = Number(fraction.slice(1, 10).padEnd(9, '0'))
  return fraction.length
}

function readZoneName(t: Parsed, text: string): number | undefined {
  const name = /^(?:UTC|GMT(?:[+-]\d{1,2})?|[A-Z]{3,5}|[+-]\d\d(?:\d\d)?)/.exec(text)?.[0]
  if (name === undefined) return undefined
  const hours = /^GMT([+-]\d+)$/.exec(name)?.[1]
  t.offset = hours === undefined ? 0 : Number(hours) * 3600
  return name.length
}

function readOffset(t: Parsed, element: string, text: string): number | undefined {
  if (element.startsWith('Z') && text.startsWith('Z')) {
    t.offset = 0
    return 1
  }
  const colon = element.includes(':') ? ':' : ''
  const parts = element.replace(/\D/g, '').length / 2
  const pattern = new RegExp(`^([+-])(\\d\\d)${`${colon}(\\d\\d)`.repeat(parts - 1)}`)
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [whole, sign, hours = '0', minutes = '0', seconds = '0'] = match
  if (Number(hours) > 24 || Number(minutes) > 60) return undefined
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  t.offset = sign === '-' ? -total : total
  return whole.length
}

function readName(t: Parsed, element: string, text: string): number | undefined {
  const isMonth = element.startsWith('Jan')
  const long = element === 'January' || element === 'Monday'
  const names = isMonth ? months : days
  const lower = text.toLowerCase()
  const index = names.findIndex(name =>
    lower.startsWith((long ? name : name.slice(0, 3)).toLowerCase()),
  )
  const name = names[index]
  if (name === undefined) return undefined
  if (isMonth) t.month = index + 1
  return long ? name.length : 3
}

function finish(t: Parsed, text: string): bigint | string {
  const outside = (what: string): string =>
    `parsing time ${JSON.stringify(text)}: ${what} out of range`
  if (t.afternoon === true && t.hour < 12) t.hour += 12
  if (t.afternoon === false && t.hour === 12) t.hour = 0
  const length = daysOf(t.year, t.month + 1, 1) - daysOf(t.year, t.month, 1)
  if (t.day < 1 || t.day > length) return outside('day')
  const day = t.yearDay ?? t.day
  const month = t.yearDay === undefined ? t.month : 1
  const { year, hour, minute, second, nano } = t
  const local = fromCivil({ year, month, day, hour, minute, second, nano }, utc)
  return local - BigInt(t.offset ?? 0) * 1_000_000_000n
}
