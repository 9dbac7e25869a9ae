import { expect, test } from 'vitest'
import { type Check, sidesOf } from '../src/check.ts'
import { serviceOf } from '../src/vocabulary/aws/services.generated.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import { checkSources, isWhole } from './check-harness.ts'
import { findingsIn } from './many-roots.ts'
import { counted, dynamic, forEach, inModule, inModules } from './rewritings/blocks.ts'
import type { Files, Rewriting } from './rewritings/edit.ts'
import { jsonSyntax } from './rewritings/json.ts'
import { documents, heredocs } from './rewritings/policies.ts'
import {
  conditionals,
  expressions,
  inputs,
  locals,
  nulls,
  valueFiles,
  variables,
} from './rewritings/values.ts'

/** However a configuration is written, the verdicts are the same: every example of every check, rewritten every way. */
const rewritings: Readonly<Record<string, Rewriting>> = {
  locals,
  expressions,
  conditionals,
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
  const findings = await findingsIn(versions, checks, ['FAIL', 'UNKNOWN'])
  const verdicts = new Map(
    [...findings].map(([root, list]) => [
      root,
      list.map(({ Status, CheckID }) => `${Status} ${CheckID}`).sort(),
    ]),
  )
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
