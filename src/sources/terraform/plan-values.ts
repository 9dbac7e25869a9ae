import { Absent, type Plain } from '../../resource.ts'
import type { Field } from '../../vocabulary/plan.ts'
import { isList, isRecord, type Json, type JsonRecord } from './json.ts'
import { fields } from './plain.ts'

/** A place in a resource of a plan. */
export interface Place {
  /** `aws_s3_bucket.logs.versioning[0]` */
  readonly where: string
  /** The resources that the top-level attribute refers to. */
  readonly from: readonly string[]
  /** The expressions that the configuration has for it; none: it does not set it; null: nobody can tell. */
  readonly written: readonly Json[] | null
  /** What the vocabulary says of it. */
  readonly field: Field | undefined
}

/**
 * The values after the apply, with what the plan calls unknown as absent. What the configuration does not set and
 * the vocabulary knows without is left out, as in source: a plan calls unknown whatever the provider may yet compute.
 */
export function withUnknown(
  after: Json | undefined,
  unknown: Json | undefined,
  place: Place,
): Plain {
  const { where, from, written } = place
  if (unknown === true) {
    if (isLeftOut(place)) return undefined
    // Of what the configuration does not show, nobody knows whether it is set.
    const why = written === null ? 'is not known in the plan' : 'is known after apply'
    return new Absent('unresolved', `${where} ${why}`, { from })
  }
  if (isRecord(after) || isRecord(unknown)) {
    const known = isRecord(after) ? after : {}
    const open = isRecord(unknown) ? unknown : {}
    const names = new Set([...Object.keys(known), ...Object.keys(open)])
    return fields(
      [...names].map(name => [
        name,
        withUnknown(own(known, name), own(open, name), within(place, name)),
      ]),
    )
  }
  if (isList(after) || isList(unknown)) {
    const known = isList(after) ? after : []
    const open = isList(unknown) ? unknown : []
    const length = Math.max(known.length, open.length)
    return Array.from({ length }, (_, at) =>
      withUnknown(known[at], open[at], { ...place, where: `${where}[${at}]` }),
    )
  }
  return after
}

function isLeftOut({ written, field }: Place): boolean {
  return written?.length === 0 && field !== undefined && !field.computed
}

function within({ where, from, written, field }: Place, name: string): Place {
  const { shape } = field ?? {}
  return {
    where: `${where}.${name}`,
    from,
    written: writtenWithin(written, name),
    field: shape?.kind === 'block' && !shape.map ? shape.plan.byName.get(name) : undefined,
  }
}

/** What blocks say of one of their arguments. Of a dynamic block the configuration says nothing at all. */
function writtenWithin(blocks: readonly Json[] | null, name: string): readonly Json[] | null {
  if (blocks === null || blocks.length === 0 || !blocks.every(isBlock)) return null
  return blocks.flatMap(block => {
    const found = own(block, name)
    return isList(found) ? found : found === undefined ? [] : [found]
  })
}

/** And not an expression, which says what it is made of. */
function isBlock(written: Json): written is JsonRecord {
  return (
    isRecord(written) &&
    !Object.hasOwn(written, 'constant_value') &&
    !Object.hasOwn(written, 'references') &&
    Object.keys(written).length > 0
  )
}

/** Whether a tree of marks has one on the way to a path, or beneath it. */
export function isMarked(tree: Json | undefined, path: readonly (string | number)[]): boolean {
  let here = tree
  for (const step of path) {
    if (here === true) return true
    here = isList(here) ? here[Number(step)] : isRecord(here) ? own(here, String(step)) : undefined
  }
  return holdsMark(here)
}

function holdsMark(tree: Json | undefined): boolean {
  if (isList(tree)) return tree.some(holdsMark)
  return isRecord(tree) ? Object.values(tree).some(holdsMark) : tree === true
}

function own(record: { readonly [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
