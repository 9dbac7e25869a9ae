import { spawnSync } from 'node:child_process'

/** The real `opa`: $OPA, else the one on the path; null where there is none. */
export function findOpa(): { readonly path: string; readonly version: string } | null {
  const path = process.env.OPA ?? 'opa'
  const { stdout, status } = spawnSync(path, ['version'], { encoding: 'utf8' })
  const version = /^Version:\s*(\S+)/m.exec(stdout ?? '')?.[1]
  return status === 0 && version !== undefined ? { path, version } : null
}

export interface Files {
  readonly policies: string
  readonly input: string
}

/** Nanoseconds of one evaluation, as `opa bench` counts them: what it loads and compiles before is not in them. */
export function opaBench(opa: string, query: string, { policies, input }: Files): number {
  const { N, T } = JSON.parse(
    run(opa, ['bench', '-d', policies, '-i', input, '-f', 'json', '--metrics=false', query]),
  )
  return T / N
}

export function opaEval(opa: string, query: string, { policies, input }: Files): unknown {
  const out = run(opa, ['eval', '-d', policies, '-i', input, '-f', 'json', query])
  return JSON.parse(out).result?.[0]?.expressions[0].value
}

function run(opa: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(opa, args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0)
    throw new Error(`opa ${args.join(' ')} exits ${status}: ${(stderr + stdout).slice(0, 2000)}`)
  return stdout
}
