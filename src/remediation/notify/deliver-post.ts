import { setTimeout as pause } from 'node:timers/promises'
import { type Post, type PostOptions, Refused, type Reply } from './post.ts'

const attempts = 3
const longestPause = 5_000

/** Posts until it is taken: a busy or broken receiver is asked again, one that says no is not. The address is a secret, so no error names its path. */
export async function deliverPost(
  post: Post,
  url: string,
  options: PostOptions,
  pauseMs = 500,
): Promise<Reply> {
  let last: unknown
  for (let attempt = 1; attempt <= attempts; attempt++) {
    let wait = pauseMs * 2 ** (attempt - 1)
    try {
      const reply = await post(url, options)
      if (reply.status >= 200 && reply.status < 300) return reply
      last = new Error(`${hostOf(url)} answered ${reply.status}`)
      if (reply.status !== 429 && reply.status < 500) break
      wait = retryAfter(reply) ?? wait
    } catch (error) {
      if (error instanceof Refused) throw error
      last = error
    }
    if (attempt < attempts) await pause(Math.min(wait, longestPause))
  }
  throw last
}

function retryAfter({ headers }: Reply): number | null {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the receiver'
}
