import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type Check, sidesOf } from '../src/check.ts'
import { evaluate } from '../src/engine/evaluate.ts'
import { fold } from '../src/engine/fold.ts'
import { relate } from '../src/engine/relate.ts'
import { loadTerraform } from '../src/sources/terraform/index.ts'
import { serviceOf } from '../src/vocabulary/aws/services.generated.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import { checkSources, isWhole } from './check-harness.ts'
import { counted, dynamic, forEach, inModule, inModules } from './rewritings/blocks.ts'
import type { Files, Rewriting } from './rewritings/edit.ts'
import { jsonSyntax } from './rewritings/json.ts'
import { documents, heredocs } from './rewritings/policies.ts'
import { expressions, inputs, locals, nulls, valueFiles, variables } from './rewritings/values.ts'

/** However a configuration is written, the verdicts are the same: every example of every check, rewritten every way. */
const rewritings: Readonly<Record<string, Rewriting>> = {
  locals,
  expressions,
  variables,
  valueFiles,
  inputs,
  nulls: nulls(await loadVocabulary(Object.keys(serviceOf))),
  counted,
  forEach,
  dynamic,
  inModule,
  inModules,
  jsonSyntax,
  heredocs,
  documents,
}

const checks = (await checkSources())
  .flatMap(({ checks }) => checks)
  .flatMap(sidesOf)
  .filter(check => check.on !== 'live')

test('verdicts do not hang on how a configuration is written', { timeout: 300_000 }, async () => {
  const versions = examplesOf(checks).flatMap((text, at) =>
    Object.entries({ original, ...rewritings }).flatMap(([how, rewrite]) => {
      const files = rewrite(text)
      return files === null ? [] : [{ root: `${at}/${how}`, at, how, files }]
    }),
  )
  const verdicts = await verdictsOf(versions)
  const differences = versions.flatMap(({ root, at, how, files }) => {
    const plain = verdicts.get(`${at}/original`) ?? []
    const other = verdicts.get(root) ?? []
    return String(plain) === String(other)
      ? []
      : [
          `${how}: ${other.filter(each => !plain.includes(each))} and not ${plain.filter(each => !other.includes(each))}\n${Object.values(files).join('\n')}`,
        ]
  })
  expect(differences).toEqual([])
  const used = new Set(versions.map(({ how }) => how))
  expect([...used]).toEqual(expect.arrayContaining(Object.keys(rewritings)))
  const statuses = new Set([...verdicts.values()].flat().map(each => each.split(' ')[0]))
  expect(statuses).toEqual(new Set(['FAIL', 'UNKNOWN']))
})

function original(text: string): Files {
  return { 'main.tf': text }
}

function examplesOf(all: readonly Check[]): readonly string[] {
  const texts = all.flatMap(check =>
    [...check.bad, ...(check.good ?? [])].flatMap(example => {
      if (typeof example !== 'string') return []
      return isWhole(example)
        ? [example]
        : check.types.map(type => `resource "${type}" "example" {\n${example}\n}\n`)
    }),
  )
  return [...new Set(texts)]
}

/** Root → `STATUS check` for what does not pass, in order of the alphabet. */
async function verdictsOf(
  versions: readonly { readonly root: string; readonly files: Files }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batten-rewritings-')))
  try {
    for (const { root, files } of versions)
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
    const found = new Map<string, string[]>()
    for (const { finding, resource } of evaluation.findings({ status: ['FAIL', 'UNKNOWN'] })) {
      const root = resource.origin.root ?? ''
      const list = found.get(root) ?? []
      found.set(root, list)
      list.push(`${finding.Status} ${finding.CheckID}`)
    }
    for (const statuses of found.values()) statuses.sort()
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
