import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { UserError } from '../../errors.ts'

/** The user's own `opa`. */
export interface Opa {
  readonly path: string
  readonly version: string
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The `opa` on the PATH; throws UserError where there is none or it is too old. */
export async function findOpa(
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Opa> {
  const path = onPath(env)
  if (path === null)
    throw new UserError(
      `--engine opa: there is no opa on the PATH; install Open Policy Agent ${oldest} or newer, or leave --engine out`,
    )
  const { out } = await runOpa({ path, version: '' }, ['version'], {
    cwd: process.cwd(),
    patience: 20_000,
    signal,
  })
  const [, version] = /^Version:\s*v?(\d+\.\d+\.\d+\S*)/m.exec(out) ?? []
  if (version === undefined) throw new UserError(`--engine opa: ${path} does not say its version`)
  if (Number.parseInt(version, 10) < 1)
    throw new UserError(`--engine opa: ${path} is version ${version}; ${oldest} or newer is wanted`)
  return { path, version }
}

/** It reads both dialects, file by file. */
const oldest = '1.0.0'

/** Never from a relative folder: what is scanned may hold a program of that name. */
function onPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const isWindows = process.platform === 'win32'
  const name = Object.keys(env).find(key => key.toUpperCase() === 'PATH') ?? 'PATH'
  for (const folder of (env[name] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue
    const file = join(folder, isWindows ? 'opa.exe' : 'opa')
    if (isProgram(file)) return file
  }
  return null
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

export interface Running {
  readonly cwd: string
  /** Milliseconds after which it is ended. */
  readonly patience?: number
  readonly signal?: AbortSignal | undefined
}

/** Runs opa to its end; throws UserError where it cannot be run, takes too long or says too much. */
export function runOpa(
  { path }: Opa,
  args: readonly string[],
  { cwd, patience = longest, signal }: Running,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], signal })
    const timer = setTimeout(() => stop(`took longer than ${patience / 1000} seconds`), patience)
    const out: Buffer[] = []
    const err: Buffer[] = []
    let size = 0
    let reason: string | null = null
    const stop = (why: string): void => {
      reason ??= why
      child.kill('SIGKILL')
    }
    const keep = (chunks: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) stop(`said more than ${mostBytes >> 20} MB`)
      else chunks.push(chunk)
    }
    child.stdout.on('data', keep(out))
    child.stderr.on('data', keep(err))
    child.once('error', error => {
      reason ??= `cannot be run: ${error.message}`
    })
    child.once('close', code => {
      clearTimeout(timer)
      if (reason !== null) reject(new UserError(`--engine opa: ${path} ${reason}`))
      else resolve({ code, out: text(out), err: text(err) })
    })
  })
}

const longest = 600_000
const mostBytes = 256 << 20

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
