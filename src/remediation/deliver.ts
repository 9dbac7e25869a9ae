import { margin, reasonOf } from './aws/open-cloud.ts'
import type { Job } from './record/job.ts'
import type { Notice } from './record/store.ts'
import type { Tools } from './tools.ts'

/** Sends what is to be told. What does not get through stays in the record for the next sweep: a mend never hangs on a message. */
export async function deliver(
  notices: readonly Notice[],
  job: Job,
  { notify, store, log, remaining }: Tools,
): Promise<number> {
  let sent = 0
  for (const notice of notices) {
    if (remaining() < margin) break
    try {
      await notify(notice, job)
      await store.drop(notice)
      sent++
    } catch (error) {
      log({ unsent: notice.channel, job: job.id, why: reasonOf(error) })
    }
  }
  return sent
}

export interface Swept {
  readonly sent: number
  readonly kept: number
}

/** Sends again what did not get through; what is younger may still be on its way. */
export async function sweep(tools: Tools): Promise<Swept> {
  const due = tools.now().getTime() - 60_000
  const notices = (await tools.store.notices()).filter(({ at }) => Date.parse(at) <= due)
  let sent = 0
  for (const notice of notices) {
    const job = await tools.store.job(notice.job)
    if (job) sent += await deliver([notice], job, tools)
  }
  return { sent, kept: notices.length - sent }
}
