import { createHmac, timingSafeEqual } from 'node:crypto'
import { deliverPost } from '../notify/deliver-post.ts'
import { mrkdwn } from '../notify/escape.ts'
import type { Post } from '../notify/post.ts'
import { decidedMessage } from '../notify/slack.ts'
import type { Tools } from '../tools.ts'
import { type Decided, type Decision, decide } from './decide.ts'
import { type HttpRequest, type HttpResponse, largestBody, readHttp, reply } from './http.ts'
import { note, page } from './page.ts'
import { clickOf, isFromSlack } from './slack-request.ts'
import { jobOf, type Keys, tokenFor } from './token.ts'

export interface ApprovalTools {
  readonly tools: Tools
  readonly keys: Keys
  /** Null: no clicks in Slack are taken. */
  readonly slackSecret: string | null
  /** Where this endpoint is: what a browser must say that it comes from. */
  readonly endpoint: string
  readonly post: Post
  /** Whether Slack may be told at another address than its own: for tests. */
  readonly anyResponseUrl?: boolean
}

/** The approval endpoint. Only a POST decides; a GET shows, whoever or whatever follows the link. */
export async function approvals(event: unknown, on: ApprovalTools): Promise<HttpResponse> {
  const request = readHttp(event)
  const { method, path, body } = request
  if (Buffer.byteLength(body) > largestBody) return reply(413, 'too large')
  if (path === '/slack') return method === 'POST' ? slack(request, on) : notAllowed('POST')
  const [, job] = /^\/decide\/([0-9a-f]{20})$/.exec(path) ?? []
  if (job === undefined) return reply(404, 'not found')
  if (method === 'GET' || method === 'HEAD') return show(job, request, on)
  return method === 'POST' ? decideOnPage(job, request, on) : notAllowed('GET, POST')
}

async function slack(request: HttpRequest, on: ApprovalTools): Promise<HttpResponse> {
  const { tools, slackSecret, keys } = on
  if (slackSecret === null) return reply(404, 'not found')
  if (!isFromSlack(request, slackSecret, tools.now()))
    return reply(401, 'the signature is not good')
  const click = clickOf(request.body)
  if (!click) return reply(400, 'not a click on a button of ours')
  const decision = click.action === 'approve' ? 'approved' : 'rejected'
  const by = { by: click.user, via: 'slack' }
  const decided = await decide(click.token, decision, by, { keys, tools })
  await answerInSlack(click.responseUrl, decided, click.user, on)
  // Slack sends again what is not answered with 200; the decision stands either way.
  return reply(200, '')
}

/** Takes the buttons away. That it was told is not what the decision hangs on. */
async function answerInSlack(
  url: string | null,
  decided: Decided,
  user: string,
  { post, tools, anyResponseUrl }: ApprovalTools,
): Promise<void> {
  const { job } = decided
  if (url === null || !job || !(anyResponseUrl || isSlackUrl(url))) return
  const isOver = decided.ok || job.state !== 'queued'
  const message = isOver
    ? decidedMessage(job, decided.ok ? `${user}: ${job.state}` : decided.why)
    : {
        response_type: 'ephemeral',
        replace_original: false,
        text: decided.ok ? '' : mrkdwn(decided.why),
      }
  try {
    await deliverPost(post, url, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      timeoutMs: 1_500,
    })
  } catch (error) {
    tools.log({ untold: 'slack', job: job.id, why: error instanceof Error ? error.message : '' })
  }
}

function isSlackUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === 'https://hooks.slack.com'
}

async function show(
  id: string,
  { identity }: HttpRequest,
  on: ApprovalTools,
): Promise<HttpResponse> {
  const { tools, keys } = on
  if (identity === null) return html(401, note('Sign in', 'Decisions need somebody who is known.'))
  const job = await tools.store.job(id)
  if (!job) return html(404, note('Not found', 'There is no such job.'))
  const mayDecide = tools.settings.approvers.includes(identity)
  const token = mayDecide ? tokenFor(job, keys) : null
  if (token === null) return html(200, page(job, null))
  const cookie = tools.random()
  const csrf = csrfOf(cookie, id, identity, keys)
  const value = `${cookieName}=${cookie}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600`
  return html(200, page(job, { token, csrf }), [value])
}

async function decideOnPage(
  id: string,
  { identity, headers, cookies, body }: HttpRequest,
  { tools, keys, endpoint }: ApprovalTools,
): Promise<HttpResponse> {
  if (identity === null) return html(401, note('Sign in', 'Decisions need somebody who is known.'))
  const form = new URLSearchParams(body)
  const csrf = csrfOf(cookies.get(cookieName) ?? '', id, identity, keys)
  const isOurs = headers.get('origin') === new URL(endpoint).origin && cookies.has(cookieName)
  if (!isOurs || !same(form.get('csrf') ?? '', csrf)) {
    return html(403, note('Refused', 'The form did not come from this page: open it again.'))
  }
  const decision = form.get('decision')
  if (!isDecision(decision)) return html(400, note('Refused', 'Approve or reject.'))
  const token = form.get('token') ?? ''
  if (jobOf(token) !== id) return html(400, note('Refused', 'The approval is for another job.'))
  const decided = await decide(token, decision, { by: identity, via: 'page' }, { keys, tools })
  return decided.ok
    ? html(200, note('Thank you', `The job ${id} is ${decision}.`))
    : html(409, note('Not decided', decided.why))
}

const cookieName = '__Host-batten'

function csrfOf(cookie: string, job: string, identity: string, keys: Keys): string {
  const [key] = keys.values()
  if (key === undefined) throw new Error('there is no key to sign approvals with')
  const text = JSON.stringify(['csrf', cookie, job, identity])
  return createHmac('sha256', key).update(text).digest('base64url')
}

function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function isDecision(text: string | null): text is Decision {
  return text === 'approved' || text === 'rejected'
}

function html(status: number, body: string, cookies?: readonly string[]): HttpResponse {
  return reply(status, body, { type: 'text/html; charset=utf-8', ...(cookies ? { cookies } : {}) })
}

function notAllowed(allow: string): HttpResponse {
  const answer = reply(405, 'not allowed')
  return { ...answer, headers: { ...answer.headers, allow } }
}
