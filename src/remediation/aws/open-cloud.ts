import type { AwsCredentialIdentity } from '@smithy/types'
import { codeOf, failureOf } from '../../clouds/aws/failure.ts'
import { hardenedHandler } from '../../clouds/aws/handler.ts'
import { OutOfTime } from '../outcome.ts'
import type { Cloud } from './cloud.ts'
import { type Client, type ServiceName, services } from './sdk/services.ts'

export interface CloudOptions {
  readonly region: string
  /** Left out: the SDK's own chain. */
  readonly credentials?: (() => Promise<AwsCredentialIdentity>) | undefined
  /** Milliseconds that the run may still take. */
  readonly remaining: () => number
  readonly maxAttempts?: number
  /** Default: {@link margin}. */
  readonly margin?: number
}

/** No call starts with less than this left: what it would do could not be recorded. */
export const margin = 3_000

/** Clients by service, made when they are first needed. */
export function openCloud(options: CloudOptions): Cloud {
  const closing = new AbortController()
  const handler = hardenedHandler({ connectMs: 3_000, requestMs: 20_000 }, closing.signal)
  const clients = new Map<ServiceName, Promise<Loaded>>()

  async function send(service: ServiceName, operation: string, input: object): Promise<unknown> {
    const { client, operations } = await loaded(service)
    const Command = operations.get(operation)
    if (!Command) throw new Error(`remediation does not call ${service}:${operation}`)
    const left = options.remaining() - (options.margin ?? margin)
    if (left <= 0) throw new OutOfTime(`no time is left for ${service}:${operation}`)
    const abortSignal = AbortSignal.timeout(Math.min(left, 2 ** 31 - 1))
    try {
      // The SDK writes into what it is given, and the call is what the record will say.
      return await client.send(new Command(structuredClone(input)) as never, { abortSignal })
    } catch (error) {
      if (!abortSignal.aborted) throw error
      throw new OutOfTime(`${service}:${operation} did not end in time`, { cause: error })
    }
  }

  function loaded(service: ServiceName): Promise<Loaded> {
    const known = clients.get(service)
    if (known) return known
    const fresh = load(service)
    clients.set(service, fresh)
    return fresh
  }

  async function load(service: ServiceName): Promise<Loaded> {
    const { service: table } = await services[service]()
    const client: Client = table.client({
      region: options.region,
      requestHandler: handler,
      maxAttempts: options.maxAttempts ?? 4,
      retryMode: 'adaptive',
      ...(options.credentials ? { credentials: options.credentials } : {}),
    })
    const operations = new Map<string, CommandClass>(Object.entries(table.operations) as never)
    return { client, operations }
  }

  return {
    ask: (service, operation, input) => send(service, operation, input as object) as never,
    async find(service, operation, input, absent) {
      try {
        return (await send(service, operation, input as object)) as never
      } catch (error) {
        if (absent.includes(codeOf(error))) return null
        throw error
      }
    },
    async run({ service, operation, input }) {
      if (!isService(service)) throw new Error(`remediation does not call ${service}`)
      const answer = await send(service, operation, input)
      return { requestId: requestIdOf(answer) }
    },
    close: () => closing.abort(),
  }
}

interface Loaded {
  readonly client: Client
  readonly operations: ReadonlyMap<string, CommandClass>
}

type CommandClass = new (input: object) => object

function isService(name: string): name is ServiceName {
  return Object.hasOwn(services, name)
}

function requestIdOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('$metadata' in answer)) return null
  const { $metadata: metadata } = answer
  if (typeof metadata !== 'object' || metadata === null || !('requestId' in metadata)) return null
  return typeof metadata.requestId === 'string' ? metadata.requestId : null
}

/** Whether AWS said it, or the way to AWS: no bug of ours. */
export function isOfAws(error: unknown): boolean {
  const isAnswer = typeof error === 'object' && error !== null && '$metadata' in error
  return isAnswer || isWithoutCredentials(error) || failureOf(error).kind !== 'other'
}

export function isWithoutCredentials(error: unknown): boolean {
  return codeOf(error) === 'CredentialsProviderError'
}

/** One line for the record: the code, and what AWS says; the missing permission is in it. */
export function reasonOf(error: unknown): string {
  const { code, message } = failureOf(error)
  return code === 'Error' || message.startsWith(code) ? message : `${code}: ${message}`
}
