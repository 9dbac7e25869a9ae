import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Finding } from '../src/finding.ts'

export const bin = resolve(import.meta.dirname, '../dist/batten.js')

export interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built program as a user would. */
export function batten(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60_000,
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
  })
  return { code: status, out: stdout, err: stderr }
}

export function findings(args: readonly string[], options?: Parameters<typeof batten>[1]) {
  const run = batten([...args, '--format', 'json'], options)
  return { ...run, list: JSON.parse(run.out) as readonly Finding[] }
}

/** A folder of its own with these files. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const top = mkdtempSync(join(tmpdir(), 'batten-test-'))
  for (const [name, text] of Object.entries(files)) {
    const file = join(top, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return top
}

export function start(args: readonly string[], options: { cwd?: string } = {}) {
  return spawn(process.execPath, [bin, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
}
