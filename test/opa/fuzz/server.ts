import { type ChildProcess, spawn } from 'node:child_process'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Opa } from '../opa.ts'

/** An `opa` that has read a folder and answers one question after another, or is silent. */
export interface OpaServer {
  readonly ask: (path: string, input: unknown) => Promise<Answer | null>
  readonly stop: () => void
}

export interface Answer {
  readonly status: number
  readonly body: string
}

export async function serveOpa(
  { path }: Opa,
  folder: string,
  programs: string,
): Promise<OpaServer> {
  const socketPath = join(folder, 'opa.sock')
  const child = spawn(
    path,
    ['run', '--server', '--log-level', 'error', '-a', `unix://${socketPath}`, programs],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const said: string[] = []
  child.stderr.on('data', chunk => said.push(String(chunk)))
  await ready(child, socketPath, said)
  return {
    ask: (where, input) => post(socketPath, where, JSON.stringify({ input })).catch(() => null),
    stop: () => child.kill(),
  }
}

async function ready(child: ChildProcess, socketPath: string, said: string[]): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (child.exitCode !== null) throw new Error(`opa ends: ${said.join('').slice(0, 2000)}`)
    const answer = await post(socketPath, '/v1/data/none', '{}').catch(() => null)
    if (answer?.status === 200) return
    await wait(50)
  }
  child.kill()
  throw new Error('opa does not answer')
}

function post(socketPath: string, path: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { socketPath, path, method: 'POST', headers: { 'content-type': 'application/json' } },
      response => {
        const parts: Buffer[] = []
        response.on('data', part => parts.push(part))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
        )
        response.on('error', reject)
      },
    )
    asking.setTimeout(5_000, () => asking.destroy(new Error('opa is silent')))
    asking.on('error', reject)
    asking.end(body)
  })
}
