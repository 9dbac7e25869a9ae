import type { Check } from '../check.ts'
import type { EvidenceItem } from '../finding.ts'
import type { Path, Resource } from '../resource.ts'
import { type Hole, pathOf, type Read } from './explore.ts'
import type { Knowledge } from './knowledge.ts'
import { formatPath, spanOf, valueAt, writtenAt } from './locate.ts'
import { shown } from './mask.ts'

/** A path of a resource: the judged one, or one that it is related to. */
export interface Spot {
  readonly resource: Resource
  readonly path: Path
}

/** What decided against the resource: the last read, or a better one among the paths that `set` mends. */
export function decisive(reads: readonly Read[], check: Check, judged: Resource): Spot | null {
  const last = reads.at(-1)
  if (!last) return null
  const wanted = Object.entries(check.set ?? {})
  const named = reads
    .filter(read => read.resource === judged)
    .map(spotOf)
    .filter(({ resource, path }) => {
      const name = path.filter(key => typeof key === 'string').join('.')
      const value = valueAt(resource, path)
      return wanted.some(
        ([at, good]) =>
          (at === name && value !== good) ||
          (at.startsWith(`${name}.`) && (value ?? null) === null),
      )
    })
  return named.at(-1) ?? spotOf(last)
}

/** The decisive value first, then how it came about, then what else was read of the same element. */
export function evidenceOf(
  main: Spot,
  reads: readonly Read[],
  knows: Knowledge,
): readonly EvidenceItem[] {
  const items = [item(main, knows), ...chainOf(main)]
  const element = elementOf(main.path)
  const seen = new Set([formatPath(main.path)])
  for (const read of element ? reads : []) {
    const spot = spotOf(read)
    const name = formatPath(spot.path)
    const isNear = element?.every((key, at) => key === spot.path[at]) ?? false
    if (spot.resource !== main.resource || !isNear || seen.has(name)) continue
    const value = valueAt(spot.resource, spot.path)
    if (typeof value === 'object' || value === undefined) continue
    seen.add(name)
    items.push(item(spot, knows))
    if (seen.size > maxNear) break
  }
  return items
}

const maxNear = 4

/** What is not known, and what it comes from. */
export function unknownEvidence(holes: readonly Hole[]): readonly EvidenceItem[] {
  const spots = new Map<string, Spot>()
  for (const hole of holes) {
    const spot = spotOf(hole)
    spots.set(`${hole.resource.id} ${formatPath(spot.path)}`, spot)
    if (spots.size === maxHoles) break
  }
  return [...spots.values()].flatMap(spot => [place(spot, null), ...chainOf(spot)])
}

const maxHoles = 5

export function spotOf({ resource, place }: Read | Hole): Spot {
  return { resource, path: pathOf(place) }
}

function item(spot: Spot, knows: Knowledge): EvidenceItem {
  const { resource, path } = spot
  return place(spot, shown(resource, path, valueAt(resource, path), knows))
}

function place({ resource, path }: Spot, value: unknown): EvidenceItem {
  const span = spanOf(writtenAt(resource, path))
  return {
    Path: formatPath(path),
    Value: value,
    File: span?.file ?? null,
    Line: span?.startLine ?? null,
  }
}

function chainOf({ resource, path }: Spot): readonly EvidenceItem[] {
  const written = writtenAt(resource, path)
  const steps = written.resource.origin.chain?.(written.path) ?? []
  return steps.map(({ name, span }) => ({
    Path: name,
    Value: null,
    File: span.file,
    Line: span.startLine,
  }))
}

/** The innermost array element that a path goes through. */
function elementOf(path: Path): Path | null {
  const at = path.findIndex(key => typeof key === 'number')
  return at < 0 ? null : path.slice(0, at + 1)
}
