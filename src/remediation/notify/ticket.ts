import { createHmac } from 'node:crypto'
import { plain } from '../../text.ts'
import type { Job } from '../record/job.ts'
import { codeBlock, markdown } from './escape.ts'
import { messageOf } from './message.ts'
import type { PostOptions } from './post.ts'

/** Where tickets go. The secrets come from the environment, never from the settings file. */
export type TicketSystem =
  | {
      readonly kind: 'github'
      readonly repository: string
      readonly token: string
      readonly api?: string
    }
  | {
      readonly kind: 'jira'
      readonly site: string
      readonly project: string
      readonly type?: string
      readonly user: string
      readonly token: string
    }
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }

export interface TicketRequest extends PostOptions {
  readonly url: string
}

/** The request that opens a ticket; `page` is where an approver decides, and holds no token. */
export function ticketRequest(
  job: Job,
  system: TicketSystem,
  page: string | null,
  now: Date,
): TicketRequest {
  const title = titleOf(job)
  switch (system.kind) {
    case 'github':
      return {
        url: `${system.api ?? 'https://api.github.com'}/repos/${system.repository}/issues`,
        headers: {
          ...json,
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${system.token}`,
        },
        body: JSON.stringify({ title, body: body(job, page), labels: ['batten'] }),
      }
    case 'jira':
      return {
        url: `${system.site}/rest/api/3/issue`,
        headers: {
          ...json,
          authorization: `Basic ${Buffer.from(`${system.user}:${system.token}`).toString('base64')}`,
        },
        body: JSON.stringify({
          fields: {
            project: { key: system.project },
            issuetype: { name: system.type ?? 'Task' },
            summary: title,
            labels: ['batten', `batten-${job.id}`],
            description: document(plainBody(job, page)),
          },
        }),
      }
    case 'webhook': {
      const text = JSON.stringify({ ...messageOf(job), job: job.id, outcome: job.outcome, page })
      const seconds = Math.floor(now.getTime() / 1000)
      const mac = createHmac('sha256', system.secret).update(`v1:${seconds}:${text}`).digest('hex')
      return {
        url: system.url,
        headers: {
          ...json,
          'x-batten-timestamp': String(seconds),
          'x-batten-signature': `v1=${mac}`,
        },
        body: text,
      }
    }
  }
}

const json = { 'content-type': 'application/json' }

function titleOf(job: Job): string {
  const { title } = messageOf(job)
  return plain(
    `${title}: ${job.finding?.CheckID ?? ''} on ${job.finding?.ResourceName ?? ''}`,
  ).slice(0, 250)
}

function body(job: Job, page: string | null): string {
  const { facts, why, calls, code } = messageOf(job)
  return [
    markdown(job.finding?.StatusExtended ?? ''),
    facts.map(([name, value]) => `- **${name}** ${markdown(value)}`).join('\n'),
    why.map(reason => `- ${markdown(reason)}`).join('\n'),
    calls.length > 0 ? `The calls:\n\n${codeBlock(calls, 20_000)}` : '',
    code === null ? '' : `In Terraform:\n\n${codeBlock(code.split('\n'), 8_000)}`,
    page === null ? '' : `Decide at <${page}> or with \`batten remediate approve ${job.id}\`.`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

function plainBody(job: Job, page: string | null): readonly string[] {
  const { facts, why, calls, code } = messageOf(job)
  return [
    job.finding?.StatusExtended ?? '',
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...why,
    ...calls,
    ...(code === null ? [] : code.split('\n')),
    page === null ? '' : `Decide at ${page} or with: batten remediate approve ${job.id}`,
  ].filter(line => line !== '')
}

/** Atlassian's document format: text stays text. */
function document(lines: readonly string[]): object {
  return {
    type: 'doc',
    version: 1,
    content: lines.map(line => ({
      type: 'paragraph',
      content: [{ type: 'text', text: plain(line).slice(0, 5_000) || ' ' }],
    })),
  }
}
