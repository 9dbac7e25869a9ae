// Runs a program and tells what it took.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Watched {
  readonly code: number | null
  readonly seconds: number
  /** Seconds of processor, where /proc tells them. */
  readonly busy: number
  /** Megabytes of the most that was resident, where /proc tells it. */
  readonly peak: number
  readonly said: string
}

export async function watch(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Watched> {
  const started = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env })
  let peak = 0
  let busy = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid))
    busy = Math.max(busy, busyOf(child.pid))
  }, 50)
  let said = ''
  child.stderr.on('data', data => {
    said += data
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearInterval(timer)
  return { code, seconds: (performance.now() - started) / 1000, busy, peak, said }
}

function peakOf(pid: number | undefined): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(processFile(pid, 'status'))?.[1] ?? 0) / 1024
}

/** Its own and that of the processes that it has waited for. */
function busyOf(pid: number | undefined): number {
  const fields = processFile(pid, 'stat').split(') ')[1]?.split(' ') ?? []
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0) / 100
}

function processFile(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
