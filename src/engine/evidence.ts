import type { Check } from '../check.ts'
import type { EvidenceItem } from '../finding.ts'
import type { Path, Plain, Resource } from '../resource.ts'
import { type Hole, pathOf, type Read } from './explore.ts'
import type { Knowledge } from './knowledge.ts'
import { formatPath, isPrefix, spanOf, valueAt, writtenAt } from './locate.ts'
import { shown } from './mask.ts'

/** A path of a resource: the judged one, or one that it is related to. */
export interface Spot {
  readonly resource: Resource
  readonly path: Path
}

/**
 * What decided against the resource: the last read, or a better one: a path that `set` mends; the element that an
 * array decided by, where what came last is that nothing else in it counts (no Deny takes the Allow back).
 */
export function decisive(reads: readonly Read[], check: Check, judged: Resource): Spot | null {
  const last = reads.at(-1)
  if (!last) return null
  const mendable = lastMendable(reads, check, judged)
  if (mendable) return mendable
  const spot = spotOf(last)
  return last.whole ? (lastElement(reads, spot) ?? lastWithin(reads, spot) ?? spot) : spot
}

function lastMendable(reads: readonly Read[], { set }: Check, judged: Resource): Spot | undefined {
  const wanted = Object.entries(set ?? {})
  if (wanted.length === 0) return undefined
  return reads
    .filter(read => read.resource === judged)
    .map(spotOf)
    .findLast(({ resource, path }) => {
      const name = path.filter(key => typeof key === 'string').join('.')
      const value = valueAt(resource, path)
      return wanted.some(
        ([at, good]) =>
          (at === name && value !== good) ||
          (at.startsWith(`${name}.`) && (value ?? null) === null),
      )
    })
}

/** A plain element read before, of the same array or beside it in the same block. */
function lastElement(reads: readonly Read[], whole: Spot): Spot | undefined {
  const around = blockOf(whole.path)
  return reads.map(spotOf).findLast(({ resource, path }) => {
    if (resource !== whole.resource || typeof path.at(-1) !== 'number') return false
    const isNear = isPrefix(whole.path, path) || (around !== null && isPrefix(around, path))
    return isNear && isPlain(valueAt(resource, path))
  })
}

/** What was read last of the element that decided: of the others nothing is kept. */
function lastWithin(reads: readonly Read[], whole: Spot): Spot | undefined {
  return reads
    .map(spotOf)
    .findLast(
      ({ resource, path }) =>
        resource === whole.resource &&
        path.length > whole.path.length &&
        isPrefix(whole.path, path) &&
        isPlain(valueAt(resource, path)),
    )
}

/** The decisive value first, then how it came about, then what else was read of the same element. */
export function evidenceOf(
  main: Spot,
  reads: readonly Read[],
  knows: Knowledge,
): readonly EvidenceItem[] {
  const items = [item(main, knows), ...chainOf(main)]
  const block = blockOf(main.path)
  const seen = new Set([formatPath(main.path)])
  for (const read of block ? reads : []) {
    const spot = spotOf(read)
    const name = formatPath(spot.path)
    if (spot.resource !== main.resource || !isPrefix(block ?? [], spot.path) || seen.has(name))
      continue
    if (!isPlain(valueAt(spot.resource, spot.path))) continue
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

/** The innermost block among blocks that a path goes through: `ingress[1]` of `ingress[1].cidr_blocks[0]`. */
function blockOf(path: Path): Path | null {
  const at = path.findLastIndex((key, at) => typeof key === 'number' && at < path.length - 1)
  return at < 0 ? null : path.slice(0, at + 1)
}

function isPlain(value: Plain): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
