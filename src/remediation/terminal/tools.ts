import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { actions } from '../aws/actions.ts'
import { type Cloud, given } from '../aws/cloud.ts'
import { memberCredentials } from '../aws/member-role.ts'
import { openCloud } from '../aws/open-cloud.ts'
import { parameterValue, parseTicket } from '../lambda-config.ts'
import { isFrozen } from '../lambda-tools.ts'
import { notifier } from '../notify/notifier.ts'
import { poster } from '../notify/post.ts'
import { dynamoStore } from '../record/dynamo-store.ts'
import { fileStore } from '../record/file-store.ts'
import { registryOf } from '../registry.ts'
import type { Settings } from '../settings.ts'
import type { Tools } from '../tools.ts'

export interface TerminalOptions {
  readonly settings: Settings
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder of the record. */
  readonly record: string
  /** The Lambda's table, in place of a folder. */
  readonly table: string | null
  readonly region: string
  readonly role: string | null
  readonly externalId: string | null
  readonly freezeParameter: string | null
  /** The Lambda that runs what is approved; null: this process does. */
  readonly mender: string | null
  readonly warn: (line: string) => void
}

/** The terminal's tools: the same as the Lambda's, with the credentials of whoever sits there. */
export function terminalTools(
  options: TerminalOptions,
): Tools & { caller(): Promise<string>; close(): void } {
  const { settings, env, region, warn } = options
  const remaining = () => Number.POSITIVE_INFINITY
  const own = openCloud({ region, remaining })
  const now = () => new Date()
  return {
    settings,
    registry: registryOf(actions),
    counts: new Map(),
    store:
      options.table === null ? fileStore(resolve(options.record)) : dynamoStore(own, options.table),
    cloud: async (target, action, purpose): Promise<Cloud> => {
      if (options.role === null) return openCloud({ region: target.region, remaining })
      const role = { arn: options.role, externalId: options.externalId }
      const credentials = await memberCredentials(own, role, { action, target, purpose })
      return openCloud({ region: target.region, remaining, credentials: async () => credentials })
    },
    freeze: async () =>
      options.freezeParameter !== null &&
      isFrozen(await parameterValue(own, options.freezeParameter)),
    ...notifier(
      {
        slack: env.BATTEN_SLACK_WEBHOOK || null,
        ticket: env.BATTEN_TICKET ? parseTicket(env.BATTEN_TICKET) : null,
        endpoint: null,
        keys: new Map(),
        start: async job => {
          if (options.mender === null) return
          const Payload = Buffer.from(JSON.stringify({ approved: job }))
          const to = { FunctionName: options.mender, InvocationType: 'Event' as const, Payload }
          await own.ask('lambda', 'Invoke', to)
        },
      },
      { post: poster(), now },
    ),
    now,
    random: () => randomBytes(16).toString('hex'),
    remaining,
    pauseMs: 1000,
    log: line => {
      if (typeof line.unsent === 'string') warn(`${line.unsent} was not told: ${String(line.why)}`)
    },
    caller: async () => given((await own.ask('sts', 'GetCallerIdentity', {})).Arn, 'Arn'),
    close: () => own.close(),
  }
}
