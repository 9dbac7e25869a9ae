import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export const python = '.venv/moto/bin/python'

export interface Moto {
  readonly url: string
  stop(): Promise<void>
}

/** Addresses: one whose clock is right, and one whose clock is slow. */
export interface Servers {
  readonly today: string
  readonly past: string
}

/** A moto server of its own on a port that the system gives; what it makes is so many days old at once. */
export async function startMoto(days: number): Promise<Moto> {
  const server = spawn(python, ['test/moto/server.py', `${days}`, '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      // A thousand images, each with a snapshot that it says is ours.
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
    },
  })
  const kill = () => server.kill()
  process.once('exit', kill)
  try {
    return { url: await address(server), stop: () => stop(server, kill) }
  } catch (error) {
    await stop(server, kill)
    throw error
  }
}

async function address(server: ChildProcess): Promise<string> {
  if (!server.stderr) throw new Error('the moto server says nothing')
  const said: string[] = []
  const lines = createInterface(server.stderr)
  return new Promise((resolve, reject) => {
    lines.on('line', line => {
      // Read to the end: a full pipe would stop the server.
      if (said.length < 50) said.push(line)
      const [, url] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? []
      if (url !== undefined) resolve(url)
    })
    server.once('error', reject)
    server.once('close', code =>
      reject(new Error(`the moto server ended with ${code}:\n${said.join('\n')}`)),
    )
  })
}

async function stop(server: ChildProcess, kill: () => void): Promise<void> {
  process.off('exit', kill)
  if (server.exitCode !== null || server.signalCode !== null) return
  const closed = new Promise(resolve => server.once('close', resolve))
  server.kill()
  await closed
}
