import { expect } from 'vitest'
import type { Check, Example } from '../src/check.ts'
import type { Status } from '../src/finding.ts'
import type { Resource } from '../src/resource.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import { type Estate, estatesOf, judge, mended, reversed } from './check-harness.ts'
import { strangersIn } from './example-attributes.ts'
import { nothing, unknownResources } from './unknown-resource.ts'

/** A bad example fails, and is never unknown. */
export async function fails(check: Check, example: Example): Promise<void> {
  for (const estate of await estatesOf(check, example)) {
    await isSound(check, example, estate)
    const { verdicts } = await verdictsOf(check, estate)
    expect(verdicts, 'a bad example fails, and is never unknown').toContain('FAIL')
    expect(verdicts).not.toContain('UNKNOWN')
  }
}

/** A good example passes. */
export async function passes(check: Check, example: Example): Promise<void> {
  for (const estate of await estatesOf(check, example)) {
    await isSound(check, example, estate)
    const { verdicts, notApplicable } = await verdictsOf(check, estate)
    expect(verdicts.filter(verdict => verdict !== 'PASS')).toEqual([])
    expect(
      verdicts.length + notApplicable,
      'a good example has a resource to judge',
    ).toBeGreaterThan(0)
  }
}

/** What holds for good examples and for bad ones. */
async function isSound(check: Check, example: Example, estate: Estate): Promise<void> {
  expect(estate.gaps, 'an example can be read whole').toEqual([])
  expect(await strangersIn(check, example), 'attributes that the vocabulary does not have').toEqual(
    [],
  )
  const { verdicts } = await verdictsOf(check, estate)
  const resources = estate.resources.map(turned).reverse()
  const other = await verdictsOf(check, { tables: estate.tables, resources })
  expect([...other.verdicts].sort(), 'the order of elements does not matter').toEqual(
    [...verdicts].sort(),
  )
}

/** Where nothing is known, a check neither throws nor decides. */
export async function decidesNothing(check: Check): Promise<void> {
  const tables = await loadVocabulary(check.types)
  for (const type of check.types) {
    const { whole, shaped } = unknownResources(
      tables,
      type,
      check.on === 'live' ? 'aws' : 'terraform',
    )
    const related = () => [nothing]
    const { bugs, counts } = await judge(check, { tables, resources: [whole] }, related)
    expect(bugs).toEqual([])
    expect(counts).toMatchObject({ pass: 0, fail: 0 })
    // That a block is there may be all that is asked, so these may be decided, but must not break.
    const { bugs: broken } = await judge(check, { tables, resources: shaped }, related)
    expect(broken).toEqual([])
  }
}

/** `set` makes every bad example pass, and a second time changes nothing. */
export async function mends(check: Check): Promise<void> {
  const set = check.set ?? {}
  for (const example of check.bad) {
    for (const { tables, resources } of await estatesOf(check, example)) {
      const { failing } = await verdictsOf(check, { tables, resources })
      const mend = (resource: Resource) =>
        failing.has(resource)
          ? { ...resource, attributes: mended(resource.attributes, set) }
          : resource
      const better = resources.map(mend)
      const { verdicts } = await verdictsOf(check, { tables, resources: better })
      expect(verdicts.filter(verdict => verdict !== 'PASS')).toEqual([])
      for (const [at, { attributes }] of better.entries()) {
        if (attributes !== resources[at]?.attributes)
          expect(mended(attributes, set)).toEqual(attributes)
      }
    }
  }
}

async function verdictsOf(check: Check, estate: Pick<Estate, 'tables' | 'resources'>) {
  const evaluation = await judge(check, estate)
  expect(evaluation.bugs).toEqual([])
  const failing = new Set<Resource>()
  const verdicts: Status[] = []
  for (const { finding, resource } of evaluation.findings()) {
    verdicts.push(finding.Status)
    if (finding.Status === 'FAIL') failing.add(resource)
  }
  return { verdicts, failing, notApplicable: evaluation.counts.notApplicable }
}

function turned(resource: Resource): Resource {
  return { ...resource, attributes: reversed(resource.attributes) as Resource['attributes'] }
}
