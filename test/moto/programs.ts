import { spawn } from 'node:child_process'
import { python } from './moto.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The built program, as a user would run it, with keys that open nothing. */
export function batten(args: readonly string[], url: string): Promise<Ran> {
  return run(process.execPath, ['dist/batten.js', ...args], url)
}

/** One of the folders of Python beside this file; what it prints is JSON. */
export async function ask(
  folder: string,
  args: readonly string[],
  url: string,
  input = '',
): Promise<unknown> {
  const { code, out, err } = await run(python, [`test/moto/${folder}`, ...args], url, input)
  if (code !== 0) throw new Error(`test/moto/${folder} ended with ${code}:\n${err}`)
  return JSON.parse(out)
}

async function run(
  program: string,
  args: readonly string[],
  url: string,
  input = '',
): Promise<Ran> {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      NO_COLOR: '1',
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      PYTHONDONTWRITEBYTECODE: '1',
    },
  })
  child.stdin.end(input)
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', data => {
    out += data
  })
  child.stderr.setEncoding('utf8').on('data', data => {
    err += data
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { code, out, err }
}
