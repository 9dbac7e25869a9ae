import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { Job } from '../record/job.ts'
import { account, finding } from '../sandbox.fixture.ts'
import { startReceiver } from '../slack.fixture.ts'
import { deliverPost } from './deliver-post.ts'
import { codeBlock, markdown, mrkdwn } from './escape.ts'
import { poster, Refused } from './post.ts'
import { slackMessage } from './slack.ts'
import { ticketRequest } from './ticket.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>> | undefined
afterEach(() => receiver?.close())

const now = new Date('2026-11-24T12:00:00Z')
const call = {
  service: 's3',
  operation: 'PutPublicAccessBlock',
  input: { Bucket: '<!channel>` *x*' },
}

function job(more: Partial<Job> = {}): Job {
  return {
    id: 'a'.repeat(20),
    state: 'queued',
    at: now.toISOString(),
    event: 'e',
    finding: finding({
      CheckID: 's3_bucket_public_access',
      ResourceId: 'arn:aws:s3:::<!channel>',
      ResourceName: '<https://evil.example|click *here*>\n<!here>',
      Terraform: 'block_public_acls = true\nname = "<!channel>"',
    }),
    action: 's3_bucket_public_access',
    target: {
      partition: 'aws',
      account,
      region: 'us-east-1',
      arn: 'arn:aws:s3:::<!channel>',
      name: 'x',
    },
    environment: 'production',
    outcome: 'QUEUED',
    why: ['the environment is <@U1> & production'],
    before: null,
    plan: null,
    after: null,
    ran: [],
    offer: { plan: { calls: [call], hash: 'h' }, nonce: 'n', expires: now.toISOString() },
    decision: null,
    undo: null,
    ...more,
  }
}

describe('row 108: a receiver that is not well', () => {
  const body = { body: '{}' }

  test.each([
    ['busy', [429, 429]],
    ['broken', [500, 503]],
    ['silent', ['hang']],
  ] as const)('%s is asked again', async (_, answers) => {
    receiver = await startReceiver(answers)
    const post = poster({ loopback: true })
    await deliverPost(post, receiver.url, { ...body, timeoutMs: 200 }, 1)
    expect(receiver.received).toHaveLength(answers.length + 1)
  })

  test('one that stays broken is given up after three times, without its address in the message', async () => {
    receiver = await startReceiver([500, 500, 500, 500])
    const post = poster({ loopback: true })
    const sent = deliverPost(post, `${receiver.url}/services/T1/B1/secret`, body, 1)
    await expect(sent).rejects.toThrow(/answered 500/)
    await expect(sent).rejects.not.toThrow(/secret/)
    expect(receiver.received).toHaveLength(3)
  })

  test('one that says no is not asked again', async () => {
    receiver = await startReceiver([404])
    await expect(deliverPost(poster({ loopback: true }), receiver.url, body, 1)).rejects.toThrow(
      /404/,
    )
    expect(receiver.received).toHaveLength(1)
  })

  test('a redirect is not followed', async () => {
    receiver = await startReceiver([302])
    await expect(deliverPost(poster({ loopback: true }), receiver.url, body, 1)).rejects.toThrow(
      /302/,
    )
  })
})

describe('row 109: addresses that messages must not go to', () => {
  test.each([
    'http://hooks.slack.com/x',
    'https://169.254.169.254/latest/meta-data/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://10.0.0.1/',
    'https://100.64.0.1/',
    'https://2852039166/',
    'https://0x7f.1/',
    'https://localhost/',
    'https://user:pass@hooks.slack.com/',
    'file:///etc/passwd',
    'gopher://x/',
    'nonsense',
    '',
  ])('%s', async url => {
    await expect(async () => await poster()(url, { body: '{}', timeoutMs: 500 })).rejects.toThrow(
      Refused,
    )
  })

  test('loopback is open to a test alone', async () => {
    receiver = await startReceiver()
    const { url } = receiver
    await expect(async () => await poster()(url, { body: '{}' })).rejects.toThrow(Refused)
    expect(await poster({ loopback: true })(url, { body: '{}' })).toMatchObject({ status: 200 })
  })
})

describe('row 110: what a resource’s name cannot do', () => {
  test('call people or link in Slack', () => {
    const { text, blocks } = slackMessage(job(), 'token')
    const marked = [
      text,
      ...blocks.flatMap(block => (block.type === 'section' ? [JSON.stringify(block)] : [])),
    ]
    for (const each of marked) expect(each).not.toMatch(/<[!@#h]/)
    expect(text).toContain('&lt;https://evil.example|click')
    expect(text).not.toContain('\n')
    // Calls and code are shown as they are, in an element that means nothing by itself.
    const verbatim = blocks.filter(block => block.type === 'rich_text')
    expect(JSON.stringify(verbatim)).toContain('<!channel>')
    expect(JSON.stringify(verbatim)).not.toContain('mrkdwn')
  })

  test('escape keeps the marks of emphasis and HTML from meaning anything', () => {
    expect(mrkdwn('a & <b> *c*')).toBe('a &amp; &lt;b&gt; \u2060*c\u2060*')
    expect(markdown('# [x](y) <b> @ada `c`')).not.toMatch(/(?<!\\)[#[\]()<>`]|@a/)
    expect(codeBlock(['a ``` b', 'c'], 100)).toBe('````\na ``` b\nc\n````')
  })

  test('a long plan stays within Slack’s limits', () => {
    const many = Array.from({ length: 500 }, () => call)
    const offer = { plan: { calls: many, hash: 'h' }, nonce: 'n', expires: now.toISOString() }
    const { blocks } = slackMessage(
      job({ offer, why: Array(200).fill('reason '.repeat(40)) }),
      'token',
    )
    expect(blocks.length).toBeLessThanOrEqual(50)
    for (const block of blocks) expect(JSON.stringify(block).length).toBeLessThan(12_000)
    for (const block of blocks) {
      if (block.type === 'section')
        expect((block.text as { text: string }).text.length).toBeLessThanOrEqual(3_000)
    }
  })
})

describe('a ticket', () => {
  const page = 'https://approve.example.com/decide/aaaaaaaaaaaaaaaaaaaa'

  test('is an issue on GitHub, with the exact calls and no token', () => {
    const { url, headers, body } = ticketRequest(
      job(),
      { kind: 'github', repository: 'acme/ops', token: 'ghp_x' },
      page,
      now,
    )
    expect(url).toBe('https://api.github.com/repos/acme/ops/issues')
    expect(headers).toMatchObject({ authorization: 'Bearer ghp_x' })
    const issue = JSON.parse(body)
    expect(issue.title).toContain('s3_bucket_public_access')
    expect(issue.body).toContain('s3:PutPublicAccessBlock')
    expect(issue.body).toContain(page)
    expect(issue.body).not.toMatch(/v1\.\w+\./)
  })

  test('is an issue in Jira, as text in its document', () => {
    const system = {
      kind: 'jira',
      site: 'https://acme.atlassian.net',
      project: 'OPS',
      user: 'u',
      token: 't',
    } as const
    const { url, body } = ticketRequest(job(), system, page, now)
    expect(url).toBe('https://acme.atlassian.net/rest/api/3/issue')
    const { fields } = JSON.parse(body)
    expect(fields.project).toEqual({ key: 'OPS' })
    expect(
      fields.description.content.every((each: { type: string }) => each.type === 'paragraph'),
    ).toBe(true)
  })

  test('is a signed message to a webhook', () => {
    const { headers = {}, body } = ticketRequest(
      job(),
      { kind: 'webhook', url: 'https://hook.example', secret: 's' },
      null,
      now,
    )
    const mac = createHmac('sha256', 's')
      .update(`v1:${now.getTime() / 1000}:${body}`)
      .digest('hex')
    expect(headers['x-batten-signature']).toBe(`v1=${mac}`)
    expect(JSON.parse(body)).toMatchObject({ job: 'a'.repeat(20), outcome: 'QUEUED' })
  })
})
