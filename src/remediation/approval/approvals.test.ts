import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/aws/index.ts'
import { notifier } from '../notify/notifier.ts'
import { poster } from '../notify/post.ts'
import type { Job } from '../record/job.ts'
import { remediate } from '../remediate.ts'
import type { Result } from '../run.ts'
import { eventOf, finding, switchedOn, testTools } from '../sandbox.fixture.ts'
import { click, signed, slackSecret, startReceiver } from '../slack.fixture.ts'
import type { Tools } from '../tools.ts'
import { type ApprovalTools, approvals } from './approvals.ts'
import { tokenFor } from './token.ts'

const now = new Date('2026-11-24T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const keys = new Map([['k1', 'a'.repeat(40)]])
const endpoint = 'https://approve.example.com'
const bucket = finding({ CheckID: 's3_bucket_public_access', ResourceId: 'arn:aws:s3:::open' })

let sandbox: Sandbox
let slack: Awaited<ReturnType<typeof startReceiver>>
let clock: Date
let started: string[]
beforeEach(async () => {
  sandbox = await startSandbox({ s3: { buckets: [{ Name: 'open' }, { Name: 'other' }] } })
  slack = await startReceiver()
  clock = now
  started = []
})
afterEach(async () => {
  await sandbox.close()
  await slack.close()
})

/** A job that waits, and the endpoint that decides it. */
async function waiting(
  resource = bucket,
): Promise<{ on: ApprovalTools; tools: Tools; job: Job; token: string }> {
  const post = poster({ loopback: true })
  const settings = switchedOn({ accounts: new Map(), approvers: ['U1', 'ada@example.com'] })
  const { tools } = testTools(sandbox.url, {
    settings,
    now: () => clock,
    random: () => crypto.randomUUID().replaceAll('-', ''),
    ...notifier(
      {
        slack: `${slack.url}/hook`,
        ticket: null,
        endpoint,
        keys,
        start: async job => {
          started.push(job)
        },
      },
      { post, now: () => clock, pauseMs: 1 },
    ),
  })
  const on = { tools, keys, slackSecret, endpoint, post, anyResponseUrl: true }
  const { job: id } = (await remediate(eventOf(resource), tools)) as Result
  const job = await tools.store.job(id)
  if (!job) throw new Error('nothing waits')
  return { on, tools, job, token: tokenFor(job, keys) ?? '' }
}

const blockOf = (name: string) => sandbox.state.s3.buckets.get(name)?.publicAccessBlock

function mapped(
  headers: object,
  change: (name: string, value: string) => unknown,
): Record<string, unknown> {
  const entries = Object.entries(headers)
  return Object.fromEntries(entries.map(([name, value]) => [name, change(name, String(value))]))
}

describe('a click in Slack', () => {
  test('finds the message with its buttons, decides, starts the run and takes the buttons away', async () => {
    const { on, tools, job, token } = await waiting()
    const message = JSON.parse(slack.received[0]?.body ?? '{}')
    const buttons = message.blocks.at(-1).elements
    expect(
      buttons.map((each: { action_id: string; value: string; url?: string }) => [
        each.action_id,
        each.value,
        each.url,
      ]),
    ).toEqual([
      ['approve', token, undefined],
      ['reject', token, undefined],
    ])
    const event = click(token, { at: now, responseUrl: `${slack.url}/response` })
    expect(await approvals(event, on)).toMatchObject({ statusCode: 200 })
    expect(started).toEqual([job.id])
    expect(blockOf('open')).toBeUndefined()
    const answer = JSON.parse(slack.received.at(-1)?.body ?? '{}')
    expect(answer).toMatchObject({ replace_original: true })
    expect(answer.blocks.some((block: { type: string }) => block.type === 'actions')).toBe(false)

    expect(await remediate({ approved: job.id }, tools)).toMatchObject({ outcome: 'FIXED' })
    expect(blockOf('open')).toMatchObject({ BlockPublicAcls: true })
    const entries = []
    for await (const entry of tools.store.entries()) entries.push(entry.happening)
    expect(entries.map(each => each.kind)).toEqual(['ended', 'approved', 'started', 'ended'])
    expect(entries[2]).toMatchObject({ by: 'U1' })
  })

  test('reject ends it', async () => {
    const { on, tools, job, token } = await waiting()
    await approvals(click(token, { at: now, action: 'reject' }), on)
    expect(started).toEqual([])
    expect(await tools.store.job(job.id)).toMatchObject({ state: 'rejected' })
    await expect(remediate({ approved: job.id }, tools)).resolves.toMatchObject({ isRepeat: true })
    expect(blockOf('open')).toBeUndefined()
  })

  test('the body may come in base64, and is verified as it was sent', async () => {
    const { on, token } = await waiting()
    const event = click(token, { at: now })
    const encoded = {
      ...event,
      body: Buffer.from(event.body).toString('base64'),
      isBase64Encoded: true,
    }
    expect(await approvals(encoded, on)).toMatchObject({ statusCode: 200 })
    expect(started).toHaveLength(1)
  })

  test.each<[string, (token: string) => object]>([
    ['no signature', token => ({ ...click(token, { at: now }), headers: {} })],
    ['another secret', token => click(token, { at: now, secret: 'other' })],
    [
      'a body that was written anew',
      token => {
        const event = click(token, { at: now })
        return { ...event, body: event.body.replaceAll('%22', '"') }
      },
    ],
    ['six minutes ago', token => click(token, { at: later(-6) })],
    ['six minutes ahead', token => click(token, { at: later(6) })],
    [
      'a time that is none',
      token => click(token, { at: now, headers: { 'x-slack-request-timestamp': '1e9' } }),
    ],
  ])('row 104: %s is refused', async (_, make) => {
    const { on, token } = await waiting()
    expect(await approvals(make(token), on)).toMatchObject({ statusCode: 401 })
    expect(started).toEqual([])
  })

  test.each([
    ['no payload', ''],
    ['a payload that is no JSON', 'payload=%7B'],
    ['another kind of interaction', `payload=${encodeURIComponent('{"type":"view_submission"}')}`],
    [
      'a name like __proto__',
      `payload=${encodeURIComponent('{"__proto__":{"type":"block_actions"}}')}`,
    ],
  ])('row 104: %s is no click', async (_, body) => {
    const { on } = await waiting()
    expect(await approvals(signed(body, now, slackSecret), on)).toMatchObject({ statusCode: 400 })
  })

  test('row 105: a GET of anything changes nothing', async () => {
    const { on, tools, job, token } = await waiting()
    for (const rawPath of ['/slack', `/decide/${job.id}`, `/decide/${token}`, '/']) {
      await approvals({ requestContext: { http: { method: 'GET' } }, rawPath, headers: {} }, on)
      await approvals({ requestContext: { http: { method: 'HEAD' } }, rawPath, headers: {} }, on)
    }
    expect(await tools.store.job(job.id)).toMatchObject({ state: 'queued' })
    expect(started).toEqual([])
  })

  test('row 106: a double click and Slack’s own retry start one run', async () => {
    const { on, token } = await waiting()
    const event = click(token, { at: now })
    const retry = click(token, { at: now, headers: { 'x-slack-retry-num': '1' } })
    const answers = await Promise.all([event, event, retry, retry].map(each => approvals(each, on)))
    expect(answers.map(answer => answer.statusCode)).toEqual([200, 200, 200, 200])
    expect(started).toHaveLength(1)
  })

  test('row 107: somebody else may not, and is told alone', async () => {
    const { on, token } = await waiting()
    await approvals(click(token, { at: now, user: 'U2', responseUrl: `${slack.url}/response` }), on)
    expect(started).toEqual([])
    expect(JSON.parse(slack.received.at(-1)?.body ?? '{}')).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('U2'),
    })
  })

  test('row 107: an expired token, a changed one, one of another job, and a used one are refused', async () => {
    const { on, tools, job, token } = await waiting()
    const other = await waiting(
      finding({ CheckID: 's3_bucket_public_access', ResourceId: 'arn:aws:s3:::other' }),
    )
    const mac = (text: string) => text.split('.').at(-1) ?? ''
    const forged = [
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      token.replace(mac(token), mac(other.token)),
      token.replace('.k1.', '.k2.'),
      token.replace('v1.', 'v2.'),
      '',
      'x'.repeat(10_000),
    ]
    for (const each of forged) await approvals(click(each, { at: now }), on)
    clock = later(61)
    await approvals(click(token, { at: later(61) }), on)
    expect(started).toEqual([])
    expect(await tools.store.job(job.id)).toMatchObject({ state: 'queued' })
    clock = now
    await approvals(click(token, { at: now }), on)
    await approvals(click(token, { at: now }), on)
    expect(started).toEqual([job.id])
  })

  test('row 107: an approval is void where the resource has changed', async () => {
    const { on, tools, job, token } = await waiting()
    await approvals(click(token, { at: now }), on)
    const open = sandbox.state.s3.buckets.get('open')
    if (open) open.publicAccessBlock = { BlockPublicAcls: true }
    expect(await remediate({ approved: job.id }, tools)).toMatchObject({
      outcome: 'QUEUED',
      why: [expect.stringContaining('another one than U1 approved')],
    })
    expect(blockOf('open')).toEqual({ BlockPublicAcls: true })
    // The new plan is offered anew, with a token of its own.
    const again = await tools.store.job(job.id)
    expect(again && tokenFor(again, keys)).not.toBe(token)
    expect(again).toMatchObject({ state: 'queued' })
  })

  test('an approval that lies about for an hour is void', async () => {
    const { on, tools, job, token } = await waiting()
    await approvals(click(token, { at: now }), on)
    clock = later(62)
    expect(await remediate({ approved: job.id }, tools)).toMatchObject({
      outcome: 'QUEUED',
      why: [expect.stringContaining('too old')],
    })
  })

  test('row 107: an approval by somebody who may not when it runs is void', async () => {
    const { on, tools, job, token } = await waiting()
    await approvals(click(token, { at: now }), on)
    const settings = { ...tools.settings, approvers: ['U9'] }
    expect(await remediate({ approved: job.id }, { ...tools, settings })).toMatchObject({
      outcome: 'QUEUED',
      why: ['U1 is not among the approvers'],
    })
    expect(blockOf('open')).toBeUndefined()
  })

  test('an approval and a rejection at once: one of them counts', async () => {
    const { on, tools, job, token } = await waiting()
    const answers = await Promise.all([
      approvals(click(token, { at: now }), on),
      approvals(click(token, { at: now, action: 'reject' }), on),
    ])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    const decided = await tools.store.job(job.id)
    expect(['approved', 'rejected']).toContain(decided?.state)
    expect(started).toHaveLength(decided?.state === 'approved' ? 1 : 0)
    const kinds = []
    for await (const { happening } of tools.store.entries()) kinds.push(happening.kind)
    expect(kinds).toEqual(['ended', decided?.state])
  })

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://hooks.slack.com.evil.example/x',
    'https://hooks.slack.com@evil.example/x',
    'https://evil.example/hooks.slack.com',
    'http://hooks.slack.com/x',
    'https://hooks.slack.com:8443/x',
    'file:///etc/passwd',
    'x',
  ])('the answer goes to Slack alone, not to %s', async responseUrl => {
    const { on, token } = await waiting()
    const asked: string[] = []
    const post = async (url: string) => {
      asked.push(url)
      return { status: 200, headers: {}, text: '' }
    }
    const strict = { ...on, post, anyResponseUrl: false }
    await approvals(click(token, { at: now, responseUrl }), strict)
    expect(asked).toEqual([])
    expect(started).toHaveLength(1)
  })

  test.each<[string, (event: ReturnType<typeof click>) => object, number]>([
    [
      'a signature that comes twice',
      event => ({
        ...event,
        headers: mapped(event.headers, (name, value) =>
          name.toLowerCase() === 'x-slack-signature' ? `${value},${value}` : value,
        ),
      }),
      401,
    ],
    [
      'a signature of another length',
      event => ({
        ...event,
        headers: mapped(event.headers, (name, value) =>
          name.toLowerCase() === 'x-slack-signature' ? value.slice(0, -1) : value,
        ),
      }),
      401,
    ],
    [
      'headers that are no texts',
      event => ({ ...event, headers: mapped(event.headers, (_, value) => [value]) }),
      401,
    ],
    ['a body of 10 MB', event => ({ ...event, body: 'x'.repeat(10 << 20) }), 413],
    [
      'a body of 10 MB in base64',
      event => ({ ...event, body: 'eHh4'.repeat(3 << 20), isBase64Encoded: true }),
      413,
    ],
    ['a body that is none', event => ({ ...event, body: { payload: 1 } }), 401],
    [
      'a GET that would be a POST',
      event => ({
        ...event,
        requestContext: { http: { method: 'GET' } },
        headers: { ...event.headers, 'x-http-method-override': 'POST' },
      }),
      405,
    ],
    ['PUT', event => ({ ...event, requestContext: { http: { method: 'PUT' } } }), 405],
    ['a path that only ends so', event => ({ ...event, rawPath: '/x/../slack' }), 404],
  ])('%s decides nothing', async (_, change, statusCode) => {
    const { on, tools, job, token } = await waiting()
    const event = change(click(token, { at: now }))
    expect(await approvals(event, on)).toMatchObject({ statusCode })
    expect(await tools.store.job(job.id)).toMatchObject({ state: 'queued' })
    expect(started).toEqual([])
  })

  test.each([null, 7, 'x', [], {}, { requestContext: null }, { headers: 'x', cookies: 'y' }])(
    'a request that is none is answered: %j',
    async event => {
      const { on } = await waiting()
      expect(await approvals(event, on)).toMatchObject({ statusCode: 404 })
    },
  )

  test('frozen, an approval does not run', async () => {
    const { on, tools, job, token } = await waiting()
    await approvals(click(token, { at: now }), on)
    const frozen = { ...tools, freeze: async () => true }
    expect(await remediate({ approved: job.id }, frozen)).toMatchObject({ outcome: 'QUEUED' })
    expect(blockOf('open')).toBeUndefined()
  })

  test('an event that only says that it is approved is not believed', async () => {
    const { tools, job } = await waiting()
    await expect(remediate({ approved: job.id }, tools)).rejects.toThrow(/was not approved/)
    await expect(remediate({ approved: 'f'.repeat(20) }, tools)).rejects.toThrow(/no job/)
    expect(blockOf('open')).toBeUndefined()
    const outcomes = []
    for await (const { outcome } of tools.store.jobs()) outcomes.push(outcome)
    expect(outcomes.sort()).toEqual(['FAILED', 'FAILED', 'QUEUED'])
  })
})

describe('the page', () => {
  const jwt = (claims: object) => ({ authorizer: { jwt: { claims } } })
  const ada = jwt({ email: 'ada@example.com', email_verified: 'true' })
  const get = (id: string, who: object = ada) => ({
    requestContext: { http: { method: 'GET' }, ...who },
    rawPath: `/decide/${id}`,
    headers: {},
  })

  async function opened(job: Job, on: ApprovalTools) {
    const answer = await approvals(get(job.id), on)
    const field = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(answer.body)?.[1] ?? ''
    return {
      answer,
      csrf: field('csrf'),
      token: field('token'),
      cookie: answer.cookies?.[0]?.split(';')[0] ?? '',
    }
  }

  function post(
    job: Job,
    form: Record<string, string>,
    more: { cookies?: string[]; origin?: string; who?: object },
  ) {
    return {
      requestContext: { http: { method: 'POST' }, ...(more.who ?? ada) },
      rawPath: `/decide/${job.id}`,
      headers: { Origin: more.origin ?? endpoint },
      cookies: more.cookies ?? [],
      body: new URLSearchParams(form).toString(),
    }
  }

  test('shows the calls to whoever signed in, and a form to whoever may decide', async () => {
    const { on, job } = await waiting()
    const { answer, token } = await opened(job, on)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('s3:PutPublicAccessBlock')
    expect(token).not.toBe('')
    expect(answer.headers).toMatchObject({
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
    expect(answer.cookies?.[0]).toMatch(
      /^__Host-batten=\w{32}; Path=\/; Secure; HttpOnly; SameSite=Strict/,
    )
    const bob = await approvals(
      get(job.id, jwt({ email: 'bob@example.com', email_verified: true })),
      on,
    )
    expect(bob.body).not.toContain('<form')
    expect(await approvals(get(job.id, {}), on)).toMatchObject({ statusCode: 401 })
    const claimed = await approvals(get(job.id, jwt({ email: 'ada@example.com' })), on)
    expect(claimed.body).not.toContain('<form')
  })

  test('decides by POST from the page itself', async () => {
    const { on, job } = await waiting()
    const { csrf, token, cookie } = await opened(job, on)
    const answer = await approvals(
      post(job, { csrf, token, decision: 'approved' }, { cookies: [cookie] }),
      on,
    )
    expect(answer.statusCode).toBe(200)
    expect(started).toEqual([job.id])
  })

  test('refuses another origin, no cookie, another one’s form and another job’s token', async () => {
    const { on, job } = await waiting()
    const other = await waiting(
      finding({ CheckID: 's3_bucket_public_access', ResourceId: 'arn:aws:s3:::other' }),
    )
    const { csrf, token, cookie } = await opened(job, on)
    const form = { csrf, token, decision: 'approved' }
    const who = jwt({ email: 'eve@example.com', email_verified: 'true' })
    const tries = [
      post(job, form, { cookies: [cookie], origin: 'https://evil.example' }),
      post(job, form, {}),
      post(job, { ...form, csrf: 'x' }, { cookies: [cookie] }),
      post(job, form, { cookies: [cookie], who }),
      post(job, { ...form, token: other.token }, { cookies: [cookie] }),
      post(job, { ...form, decision: 'maybe' }, { cookies: [cookie] }),
      post(job, form, { cookies: [cookie], origin: 'null' }),
      post(job, form, { cookies: [cookie], origin: `${endpoint}.evil.example` }),
      post(job, form, { cookies: [`${cookie.split('=')[0]}=`] }),
      { ...post(job, form, { cookies: [cookie] }), body: JSON.stringify(form) },
    ]
    const codes = []
    for (const each of tries) codes.push((await approvals(each, on)).statusCode)
    expect(codes).toEqual([403, 403, 403, 403, 400, 400, 403, 403, 403, 403])
    expect(started).toEqual([])
  })

  test('escapes whatever a resource is called', async () => {
    const { on, tools, job } = await waiting()
    const name = '"><script>alert(1)</script>'
    const evil = {
      ...job,
      finding: job.finding && { ...job.finding, CheckID: name, ResourceId: name },
    }
    const store = { ...tools.store, job: async () => evil as Job }
    const answer = await approvals(get(job.id), { ...on, tools: { ...tools, store } })
    expect(answer.body).not.toContain('<script>')
    expect(answer.body).toContain('&#60;script&#62;')
  })

  test('a body over the limit, another path and another method are refused', async () => {
    const { on, job } = await waiting()
    const big = { ...post(job, {}, {}), body: 'x'.repeat(70_000) }
    expect(await approvals(big, on)).toMatchObject({ statusCode: 413 })
    const put = {
      requestContext: { http: { method: 'PUT' } },
      rawPath: `/decide/${job.id}`,
      headers: {},
    }
    expect(await approvals(put, on)).toMatchObject({ statusCode: 405 })
    expect(await approvals({}, on)).toMatchObject({ statusCode: 404 })
  })
})
