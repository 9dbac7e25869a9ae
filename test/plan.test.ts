import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../src/engine/evaluate.ts'
import { fold } from '../src/engine/fold.ts'
import { relate } from '../src/engine/relate.ts'
import { loadTerraform } from '../src/sources/terraform/index.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import { checkSources } from './check-harness.ts'

/** `terraform show -json` of the source beside it, by Terraform 1.11.4 and version 5.100 of AWS's provider. */
const plan = resolve(import.meta.dirname, 'fixtures/plan/estate.json')
const estate = resolve(import.meta.dirname, 'fixtures/plan/source')
const checks = (await checkSources()).flatMap(source => source.checks)

test('a plan gets the verdicts of its source', async () => {
  const [fromPlan, fromSource] = await Promise.all([verdictsOf(plan), verdictsOf(estate)])
  expect([...fromPlan.keys()].sort()).toEqual([...fromSource.keys()].sort())
  const different = [...fromPlan].filter(([name, status]) => status !== fromSource.get(name))
  // Of a policy that is put together in place a plan knows nothing until its ARNs are there.
  expect(new Set(different.map(([name, status]) => `${status} ${name.split(' ')[1]}`))).toEqual(
    new Set(['UNKNOWN aws_iam_role.deploy']),
  )
  expect(different).toHaveLength(5)
})

async function verdictsOf(path: string): Promise<ReadonlyMap<string, string>> {
  const vars = { bastion_cidr: '203.0.113.7/32' }
  const loaded = await loadTerraform([path], { cwd: resolve(path, '..'), env: {}, vars })
  expect(loaded.gaps).toEqual([])
  const tables = await loadVocabulary(loaded.resources.map(resource => resource.type))
  const resources = fold(tables, loaded.resources)
  const evaluation = await evaluate({
    resources,
    selection: { settings: {}, load: async () => checks },
    now: new Date('2026-01-01T00:00:00Z'),
    related: relate(tables, resources),
  })
  return new Map(
    [...evaluation.findings()].map(({ finding: { CheckID, Address, Status } }) => [
      `${CheckID} ${Address}`,
      Status,
    ]),
  )
}
