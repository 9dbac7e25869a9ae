import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, type Policy, RegoError } from '../../../src/lang/rego/index.ts'
import { type Opa, runOpa } from '../opa.ts'
import { data, input } from './documents.ts'
import { program } from './program.ts'
import { randomFrom } from './random.ts'
import { type Answer, serveOpa } from './server.ts'

export interface Difference {
  readonly seed: number
  readonly text: string
  readonly opa: string
  readonly here: string
}

export interface Round {
  readonly differences: readonly Difference[]
  /** Programs that both refuse. */
  readonly refused: number
}

/** One program a seed, all in one `opa` process: what compiles, what it comes to, and how it fails. */
export async function round(opa: Opa, seeds: readonly number[]): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'batten-fuzz-'))
  try {
    return await inFolder(opa, seeds, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function inFolder(opa: Opa, seeds: readonly number[], folder: string): Promise<Round> {
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'data.json'), JSON.stringify(data))
  const texts = new Map(seeds.map(seed => [seed, program(randomFrom(seed), `p${seed}`)]))
  for (const [seed, text] of texts) writeFileSync(join(programs, `p${seed}.rego`), text)
  const refusals = refusalsOf(opa, programs)
  const server = await serveOpa(opa, folder, programs)
  const differences: Difference[] = []
  try {
    for (const [seed, text] of texts) {
      const theirs = refusals.get(seed)
      const policy = compiled(text)
      const here = typeof policy === 'string' ? policy : 'compiles'
      const note = (opa: string, here: string): void => {
        if (opa !== here) differences.push({ seed, text, opa, here })
      }
      // Of a reference that leads to nothing opa tells the row of some other use of its name.
      const isReference =
        theirs?.startsWith('rego_type_error') && here.startsWith('rego_type_error')
      if (!isReference) note(theirs ?? 'compiles', here)
      if (theirs !== undefined || typeof policy === 'string') continue
      for (const strict of [false, true]) {
        const path = `/v1/data/fuzz/p${seed}${strict ? '?strict-builtin-errors=true' : ''}`
        const answer = await server.ask(path, input)
        if (answer === null) continue
        const [theirs, ours] = [answerOf(answer), evaluated(policy, seed, strict)]
        // What fails first, and whether an index spares it, is nobody's promise.
        const isSpared = strict || (ours === 'eval_conflict_error' && !theirs.startsWith('eval_'))
        if (!isSpared || !ours.startsWith('eval_')) note(theirs, ours)
      }
    }
  } finally {
    server.stop()
  }
  return { differences, refused: refusals.size }
}

interface OpaError {
  readonly code: string
  readonly location?: { readonly file: string; readonly row: number }
}

/**
 * The first error of each program that does not compile. Errors of an early stage hide those of later ones in all other
 * programs, so what has one is taken away until the rest compiles.
 */
function refusalsOf(opa: Opa, programs: string): Map<number, string> {
  const refusals = new Map<number, string>()
  for (;;) {
    const { out, err, status } = runOpa(opa, ['check', '-f', 'json', '-m', '0', programs])
    if (status === 0) return refusals
    const { errors }: { readonly errors: readonly OpaError[] } = JSON.parse(err || out)
    const before = refusals.size
    for (const { code, location } of errors) {
      const file = location?.file ?? ''
      const seed = Number(/p(\d+)\.rego$/.exec(file)?.[1])
      if (Number.isNaN(seed) || refusals.has(seed)) continue
      refusals.set(seed, `${code} ${location?.row}`)
      rmSync(join(programs, `p${seed}.rego`))
    }
    if (refusals.size === before) throw new Error(err || out)
  }
}

function compiled(text: string): Policy | string {
  try {
    return compile({ 'a.rego': text })
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return `${error.code} ${error.location?.row}`
  }
}

function evaluated(policy: Policy, seed: number, strictBuiltinErrors: boolean): string {
  try {
    const [found] = policy.query(`x = data.fuzz.p${seed}`, { input, data, strictBuiltinErrors })
    return stable(found?.x)
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return error.code
  }
}

function answerOf({ status, body }: Answer): string {
  const answer = JSON.parse(body)
  if (status === 200) return stable(answer.result)
  return String(answer.errors?.[0]?.code ?? answer.code)
}

/** Members of objects in their order. */
function stable(value: unknown): string {
  if (value === undefined) return 'undefined'
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
