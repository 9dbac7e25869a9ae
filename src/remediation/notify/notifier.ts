import { type Keys, tokenFor } from '../approval/token.ts'
import type { Tools } from '../tools.ts'
import { deliverPost } from './deliver-post.ts'
import type { Post } from './post.ts'
import { slackMessage } from './slack.ts'
import { type TicketSystem, ticketRequest } from './ticket.ts'

/** Where people hear of it, with the secrets that it takes. */
export interface Channels {
  /** An incoming webhook of a Slack app: the address is the secret. */
  readonly slack: string | null
  readonly ticket: TicketSystem | null
  /** The approval endpoint, for links that lead to a page. */
  readonly endpoint: string | null
  readonly keys: Keys
  /** Starts the run of an approved job. */
  readonly start: (job: string) => Promise<void>
}

/** Sends each notice in its channel's form. Tickets are for what waits or went wrong, not for what is done. */
export function notifier(
  { slack, ticket, endpoint, keys, start }: Channels,
  {
    post,
    now,
    pauseMs,
  }: { readonly post: Post; readonly now: () => Date; readonly pauseMs?: number },
): Pick<Tools, 'channels' | 'notify'> {
  return {
    channels: [...(slack === null ? [] : ['slack']), ...(ticket === null ? [] : ['ticket'])],
    async notify(notice, job) {
      if (notice.channel === 'run' && job.state === 'approved') await start(job.id)
      if (notice.channel === 'slack' && slack !== null) {
        const token = keys.size > 0 && endpoint !== null ? tokenFor(job, keys) : null
        const body = JSON.stringify(slackMessage(job, token))
        const headers = { 'content-type': 'application/json' }
        await deliverPost(post, slack, { headers, body }, pauseMs)
      }
      if (notice.channel === 'ticket' && ticket !== null && job.outcome !== 'FIXED') {
        const page = endpoint === null || !job.offer ? null : `${endpoint}/decide/${job.id}`
        const { url, ...options } = ticketRequest(job, ticket, page, now())
        await deliverPost(post, url, options, pauseMs)
      }
    },
  }
}
