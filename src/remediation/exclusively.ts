import { setTimeout as pause } from 'node:timers/promises'
import { margin } from './aws/open-cloud.ts'
import { Busy } from './outcome.ts'
import type { Tools } from './tools.ts'

/** Nobody waits longer for another run: the event comes again. */
const longestWait = 20_000
/** A terminal's run has no end set: its lease must have one. */
const longestRun = 15 * 60_000

/**
 * Runs alone on the name. The lease outlasts the run, so that nobody steps in while it still may write, and runs out by
 * itself where the run dies.
 */
export async function exclusively<T>(
  name: string,
  tools: Tools,
  run: () => Promise<T>,
): Promise<T> {
  const owner = tools.random()
  const started = tools.now().getTime()
  const patience = Math.min(longestWait, tools.remaining() - 2 * margin)
  for (;;) {
    const now = tools.now().getTime()
    const until = now + Math.min(tools.remaining(), longestRun) + margin
    if (await tools.store.lock(name, owner, now, until)) break
    if (now - started >= patience) throw new Busy(`another run holds ${name}`)
    await pause(tools.pauseMs)
  }
  try {
    return await run()
  } finally {
    await tools.store.unlock(name, owner)
  }
}
