import { FunctionError } from './spec.ts'
import { type Timestamp, weekdayOf, zone } from './timestamp.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const verbs: ReadonlyMap<string, (time: Timestamp) => string> = new Map([
  ['YYYY', time => pad(time.year, 4)],
  ['YY', time => pad(time.year % 100, 2)],
  ['MMMM', time => months[time.month - 1] ?? ''],
  ['MMM', time => (months[time.month - 1] ?? '').slice(0, 3)],
  ['MM', time => pad(time.month, 2)],
  ['M', time => String(time.month)],
  ['DD', time => pad(time.day, 2)],
  ['D', time => String(time.day)],
  ['EEEE', time => days[weekdayOf(time)] ?? ''],
  ['EEE', time => (days[weekdayOf(time)] ?? '').slice(0, 3)],
  ['hh', time => pad(time.hour, 2)],
  ['h', time => String(time.hour)],
  ['HH', time => pad(time.hour % 12 || 12, 2)],
  ['H', time => String(time.hour % 12 || 12)],
  ['AA', time => (time.hour < 12 ? 'AM' : 'PM')],
  ['aa', time => (time.hour < 12 ? 'am' : 'pm')],
  ['mm', time => pad(time.minute, 2)],
  ['m', time => String(time.minute)],
  ['ss', time => pad(time.second, 2)],
  ['s', time => String(time.second)],
  ['ZZZZZ', time => zone(time.offset, ':', undefined)],
  ['ZZZZ', time => zone(time.offset, '', undefined)],
  ['ZZZ', time => zone(time.offset, '', 'UTC')],
  ['Z', time => zone(time.offset, ':', 'Z')],
])

/** Runs of one letter are verbs, what stands in apostrophes is itself, and so is everything else. */
export function formatDate(format: string, time: Timestamp): string {
  let out = ''
  let at = 0
  while (at < format.length) {
    const first = format[at] ?? ''
    let end = at + 1
    if (first === "'") {
      end = endOfLiteral(format, at)
      out += format.slice(at + 1, end - 1).replaceAll("''", "'")
    } else if (/[A-Za-z]/.test(first)) {
      while (format[end] === first) end++
      const verb = verbs.get(format.slice(at, end))
      if (verb === undefined)
        throw new FunctionError(`no date verb: ${format.slice(at, end).slice(0, 20)}`, 0)
      out += verb(time)
    } else out += first
    at = end
  }
  return out
}

/** Two apostrophes within a literal stand for one. */
function endOfLiteral(format: string, start: number): number {
  let at = start + 1
  for (;;) {
    const quote = format.indexOf("'", at)
    if (quote < 0) throw new FunctionError('a literal has no end', 0)
    if (format[quote + 1] !== "'") return quote + 1
    at = quote + 2
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
