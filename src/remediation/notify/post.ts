import { lookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublic, isWithin } from '../../check-kit/cidr.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs?: number
}

export type Post = (url: string, options: PostOptions) => Promise<Reply>

/** An address that messages must not go to. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

const largestReply = 64 * 1024

/**
 * Sends to https addresses on the internet alone. The address is judged when the connection is made, so that a name cannot
 * point elsewhere in between, and redirects are not followed. `loopback` is for tests: http to this machine too.
 */
export function poster({ loopback = false }: { readonly loopback?: boolean } = {}): Post {
  return (url, options) => {
    const target = parse(url, loopback)
    return new Promise((resolve, reject) => {
      const send = target.protocol === 'http:' ? plain : secure
      const sent = send(
        target,
        {
          method: 'POST',
          headers: {
            'user-agent': 'batten',
            ...options.headers,
            'content-length': String(Buffer.byteLength(options.body)),
          },
          lookup: guarded(loopback),
          signal: AbortSignal.timeout(options.timeoutMs ?? 5_000),
        },
        response => {
          read(response).then(resolve, reject)
        },
      )
      sent.on('error', reject)
      sent.end(options.body)
    })
  }
}

function parse(text: string, loopback: boolean): URL {
  if (!URL.canParse(text)) throw new Refused('the address for messages is no URL')
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.username !== '' || url.password !== '') {
    throw new Refused(`the address at ${url.host} holds a name and a password`)
  }
  const isHere = loopback && isLoopback(host)
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:')) {
    throw new Refused(`${url.protocol}//${url.host} is not https`)
  }
  // A literal address is connected to without asking lookup.
  if (isIP(host) !== 0 && !mayReach(host, loopback)) throw refusal(host)
  return url
}

function guarded(loopback: boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const bad = found.find(({ address }) => !mayReach(address, loopback))
      const [first] = found
      if (bad || !first) return done(refusal(`${host} (${bad?.address ?? 'nothing'})`), '')
      if (options.all) return done(null, found)
      done(null, first.address, first.family)
    })
  }
}

/** IPv6 that leads to an IPv4 address within it: 6to4, Teredo. */
const tunnels = ['2002::/16', '2001::/32']

function mayReach(address: string, loopback: boolean): boolean {
  const isOpen = isPublic(address) && !tunnels.some(range => isWithin(address, range))
  return isOpen || (loopback && isLoopback(address))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function refusal(host: string): Refused {
  return new Refused(`${host} is not an address on the internet`)
}

async function read(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > largestReply) break
    chunks.push(bytes)
  }
  response.destroy()
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  }
}
