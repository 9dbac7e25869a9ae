import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { answer } from './answer.ts'
import type { Call } from './call.ts'
import type { Estate } from './estate.ts'
import { type Fault, faultScript } from './faults.ts'
import { notServed, send } from './send.ts'
import { byScope } from './services.ts'
import { createState, type State } from './state.ts'
import { decode, operationName } from './wire/decode.ts'
import { ApiError } from './wire/errors.ts'
import { readRequest, signedScope } from './wire/incoming.ts'
import type { Service } from './wire/service.ts'

export interface SandboxOptions {
  /** 0, the usual: any free port. */
  readonly port?: number
  /** Milliseconds before each answer. */
  readonly latency?: number
  readonly pageSize?: number
  readonly faults?: readonly Fault[]
}

export interface Sandbox {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string
  /** Every call so far, in the order of arrival. */
  readonly calls: readonly RecordedCall[]
  /** The account as it stands, for a test to look at. */
  readonly state: State
  readonly close: () => Promise<void>
}

export interface RecordedCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly input: Readonly<Record<string, unknown>>
}

/** An AWS account on this machine's loopback: speaks the wire protocols, from a declared estate. */
export async function startSandbox(
  estate: Estate = {},
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const state = createState(estate)
  const calls: RecordedCall[] = []
  const fault = faultScript(options.faults ?? [])
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    serve(message, response).catch(error => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(error instanceof Error ? error.message : String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    state,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page in a browser whose name leads here is not what this machine serves.
    if (!isLoopback(message.headers.host ?? '')) {
      response.writeHead(421, { 'content-type': 'text/plain' })
      response.end('the sandbox answers to 127.0.0.1 and localhost alone')
      return
    }
    const request = await readRequest(message)
    if (options.latency) await pause(options.latency)
    const scope = signedScope(request)
    const service = scope && byScope(scope.signing, request.path)
    if (!service) return notServed(response, request, scope?.signing)
    const requestId = `00000000-0000-4000-8000-${String(calls.length + 1).padStart(12, '0')}`
    const decoded = await decode(service, request).catch(() => malformed(service))
    const known = decoded instanceof ApiError ? undefined : decoded
    const occasion = {
      service,
      operation: known?.operation.schema[2] ?? operationName(service, request),
      region: scope.region,
      input: asRecord(known?.input),
    }
    const { operation, region, input } = occasion
    calls.push({ service: service.name, operation, region, input })
    const kind = fault(occasion)
    const call: Call = {
      state,
      region,
      pageSize: options.pageSize,
      repeatsToken: kind === 'repeat-token',
    }
    const encoded = answer(occasion, decoded, kind, call, requestId)
    await send(response, encoded, kind, requestId, request)
  }
}

function isLoopback(host: string): boolean {
  return /^(?:127\.0\.0\.1|(?:[\w.-]+\.)?localhost)(?::\d{1,5})?$/i.test(host)
}

/** The codecs throw at a body that is no JSON or XML. */
function malformed(service: Service): ApiError {
  const code = service.protocol === 'rest-xml' ? 'MalformedXML' : 'SerializationException'
  return new ApiError(code, 400, 'The body of the request is not well-formed.')
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
