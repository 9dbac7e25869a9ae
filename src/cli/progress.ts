import { plain } from '../text.ts'

/** One status line on a terminal; nothing elsewhere. */
export interface Progress {
  readonly show: (phase: string, done: number, total: number) => void
  readonly clear: () => void
}

const quiet: Progress = { show: () => {}, clear: () => {} }

/** @param clock milliseconds; passed in, so that the estimate can be tested */
export function progress(
  stream: NodeJS.WriteStream,
  wanted: boolean,
  clock: () => number,
): Progress {
  if (!wanted || !stream.isTTY) return quiet
  const started = clock()
  let last = 0
  return {
    show(phase, done, total) {
      const now = clock()
      if (now - last < 100 && done < total) return
      last = now
      const width = Math.max(20, (stream.columns ?? 80) - 1)
      stream.write(`\r\u001b[K${plain(line(phase, done, total, now - started)).slice(0, width)}`)
    },
    clear: () => stream.write('\r\u001b[K'),
  }
}

/** `reading 120 of 558, about 3 s left`: the estimate stands only once there is something to reckon from. */
function line(phase: string, done: number, total: number, elapsed: number): string {
  if (total <= 0) return `${phase} …`
  const left = done > 0 && elapsed > 1000 ? ((elapsed / done) * (total - done)) / 1000 : 0
  const estimate = left >= 1 ? `, about ${Math.round(left)} s left` : ''
  return `${phase} ${done} of ${total}${estimate}`
}
