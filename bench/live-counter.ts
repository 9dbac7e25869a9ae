// Stands before a cloud's endpoint and counts what is asked of it, by operation.
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface Counter {
  readonly url: string
  /** How often each operation was asked since the last time this was called. */
  take(): ReadonlyMap<string, number>
  close(): Promise<void>
}

export async function startCounter(upstream: string): Promise<Counter> {
  const { hostname, port } = new URL(upstream)
  const agent = new Agent({ keepAlive: true })
  let counts = new Map<string, number>()

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(incoming)
    const name = operationOf(incoming, body)
    counts.set(name, (counts.get(name) ?? 0) + 1)
    const onward = request(
      {
        agent,
        hostname,
        port,
        method: incoming.method,
        path: pathOf(incoming),
        headers: { ...incoming.headers, host: `${hostname}:${port}` },
      },
      answered => {
        if (answered.statusCode === 500) {
          answered.resume()
          return refuse(incoming, response)
        }
        response.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    onward.end(body)
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = counts
      counts = new Map()
      return taken
    },
    async close() {
      agent.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** As AWS answers an operation that it does not have: an emulator's 500 would be asked again and again, and time that. */
function refuse(incoming: IncomingMessage, response: ServerResponse): void {
  const json = incoming.headers['x-amz-target'] !== undefined
  response.writeHead(400, {
    'content-type': json ? 'application/x-amz-json-1.1' : 'text/xml',
    'x-amzn-requestid': '0',
  })
  response.end(
    json
      ? '{"__type":"UnknownOperationException"}'
      : '<ErrorResponse><Error><Code>InvalidAction</Code><Message>-</Message></Error></ErrorResponse>',
  )
}

/** A client that takes the counter for its proxy names the whole address. */
function pathOf(incoming: IncomingMessage): string {
  return (incoming.url ?? '/').replace(/^http:\/\/[^/?]*/, '')
}

function operationOf(incoming: IncomingMessage, body: Buffer): string {
  const service = /\/\d{8}\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '-'
  const target = incoming.headers['x-amz-target']
  if (typeof target === 'string') return `${service} ${target.split('.').at(-1)}`
  const action = /(?:^|&)Action=(\w+)/.exec(body.subarray(0, 2000).toString('latin1'))?.[1]
  if (action) return `${service} ${action}`
  const { pathname, searchParams } = new URL(pathOf(incoming), 'http://host')
  return `${service} ${incoming.method} ${service === 's3' ? (pathname === '/' ? '/' : `?${[...searchParams.keys()].join('&')}`) : pathname}`
}
