import type { Agent } from 'node:https'
import { getProxyForUrl } from 'proxy-from-env'
import { UserError } from '../errors.ts'

/** The agent that takes a host's HTTPS calls through the proxy, or undefined for those that go straight. */
export type Detour = (host: string, port: number | undefined) => Agent | undefined

/**
 * The proxy that HTTPS_PROXY and NO_PROXY name, as curl and the other tools of the trade read them. Calls over plain
 * HTTP go to endpoints that somebody chose, an emulator on this machine as a rule, and take no proxy.
 * Throws UserError where HTTPS_PROXY is no address.
 */
export async function detour(): Promise<Detour | null> {
  if (proxyFor('proxied.invalid', undefined) === '') return null
  // Loaded by those alone who have a proxy.
  const { HttpsProxyAgent } = await import('https-proxy-agent')
  const agents = new Map<string, Agent>()
  return (host, port) => {
    const proxy = proxyFor(host, port)
    if (proxy === '') return undefined
    // Its value may hold a password, so the message does not repeat it.
    if (!URL.canParse(proxy)) throw new UserError('HTTPS_PROXY is not an address')
    const agent = agents.get(proxy) ?? new HttpsProxyAgent(proxy, { keepAlive: true })
    agents.set(proxy, agent)
    return agent
  }
}

function proxyFor(host: string, port: number | undefined): string {
  const proxy = getProxyForUrl(`https://${host}${port === undefined ? '' : `:${port}`}`)
  // `proxy.example:3128` speaks HTTP, as curl has it.
  const isBare = !`${process.env.https_proxy ?? process.env.HTTPS_PROXY ?? ''}`.includes('://')
  return isBare ? proxy.replace(/^https:/, 'http:') : proxy
}
