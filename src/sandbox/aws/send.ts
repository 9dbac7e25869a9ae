import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultKind } from './faults.ts'
import type { Encoded } from './wire/encode.ts'
import { escapeXml } from './wire/errors.ts'
import type { Incoming } from './wire/incoming.ts'

/** A request that no service here is signed for: in the form that the rest of it suggests. */
export function notServed(
  response: ServerResponse,
  request: Incoming,
  signing: string | undefined,
): void {
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

/** Writes the answer, or lets happen to it what is scripted. */
export async function send(
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
