import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export async function readRequest(message: IncomingMessage): Promise<Incoming> {
  const url = new URL(message.url ?? '/', 'http://localhost')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message) {
    const part = Buffer.from(chunk)
    length += part.length
    if (length > largestBody) throw new Error('the request body is too large')
    chunks.push(part)
  }
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks),
  }
}

const largestBody = 16 * 1024 * 1024

/** `Credential=KEY/DATE/REGION/SERVICE/aws4_request`, in the header or, when presigned, in the query. */
export function signedScope(
  request: Incoming,
): { readonly region: string; readonly signing: string; readonly accessKey: string } | undefined {
  const header = request.headers.authorization ?? ''
  const credential =
    /Credential=([^,\s]+)/.exec(header)?.[1] ?? request.query.get('X-Amz-Credential') ?? ''
  const [accessKey = '', , region, signing] = credential.split('/')
  return region && signing ? { region, signing, accessKey } : undefined
}
