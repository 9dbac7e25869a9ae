import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from './http.ts'

/** Slack's own limit for a request's age, in seconds. */
const oldest = 300

/** Whether Slack sent these bytes, lately: its v0 signature over the raw body. */
export function isFromSlack({ headers, body }: HttpRequest, secret: string, now: Date): boolean {
  const stamp = headers.get('x-slack-request-timestamp') ?? ''
  const given = headers.get('x-slack-signature') ?? ''
  if (!/^\d{1,12}$/.test(stamp) || given === '') return false
  if (Math.abs(now.getTime() / 1000 - Number(stamp)) > oldest) return false
  const mac = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')
  const [a, b] = [Buffer.from(given), Buffer.from(`v0=${mac}`)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A click on one of our buttons. */
export interface Click {
  readonly user: string
  readonly action: 'approve' | 'reject'
  readonly token: string
  readonly responseUrl: string | null
}

/** Reads what Slack posts when a button is clicked; null: it is something else. */
export function clickOf(body: string): Click | null {
  const payload = parse(new URLSearchParams(body).get('payload') ?? '')
  if (member(payload, 'type') !== 'block_actions') return null
  const actions = member(payload, 'actions')
  const [first]: readonly unknown[] = Array.isArray(actions) ? actions : []
  const action = member(first, 'action_id')
  const user = member(member(payload, 'user'), 'id')
  const token = member(first, 'value')
  const responseUrl = member(payload, 'response_url')
  if (action !== 'approve' && action !== 'reject') return null
  if (typeof user !== 'string' || typeof token !== 'string') return null
  return { user, action, token, responseUrl: typeof responseUrl === 'string' ? responseUrl : null }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? new Map(Object.entries(value)).get(name)
    : undefined
}
