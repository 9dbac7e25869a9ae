import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from './call.ts'
import type { Estate } from './estate.ts'
import { type Fault, type FaultKind, faultScript, type Occasion, serviceError } from './faults.ts'
import { byScope } from './services.ts'
import { createState, type State } from './state.ts'
import { decode, operationName } from './wire/decode.ts'
import { type Encoded, encode } from './wire/encode.ts'
import { ApiError, errorBody, escapeXml } from './wire/errors.ts'
import { type Incoming, readRequest, signedScope } from './wire/incoming.ts'
import type { Operation, Service } from './wire/service.ts'

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
    const request = await readRequest(message)
    if (options.latency) await pause(options.latency)
    const scope = signedScope(request)
    const service = scope && byScope(scope.signing, request.path)
    if (!service) return notServed(response, request, scope?.signing)
    const requestId = `00000000-0000-4000-8000-${String(calls.length + 1).padStart(12, '0')}`
    const decoded = await decode(service, request)
    const occasion = {
      service,
      operation: decoded?.operation.schema[2] ?? operationName(service, request),
      region: scope.region,
      input: asRecord(decoded?.input),
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
    const encoded = answer(occasion, decoded?.operation, kind, call, requestId)
    await send(response, encoded, kind, requestId, request)
  }
}

function answer(
  occasion: Occasion,
  operation: Operation | undefined,
  kind: FaultKind | undefined,
  call: Call,
  requestId: string,
): Encoded {
  const { service, region, input } = occasion
  try {
    const scripted = kind && serviceError(kind, occasion, call.state)
    if (scripted) throw scripted
    if (!operation) throw unknownOperation(service, occasion.operation)
    if (isClosed(call.state, region)) throw serviceError('region-closed', occasion, call.state)
    return encode(service, operation, operation.answer(input, call), requestId)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return errorAnswer(service, error, requestId)
  }
}

function errorAnswer(service: Service, error: ApiError, requestId: string): Encoded {
  const json = service.protocol.includes('json')
  return {
    status: error.status,
    headers: {
      ...error.headers,
      'content-type': json ? 'application/json' : 'text/xml;charset=UTF-8',
      ...(json ? { 'x-amzn-errortype': error.code } : {}),
    },
    body: errorBody(service, error, requestId),
  }
}

/** A region that is not opted in answers as if the credentials were wrong. */
function isClosed(state: State, region: string): boolean {
  return state.regions.some(one => one.RegionName === region && one.OptInStatus === 'not-opted-in')
}

function unknownOperation(service: Service, name: string): ApiError {
  const code = service.protocol.includes('json') ? 'UnknownOperationException' : 'InvalidAction'
  return new ApiError(code, 400, `The sandbox does not know the operation ${service.name}:${name}.`)
}

/** A request that no service here is signed for: in the form that the rest of it suggests. */
function notServed(response: ServerResponse, request: Incoming, signing: string | undefined): void {
  const code = signing ? 'UnknownOperationException' : 'MissingAuthenticationToken'
  const message = signing
    ? `The sandbox does not serve ${signing}.`
    : 'The request is not signed, so nobody knows which service it is for.'
  const isForm = /form-urlencoded/.test(request.headers['content-type'] ?? '') || !signing
  response.writeHead(signing ? 404 : 403, {
    'content-type': isForm ? 'text/xml' : 'application/json',
    'x-amzn-requestid': 'not-served',
    ...(isForm ? {} : { 'x-amzn-errortype': code }),
  })
  response.end(
    isForm
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></ErrorResponse>`
      : JSON.stringify({ __type: code, message }),
  )
}

async function send(
  response: ServerResponse,
  { status, headers, body }: Encoded,
  kind: FaultKind | undefined,
  requestId: string,
  request: Incoming,
): Promise<void> {
  const ids = { 'x-amz-request-id': requestId, 'x-amzn-requestid': requestId }
  const all = { ...headers, ...(kind === 'no-request-id' ? {} : ids) }
  const bytes = Buffer.from(request.method === 'HEAD' ? '' : body)
  if (typeof kind === 'object' && 'body' in kind) {
    response.writeHead(kind.status ?? 200, all)
    response.end(kind.body)
    return
  }
  switch (kind) {
    case 'hang':
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'empty':
      response.writeHead(200, ids)
      response.end()
      return
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<html><body><h1>Sign in to the guest network</h1></body></html>')
      return
    case 'truncated':
      response.writeHead(status, { ...all, 'content-length': bytes.length >> 1 })
      response.end(bytes.subarray(0, bytes.length >> 1))
      return
    case 'drip':
      response.writeHead(status, { ...all, 'content-length': bytes.length })
      for (const byte of bytes) {
        if (response.destroyed) return
        response.write(Buffer.of(byte))
        await pause(250)
      }
      response.end()
      return
    default:
      response.writeHead(status, { ...all, 'content-length': bytes.length })
      response.end(bytes)
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
