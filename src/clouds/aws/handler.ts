import type { Agent } from 'node:https'
import type { Readable } from 'node:stream'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { HttpHandlerOptions, HttpRequest, HttpResponse } from '@smithy/types'
import { type Detour, detour } from '../proxy.ts'
import { Implausible } from './failure.ts'

export interface Limits {
  readonly connectMs: number
  /** For the whole exchange, the answer's body included. */
  readonly requestMs: number
  /** Of an answer's body; left out: far more than any page of a list has. */
  readonly mostBytes?: number
}

export interface Handler {
  readonly metadata: { readonly handlerProtocol: string }
  handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<{ response: HttpResponse }>
  destroy(): void
}

/**
 * Takes nothing for an answer of AWS that may not be one: the SDK reads an empty body or a sign-in page with status
 * 200 as an answer without members, which would pass for an account without resources.
 */
export function hardenedHandler(limits: Limits, signal: AbortSignal): Handler {
  const direct = nodeHandler(limits)
  const proxied = new Map<Agent, NodeHttpHandler>()
  let detours: Promise<Detour | null> | undefined

  async function handlerFor({ protocol, hostname, port }: HttpRequest): Promise<NodeHttpHandler> {
    if (protocol !== 'https:') return direct
    detours ??= detour()
    const agent = (await detours)?.(hostname, port)
    if (agent === undefined) return direct
    const handler = proxied.get(agent) ?? nodeHandler(limits, agent)
    proxied.set(agent, handler)
    return handler
  }

  function destroy(): void {
    for (const handler of [direct, ...proxied.values()]) handler.destroy()
  }

  // One listener for all: thousands of requests would each add and remove their own.
  signal.addEventListener('abort', destroy, { once: true })
  return {
    metadata: direct.metadata,
    destroy,
    async handle(request) {
      if (signal.aborted) throw named('AbortError', 'interrupted')
      const handler = await handlerFor(request)
      const started = performance.now()
      const { response } = await handler.handle(request as Parameters<typeof handler.handle>[0])
      const left = limits.requestMs - (performance.now() - started)
      const body = await collect(response.body, left, limits.mostBytes ?? mostBytes)
      if (handler !== direct) refuseProxy(response)
      refuseImplausible(request, response, body)
      return { response: Object.assign(response, { body }) }
    },
  }
}

function nodeHandler({ connectMs, requestMs }: Limits, agent?: Agent): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: connectMs,
    requestTimeout: requestMs,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets },
    httpsAgent: agent ?? { keepAlive: true, maxSockets },
    logger: silent,
  })
}

const maxSockets = 200
const silent = { debug() {}, info() {}, warn() {}, error() {} }

const mostBytes = 128 << 20

/** A body that trickles must not outlast the request, and one that has no end must not fill the memory. */
function collect(body: Readable, ms: number, most: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(
      () => body.destroy(named('TimeoutError', 'the answer did not end in time')),
      Math.max(1, ms),
    )
    body.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) chunks.push(chunk)
      else body.destroy(new Implausible(`the answer has more than ${most} bytes`))
    })
    body.once('end', () => {
      clearTimeout(timer)
      const [only] = chunks
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks))
    })
    body.once('error', error => {
      clearTimeout(timer)
      reject(error)
    })
    body.once('close', () => {
      clearTimeout(timer)
      if (!body.readableEnded) reject(named('ECONNRESET', 'the answer broke off'))
    })
  })
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

/** What a proxy refuses looks like an answer of the host's: a 403 would pass for a permission that is missing. */
function refuseProxy({ statusCode, headers }: HttpResponse): void {
  if (statusCode < 400 || hasRequestId(headers)) return
  const how = `the proxy of HTTPS_PROXY answered ${statusCode}`
  throw statusCode < 500 ? new Implausible(how) : broken(how, statusCode)
}

function hasRequestId(headers: HttpResponse['headers']): boolean {
  return headers['x-amz-request-id'] !== undefined || headers['x-amzn-requestid'] !== undefined
}

function refuseImplausible(request: HttpRequest, response: HttpResponse, body: Uint8Array): void {
  const { headers, statusCode } = response
  const what = `${request.hostname} answered ${statusCode}`
  const isDone = statusCode >= 200 && statusCode <= 299
  // Nothing is no page, and a change may be answered with nothing.
  if (!(isDone && body.length === 0) && isPage(headers['content-type'], body)) {
    const how = `${what} with a web page, not as AWS does`
    // A load balancer of AWS's own may answer so too, and then it asks to try again.
    throw statusCode < 500 ? new Implausible(how) : broken(how, statusCode)
  }
  if (!isDone) return
  if (!hasRequestId(headers)) throw new Implausible(`${what} without a request id, not as AWS does`)
  if (body.length === 0 && statusCode !== 204 && isRead(request))
    throw new Implausible(`${what} with nothing in it`)
}

/** By what it is: some who speak AWS's protocols say of JSON that it is HTML. */
function isPage(contentType = '', body: Uint8Array): boolean {
  const start = Buffer.from(body.subarray(0, 256)).toString('latin1').trimStart()
  return (
    /^(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b/i.test(start) ||
    (/^text\/html/i.test(contentType) && !/^[{[]|^<\?xml/.test(start))
  )
}

/** As the SDK's clients expect it of an answer that is worth another try. */
function broken(message: string, httpStatusCode: number): Error {
  return Object.assign(named('ServiceUnavailable', message), {
    $metadata: { httpStatusCode },
    $retryable: {},
  })
}

/** A change may well be answered with nothing: S3's PUT, KMS's and SQS's actions. */
function isRead({ method, headers }: HttpRequest): boolean {
  if (method !== 'POST') return method === 'GET'
  const action = headers['x-amz-target']?.split('.').at(-1)
  // The query protocols name their action in the body, and answer with an element in every case.
  return action === undefined || /^(?:Get|List|Describe|BatchGet|Query|Scan)/.test(action)
}
