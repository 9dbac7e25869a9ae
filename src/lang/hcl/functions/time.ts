import { unknown } from '../make.ts'
import { type Functions, plain } from './define.ts'
import { formatDate } from './format-date.ts'
import { FunctionError } from './spec.ts'
import { formatTimestamp, instantOf, parseTimestamp, type Timestamp } from './timestamp.ts'

export const time: Functions = {
  formatdate: plain({ format: 'string', time: 'string' }, 'string', ({ format, time }, context) => {
    context.budget.spend(format.length, 'formatdate')
    return formatDate(format, timestampOf(time, 1))
  }),
  plantimestamp: {
    params: [],
    returns: 'string',
    call: () => unknown('string', 'plantimestamp() is the moment of the plan'),
  },
  timeadd: plain(
    { timestamp: 'string', duration: 'string' },
    'string',
    ({ timestamp, duration }) => {
      const time = timestampOf(timestamp, 0)
      const sum = instantOf(time) + nanosecondsOf(duration)
      return formatTimestamp(sum, time.offset)
    },
  ),
  timecmp: plain(
    { timestamp_a: 'string', timestamp_b: 'string' },
    'number',
    ({ timestamp_a, timestamp_b }) => {
      const a = instantOf(timestampOf(timestamp_a, 0))
      const b = instantOf(timestampOf(timestamp_b, 1))
      return a < b ? -1 : a > b ? 1 : 0
    },
  ),
  timestamp: {
    params: [],
    returns: 'string',
    call: () => unknown('string', 'timestamp() is the moment of the apply'),
  },
}

function timestampOf(text: string, argument: number): Timestamp {
  const time = parseTimestamp(text)
  if (time === undefined)
    throw new FunctionError(`not an RFC 3339 timestamp: ${JSON.stringify(text)}`, argument)
  return time
}

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

/** Go's durations: `1h30m`, `-1.5h`, and `0` alone without a unit. */
function nanosecondsOf(text: string): bigint {
  const match = /^([-+]?)(0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text)
  const terms = match?.[2]
  if (terms === undefined || text.length > 200) throw invalid(text)
  let total = 0n
  for (const [, whole = '', fraction = '', unit = ''] of terms.matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const size = units.get(unit) ?? 0n
    total += BigInt(whole || 0) * size
    total += (BigInt(fraction || 0) * size) / 10n ** BigInt(fraction.length)
  }
  if (total >= 1n << 63n) throw invalid(text)
  return match?.[1] === '-' ? -total : total
}

function invalid(text: string): FunctionError {
  return new FunctionError(`not a duration: ${JSON.stringify(text)}`, 1)
}
