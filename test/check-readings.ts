import { type Check, sidesOf } from '../src/check.ts'
import { judgeOf } from '../src/engine/judge.ts'
import { relate } from '../src/engine/relate.ts'
import { Absent, type Resource } from '../src/resource.ts'
import { liveTypeOf } from '../src/sources/aws/rows.ts'
import { knowledgeOf } from '../src/vocabulary/knowledge.ts'
import { type Estate, estatesOf } from './check-harness.ts'

/** Type in a running account → its attributes that the check reads; none: it is listed only. */
export type Readings = ReadonlyMap<string, ReadonlySet<string>>

/**
 * What a check reads, by its own examples, and by those with one after the other of what it read unknown: where
 * something decides alone, a check reads no further.
 */
export async function readingsOf(check: Check): Promise<Readings> {
  const readings: Found = new Map()
  for (const side of sidesOf(check).filter(each => each.on !== 'code')) {
    for (const type of side.types) namesOf(readings, type)
    for (const example of [...side.bad, ...(side.good ?? [])])
      for (const estate of await estatesOf(side, example)) read(side, estate, readings)
  }
  return readings
}

type Found = Map<string, Set<string>>

function read(check: Check, estate: Estate, readings: Found): void {
  judge(check, estate, readings)
  const tried = new Set<string>()
  for (let before = -1; before < tried.size; ) {
    before = tried.size
    for (const [type, names] of [...readings])
      for (const name of [...names]) {
        if (tried.has(`${type}.${name}`)) continue
        tried.add(`${type}.${name}`)
        judge(
          check,
          without(estate, each => each === `${type}.${name}`),
          readings,
        )
        judge(
          check,
          without(estate, each => tried.has(each)),
          readings,
        )
      }
  }
}

function judge(check: Check, { tables, resources }: Estate, readings: Found): void {
  const linked = relate(tables, resources)
  const watched = new Map(resources.map(resource => [resource, watch(resource, readings)]))
  const plain = new Map([...watched].map(([resource, double]) => [double, resource]))
  const judging = judgeOf(check, {
    now,
    knows: knowledgeOf(tables),
    related(resource, type, which) {
      namesOf(readings, type)
      return linked(plain.get(resource) ?? resource, type, which).map(each =>
        each instanceof Absent ? each : (watched.get(each) ?? each),
      )
    },
  })
  for (const [resource, double] of watched)
    if (check.types.some(type => type === resource.type)) judging.traced(double)
}

/** The resource, with a note of every attribute that is looked at, under every assumption. */
function watch(resource: Resource, readings: Found): Resource {
  const attributes = new Proxy(resource.attributes, {
    get(target, name) {
      if (typeof name !== 'string') return undefined
      namesOf(readings, resource.type).add(name)
      return target[name]
    },
  })
  return { ...resource, attributes }
}

function namesOf(readings: Found, type: string): Set<string> {
  const live = liveTypeOf(type)
  const names = readings.get(live) ?? new Set<string>()
  readings.set(live, names)
  return names
}

function without(estate: Estate, isHidden: (name: string) => boolean): Estate {
  return { ...estate, resources: estate.resources.map(resource => hide(resource, isHidden)) }
}

function hide(resource: Resource, isHidden: (name: string) => boolean): Resource {
  const attributes = Object.entries(resource.attributes).map(([name, value]) => [
    name,
    isHidden(`${liveTypeOf(resource.type)}.${name}`) ? hidden : value,
  ])
  return { ...resource, attributes: Object.fromEntries(attributes), partial: true }
}

const hidden = new Absent('unresolved', 'not to be read')
const now = new Date('2026-01-01T00:00:00Z')
