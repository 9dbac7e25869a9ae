import { randomBytes } from 'node:crypto'
import type { ApprovalTools } from './approval/approvals.ts'
import { actions } from './aws/actions.ts'
import type { Cloud } from './aws/cloud.ts'
import { memberCredentials } from './aws/member-role.ts'
import { openCloud } from './aws/open-cloud.ts'
import type { Counts } from './guards/guard.ts'
import type { Json } from './json.ts'
import {
  type Environment,
  type LambdaConfig,
  parameterValue,
  readLambdaConfig,
} from './lambda-config.ts'
import { notifier } from './notify/notifier.ts'
import { type Post, poster } from './notify/post.ts'
import { dynamoStore } from './record/dynamo-store.ts'
import { registryOf } from './registry.ts'
import type { Tools } from './tools.ts'

/** The part of Lambda's context that a run looks at. */
export interface Context {
  getRemainingTimeInMillis(): number
}

/** Settings are read again after this long, so that switching an action off does not wait for a new deployment. */
const fresh = 60_000

/** What stays from one invocation to the next: the configuration, for a minute. */
export function lambdaRuntime(
  env: Environment,
  {
    post = poster(),
    // Without the runtime's own words before it, which would hide the metrics in it from CloudWatch.
    log = line => process.stdout.write(`${line}\n`),
  }: { readonly post?: Post; readonly log?: (line: string) => unknown } = {},
) {
  const region = env.AWS_REGION ?? 'us-east-1'
  const registry = registryOf(actions)
  const counts: Counts = new Map()
  let known: { readonly config: Promise<LambdaConfig>; readonly at: number } | null = null

  function config(): Promise<LambdaConfig> {
    if (known && Date.now() - known.at < fresh) return known.config
    const ssm = openCloud({ region, remaining: () => 10_000, margin: 0 })
    const reading = readLambdaConfig(env, ssm).finally(() => ssm.close())
    known = { config: reading, at: Date.now() }
    // What failed is asked for again the next time.
    reading.catch(() => {
      known = null
    })
    return reading
  }

  async function tools(
    context: Context,
  ): Promise<Tools & { readonly config: LambdaConfig; close(): void }> {
    const read = await config()
    const remaining = () => context.getRemainingTimeInMillis()
    // The record is written to the last: what was done must be known.
    const own = openCloud({ region, remaining, margin: 200 })
    const now = () => new Date()
    return {
      config: read,
      settings: read.settings,
      registry,
      counts,
      store: dynamoStore(own, read.table),
      cloud: async (target, action, purpose): Promise<Cloud> => {
        const { role } = read
        if (role === null) return openCloud({ region: target.region, remaining })
        const credentials = await memberCredentials(own, role, { action, target, purpose })
        return openCloud({ region: target.region, remaining, credentials: async () => credentials })
      },
      freeze: async () => isFrozen(await parameterValue(own, read.freezeParameter)),
      ...notifier(
        {
          slack: read.slackWebhook,
          ticket: read.ticket,
          endpoint: read.endpoint,
          keys: read.keys,
          start: job => start(own, read, job),
        },
        { post, now },
      ),
      now,
      random: () => randomBytes(16).toString('hex'),
      remaining,
      pauseMs: 500,
      log: line => log(JSON.stringify(withMetric(line))),
      close: () => own.close(),
    }
  }

  return {
    config,
    tools,
    approvalTools: (of: Tools & { readonly config: LambdaConfig }): ApprovalTools => ({
      tools: of,
      keys: of.config.keys,
      slackSecret: of.config.slackSecret,
      endpoint: of.config.endpoint ?? '',
      post,
    }),
  }
}

/** Only the word itself lets changes through. */
export function isFrozen(value: string): boolean {
  return value.trim().toLowerCase() !== 'off'
}

async function start(cloud: Cloud, { mender }: LambdaConfig, job: string): Promise<void> {
  if (mender === null) throw new Error('BATTEN_FUNCTION is not set')
  await cloud.ask('lambda', 'Invoke', {
    FunctionName: mender,
    InvocationType: 'Event',
    Payload: Buffer.from(JSON.stringify({ approved: job })),
  })
}

/** CloudWatch's embedded metric format: an outcome is counted from the line that tells it. */
function withMetric(line: Readonly<Record<string, Json>>): object {
  if (typeof line.outcome !== 'string') return line
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: 'Batten/Remediation',
          Dimensions: [['Outcome']],
          Metrics: [
            { Name: 'Events', Unit: 'Count' },
            { Name: 'Capped', Unit: 'Count' },
          ],
        },
      ],
    },
    Outcome: line.outcome,
    Events: 1,
    Capped: line.capped === true ? 1 : 0,
    ...line,
  }
}
