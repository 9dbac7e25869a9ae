import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** OPA as these comparisons were last made with. */
const built = 'v1.22.2'

export interface Opa {
  readonly path: string
  readonly version: string
}

/** The real `opa`: $OPA, the one on the path, or with Go one that is built and kept in the temporary folder; else null. */
export function findOpa(): Opa | null {
  if (process.env.OPA !== undefined) return versioned(process.env.OPA)
  const found = versioned('opa')
  return found === null || isOlder(found) ? (buildOpa() ?? found) : found
}

function buildOpa(): Opa | null {
  const folder = join(tmpdir(), `batten-opa-${built}`)
  const path = join(folder, process.platform === 'win32' ? 'opa.exe' : 'opa')
  if (!existsSync(path)) {
    if (spawnSync('go', ['version']).status !== 0) return null
    mkdirSync(folder, { recursive: true })
    spawnSync('go', ['install', `github.com/open-policy-agent/opa@${built}`], {
      env: { ...process.env, GOBIN: folder },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return versioned(path)
}

function versioned(path: string): Opa | null {
  const { stdout, status } = spawnSync(path, ['version'], { encoding: 'utf8' })
  const version = /^Version:\s*(\S+)/m.exec(stdout ?? '')?.[1]
  return status === 0 && version !== undefined ? { path, version } : null
}

/** Before the version that these comparisons are made with opa says some things differently. */
export function isOlder({ version }: Opa): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = built.slice(1).split('.').map(Number)
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
}

export interface Ran {
  readonly out: string
  readonly err: string
  readonly status: number | null
}

export function runOpa(
  { path }: Opa,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): Ran {
  const { stdout, stderr, status } = spawnSync(path, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...options,
  })
  return { out: stdout, err: stderr, status }
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
