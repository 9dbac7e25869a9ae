import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Check } from '../src/check.ts'
import { evaluate } from '../src/engine/evaluate.ts'
import { fold } from '../src/engine/fold.ts'
import { relate } from '../src/engine/relate.ts'
import type { Finding, Status } from '../src/finding.ts'
import { loadTerraform } from '../src/sources/terraform/index.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'

export interface RootModule {
  readonly root: string
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>
}

/** The findings of many root modules, judged in one scan: root → findings. */
export async function findingsIn(
  roots: readonly RootModule[],
  checks: readonly Check[],
  status: readonly Status[] = ['PASS', 'FAIL', 'UNKNOWN'],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batten-roots-')))
  try {
    for (const { root, files } of roots)
      for (const [name, text] of Object.entries(files)) {
        const path = join(folder, root, name)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, text)
      }
    const loaded = await loadTerraform(['.'], { cwd: folder, env: {} })
    expect(loaded.gaps).toEqual([])
    const tables = await loadVocabulary(loaded.resources.map(resource => resource.type))
    const resources = fold(tables, loaded.resources)
    const evaluation = await evaluate({
      resources,
      selection: { settings: {}, load: async () => checks },
      now: new Date('2026-01-01T00:00:00Z'),
      related: relate(tables, resources),
    })
    expect(evaluation.bugs).toEqual([])
    const found = new Map<string, Finding[]>()
    for (const { finding, resource } of evaluation.findings({ status })) {
      const root = resource.origin.root ?? ''
      const list = found.get(root) ?? []
      found.set(root, list)
      list.push(finding)
    }
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
