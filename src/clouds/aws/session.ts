import type { AwsCredentialIdentity } from '@smithy/types'
import { adaptiveGate, type Gate, type Pace } from '../pool.ts'
import { type CredentialOptions, credentials } from './credentials.ts'
import { type Failure, failureOf } from './failure.ts'
import { type Handler, hardenedHandler, type Limits } from './handler.ts'

/** One service's client class of the SDK, imported by whoever calls the service. */
export interface Service {
  /** As in IAM's actions: `s3`, `ec2`. */
  readonly name: string
  readonly client: (config: ClientConfig) => Client
  readonly concurrency?: number
}

export interface ClientConfig {
  readonly region: string
  readonly credentials: () => Promise<AwsCredentialIdentity>
  readonly requestHandler: Handler
  readonly retryMode: 'standard'
  readonly maxAttempts: number
  readonly profile?: string
}

export interface Client {
  send(command: never): Promise<unknown>
  destroy(): void
}

/** A command class of the SDK. */
export type Operation<Input, Output> = new (
  input: Input,
) => {
  readonly schema?: unknown
  resolveMiddleware(
    stack: never,
    configuration: never,
    options: never,
  ): (args: never) => Promise<{ output: Output }>
}

/** `GetBucketVersioning`: the command's schema says it. */
export function operationName(operation: Operation<never, unknown>): string {
  const known = names.get(operation)
  if (known !== undefined) return known
  const { schema } = new operation({} as never)
  const written: unknown = Array.isArray(schema) ? schema[2] : undefined
  const name = typeof written === 'string' ? written : operation.name.replace(/Command$/, '')
  names.set(operation, name)
  return name
}

const names = new WeakMap<Operation<never, unknown>, string>()

export interface SessionOptions {
  readonly profile?: string | undefined
  readonly role?: string | undefined
  readonly externalId?: string | undefined
  /** Where the calls go that belong to no region. */
  readonly region: string
  readonly signal: AbortSignal
  readonly patience?: Patience
}

export interface Patience extends Limits {
  readonly attempts: number
}

const usual: Patience = { connectMs: 5_000, requestMs: 60_000, attempts: 5 }

/** One account's credentials, with a client for each service and region, so that each learns its own pace. */
export interface Session {
  call<Input, Output>(
    service: Service,
    region: string,
    operation: Operation<Input, Output>,
    input: Input,
  ): Promise<Output>
  close(): void
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const patience = options.patience ?? usual
  const handler = hardenedHandler(patience, options.signal)
  const who: CredentialOptions = { ...options, handler }
  let identity = await credentials(who)
  let generation = 0
  let renewing: Promise<boolean> | null = null
  let clients = new Map<Service, Map<string, { client: Client; gate: Gate }>>()
  const broken = new Map<string, { count: number; error: unknown }>()
  let dead: { error: unknown } | null = null

  function clientOf(service: Service, region: string): { client: Client; gate: Gate } {
    const regions = clients.get(service) ?? new Map<string, { client: Client; gate: Gate }>()
    clients.set(service, regions)
    const known = regions.get(region)
    if (known) return known
    const client = service.client({
      region,
      credentials: async () => identity,
      requestHandler: handler,
      retryMode: 'standard',
      maxAttempts: patience.attempts,
      ...(options.profile === undefined ? {} : { profile: options.profile }),
    })
    const made = { client, gate: adaptiveGate(service.concurrency ?? 20) }
    regions.set(region, made)
    return made
  }

  /** Credentials that have expired are asked for once more; the same again are dead. */
  async function renew(since: number): Promise<boolean> {
    if (since !== generation) return true
    renewing ??= (async () => {
      const before = identity
      identity = await credentials(who)
      const isFresh = identity.sessionToken !== before.sessionToken
      if (isFresh) {
        generation++
        clients = new Map()
      }
      return isFresh
    })().finally(() => {
      renewing = null
    })
    return renewing
  }

  async function send<Input, Output>(
    service: Service,
    region: string,
    operation: Operation<Input, Output>,
    input: Input,
  ): Promise<Output> {
    for (let attempt = 0; ; attempt++) {
      if (dead) throw dead.error
      const at = generation
      try {
        const command = new operation(input)
        const { client } = clientOf(service, region)
        return (await client.send(command as never)) as Output
      } catch (error) {
        if (failureOf(error).kind !== 'expired') throw error
        if (attempt > 0 || !(await renew(at))) {
          dead = { error }
          throw error
        }
      }
    }
  }

  return {
    async call(service, region, operation, input) {
      const key = `${service.name} ${region} ${operationName(operation)}`
      return clientOf(service, region).gate.run(async () => {
        options.signal.throwIfAborted()
        const before = broken.get(key)
        if (before && before.count >= tolerated) throw before.error
        try {
          const answer = await send(service, region, operation, input)
          broken.delete(key)
          return answer
        } catch (error) {
          if (isLasting(failureOf(error)))
            broken.set(key, { count: (broken.get(key)?.count ?? 0) + 1, error })
          throw error
        }
      }, paceOf)
    },
    close: () => handler.destroy(),
  }
}

/** So many calls of one kind in a row that came to nothing after all retries, and the rest is not tried: a scan must end. */
const tolerated = 3

/**
 * The SDK has waited and tried again; how often stands in what it answers. Its own adaptive mode makes everybody wait in
 * a queue that nothing can call off.
 */
function paceOf(answer: unknown, error: unknown): Pace {
  if (error !== undefined) return failureOf(error).kind === 'throttled' ? 'too fast' : 'fine'
  const isAnswer = typeof answer === 'object' && answer !== null && '$metadata' in answer
  return isAnswer && attemptsOf(answer.$metadata) > 1 ? 'too fast' : 'fine'
}

function attemptsOf(metadata: unknown): number {
  if (typeof metadata !== 'object' || metadata === null || !('attempts' in metadata)) return 1
  return typeof metadata.attempts === 'number' ? metadata.attempts : 1
}

function isLasting({ kind }: Failure): boolean {
  return kind === 'throttled' || kind === 'unreachable' || kind === 'expired'
}
