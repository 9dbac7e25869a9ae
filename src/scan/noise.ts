import { resolve } from 'node:path'
import type { SourceComment } from '../sources/source.ts'
import { readBaseline } from '../triage/baseline.ts'
import { type Triage, triage } from '../triage/index.ts'
import { readMutelist } from '../triage/mutelist.ts'
import { checkNames } from '../triage/names.ts'
import { readSkips } from '../triage/skips.ts'

/** What cuts the noise of a scan. */
export interface Noise {
  readonly mutelistFile?: string | undefined
  readonly baselineFile?: string | undefined
  /** Report and count only what the baseline lacks. */
  readonly newOnly: boolean
  readonly inlineSkips: boolean
}

interface Card {
  readonly id: string
  readonly aliases?: readonly string[]
}

/** Reads the files first, so that a mistake in them ends the scan before it costs anything. */
export async function readNoise(
  request: { readonly noise: Noise; readonly cwd: string; readonly now: Date },
  selected: readonly Card[],
  all: readonly Card[],
): Promise<{ marks(comments: readonly SourceComment[]): Triage }> {
  const { mutelistFile, baselineFile, inlineSkips } = request.noise
  const names = checkNames(all)
  const ids = new Set(selected.map(card => card.id))
  const mutelist =
    mutelistFile === undefined
      ? undefined
      : await readMutelist(resolve(request.cwd, mutelistFile), mutelistFile)
  const baseline =
    baselineFile === undefined
      ? undefined
      : await readBaseline(resolve(request.cwd, baselineFile), baselineFile)
  return {
    marks: comments =>
      triage({
        ...(mutelist ? { mutelist } : {}),
        ...(baseline ? { baseline } : {}),
        ...(inlineSkips ? { skips: readSkips(comments, names) } : {}),
        names,
        now: request.now,
        selected: id => ids.has(id),
      }),
  }
}
