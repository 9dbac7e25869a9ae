import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const slackSecret = 'slack-signing-secret'

/** A receiver on loopback that keeps what it gets, and answers as it is told. */
export async function startReceiver(answers: readonly (number | 'hang')[] = []) {
  const received: { readonly path: string; readonly headers: object; readonly body: string }[] = []
  const queue = [...answers]
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      const answer = queue.shift() ?? 200
      if (answer === 'hang') return
      response.writeHead(answer, answer === 429 ? { 'retry-after': '0' } : {})
      response.end('ok')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What Slack posts for a click, signed as Slack signs it. */
export function click(
  token: string,
  more: {
    readonly action?: 'approve' | 'reject'
    readonly user?: string
    readonly responseUrl?: string
    readonly at: Date
    readonly secret?: string
    readonly headers?: Readonly<Record<string, string>>
  },
) {
  const payload = JSON.stringify({
    type: 'block_actions',
    user: { id: more.user ?? 'U1' },
    response_url: more.responseUrl ?? null,
    actions: [{ action_id: more.action ?? 'approve', value: token }],
  })
  const body = new URLSearchParams({ payload }).toString()
  return signed(body, more.at, more.secret ?? slackSecret, more.headers)
}

export function signed(
  body: string,
  at: Date,
  secret: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const stamp = String(Math.floor(at.getTime() / 1000))
  const mac = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')
  return {
    requestContext: { http: { method: 'POST' } },
    rawPath: '/slack',
    headers: {
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${mac}`,
      ...headers,
    },
    body,
    isBase64Encoded: false,
  }
}
