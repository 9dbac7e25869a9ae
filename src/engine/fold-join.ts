import { Absent, type Part, type Path, type Plain, type Resource } from '../resource.ts'
import { hasAbsent, isList } from '../vocabulary/plain.ts'
import type { Joint, Piece } from './fold-pieces.ts'

/** A child that fills a slot of a parent, and why that is not sure, if it is not. */
export interface Addition {
  readonly joint: Joint
  readonly child: Resource
  readonly doubt: string | null
}

/** The parent with its slots filled. */
export function joined(parent: Resource, additions: readonly Addition[]): Resource {
  if (additions.length === 0) return parent
  const attributes: { [name: string]: Plain } = { ...parent.attributes }
  const refs: { [name: string]: readonly string[] } = { ...parent.refs }
  const parts: Part[] = [...(parent.parts ?? [])]
  let isPartial = parent.partial
  for (const [slot, group] of bySlot(additions)) {
    const filled = group.map(addition => ({
      ...addition,
      pieces: addition.joint.pieces(addition.child.attributes),
    }))
    const isMany = group.some(({ joint }) => joint.fold.many)
    const found = isMany ? listed(slot, attributes[slot], filled) : single(slot, filled)
    if (found === null) continue
    attributes[slot] = found.value
    for (const part of found.parts) parts.push(part)
    const ids = group.flatMap(referencesOf)
    if (ids.length > 0) refs[slot] = [...new Set([...(refs[slot] ?? []), ...ids])]
    isPartial ||= hasAbsent(found.value)
  }
  return { ...parent, attributes, refs, parts, partial: isPartial }
}

interface Filled extends Addition {
  readonly pieces: readonly Piece[]
}
interface Slot {
  readonly value: Plain
  readonly parts: readonly Part[]
}

/** A child may name its parent by two of its attributes, and still fills a slot once. */
function bySlot(additions: readonly Addition[]): ReadonlyMap<string, readonly Addition[]> {
  const slots = new Map<string, Map<Resource, Addition>>()
  for (const addition of additions) {
    const { child, joint } = addition
    const { into } = joint.fold
    const slot = slots.get(into) ?? new Map<Resource, Addition>()
    slots.set(into, slot)
    const other = slot.get(child)
    if (other === undefined || other.doubt !== null) slot.set(child, addition)
  }
  return new Map([...slots].map(([slot, group]) => [slot, [...group.values()]]))
}

/** Elements that were there, then those of the children; one that may be there or not stands for any number. */
function listed(slot: string, before: Plain, filled: readonly Filled[]): Slot {
  const elements: Plain[] =
    before instanceof Absent ? [maybe(before.reason, before)] : isList(before) ? [...before] : []
  const parts: Part[] = []
  for (const { child, doubt, pieces } of filled)
    for (const piece of pieces) {
      const at = [slot, elements.length]
      elements.push(doubt === null ? piece.value : maybe(doubt, null, child, piece.value))
      parts.push(...partsOf(at, child, piece))
    }
  return { value: elements, parts }
}

function single(slot: string, filled: readonly Filled[]): Slot | null {
  const saying = filled.filter(each => each.pieces.length > 0)
  const [first, second] = saying
  const piece = first?.pieces[0]
  if (first === undefined || piece === undefined) return null
  const reason =
    saying.find(each => each.doubt !== null)?.doubt ??
    (second && `both ${first.child.id} and ${second.child.id} set ${slot}`)
  if (reason === undefined)
    return { value: piece.value, parts: partsOf([slot], first.child, piece) }
  const from = saying.map(each => each.child.id)
  const value = new Absent('unresolved', reason, { from })
  return { value, parts: [{ at: [slot], of: first.child, path: piece.from[0]?.path ?? [] }] }
}

function partsOf(at: Path, of: Resource, piece: Piece): readonly Part[] {
  return piece.from.map(source => ({ at: [...at, ...source.at], of, path: source.path }))
}

function maybe(reason: string, absent: Absent | null, child?: Resource, as?: Plain): Absent {
  const from = child === undefined ? (absent?.from ?? []) : [child.id]
  const kind = absent?.kind ?? 'unresolved'
  return new Absent(kind, reason, { from, many: true, as })
}

/** What the child refers to beside its parent. */
function referencesOf({ joint, child }: Addition): readonly string[] {
  const [link] = joint.link
  return Object.entries(child.refs ?? {}).flatMap(([name, ids]) => (name === link ? [] : ids))
}
