import { credentials } from '../clouds/aws/credentials.ts'
import { hardenedHandler } from '../clouds/aws/handler.ts'
import { UserError } from '../errors.ts'
import { openCloud } from '../remediation/aws/open-cloud.ts'
import { sendFindings, type Unsent } from '../remediation/emit/send.ts'
import type { Report } from '../report.ts'
import { plain } from '../text.ts'
import type { FlagValues } from './flags.ts'

/** Whether all of it got there. */
export type Send = (report: Report) => Promise<boolean>

/** Sends what is new where `--send` says. What the flags say wrong is said before a scan begins. */
export function sender({ bus: named, profile: given, quiet }: FlagValues): Send {
  const bus = typeof named === 'string' ? named : 'default'
  const profile = typeof given === 'string' ? given : undefined
  const region = regionOf(bus)
  return report => sendReport(report, { bus, profile, region, quiet: quiet === true })
}

async function sendReport(
  report: Report,
  to: {
    readonly bus: string
    readonly region: string
    readonly profile: string | undefined
    readonly quiet: boolean
  },
): Promise<boolean> {
  const { bus, region, profile, quiet } = to
  const stop = new AbortController()
  const handler = hardenedHandler({ connectMs: 5_000, requestMs: 20_000 }, stop.signal)
  const cloud = openCloud({
    region,
    remaining: () => Number.POSITIVE_INFINITY,
    credentials: () => credentials({ profile, region, handler }),
  })
  try {
    const { sent, unsent } = await sendFindings(report.findings({ passed: false }), {
      ...{ cloud, bus, pauseMs: 500 },
    })
    if (!quiet) {
      const what = sent === 1 ? '1 finding' : `${sent} findings`
      process.stderr.write(`sent ${what} to the event bus ${plain(bus)} in ${region}\n`)
    }
    for (const line of complaints(unsent)) process.stderr.write(`batten: ${plain(line)}\n`)
    return unsent.length === 0
  } finally {
    cloud.close()
    stop.abort()
  }
}

/** One line for one reason, however many it hit. */
function complaints(unsent: readonly Unsent[]): readonly string[] {
  const byReason = new Map<string, Unsent[]>()
  for (const each of unsent) {
    const known = byReason.get(each.why) ?? []
    byReason.set(each.why, known)
    known.push(each)
  }
  return [...byReason].map(([why, all]) => {
    const [first] = all
    const more = all.length === 1 ? '' : ` and ${all.length - 1} more`
    return `not sent: ${first?.finding.CheckID} ${first?.finding.ResourceId}${more}: ${why}`
  })
}

/** An ARN says where the bus is; a name means the environment's own region. */
function regionOf(bus: string): string {
  if (!bus.startsWith('arn:')) {
    return process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || 'us-east-1'
  }
  const [, region] = /^arn:aws[\w-]*:events:([\w-]+):\d{12}:event-bus\/.+$/.exec(bus) ?? []
  if (region === undefined) throw new UserError(`--bus: '${bus}' is no event bus`)
  return region
}
