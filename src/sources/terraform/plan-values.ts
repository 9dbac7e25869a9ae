import { Absent, type Plain } from '../../resource.ts'
import { isList, isRecord, type Json } from './json.ts'
import { fields } from './plain.ts'

/** The values after the apply, with what the plan calls unknown as absent. */
export function withUnknown(
  after: Json | undefined,
  unknown: Json | undefined,
  where: string,
  from: readonly string[],
): Plain {
  if (unknown === true) return new Absent('unresolved', `${where} is known after apply`, { from })
  if (isRecord(after) || isRecord(unknown)) {
    const known = isRecord(after) ? after : {}
    const open = isRecord(unknown) ? unknown : {}
    const names = new Set([...Object.keys(known), ...Object.keys(open)])
    return fields(
      [...names].map(name => [
        name,
        withUnknown(own(known, name), own(open, name), `${where}.${name}`, from),
      ]),
    )
  }
  if (isList(after) || isList(unknown)) {
    const known = isList(after) ? after : []
    const open = isList(unknown) ? unknown : []
    const length = Math.max(known.length, open.length)
    return Array.from({ length }, (_, i) => withUnknown(known[i], open[i], `${where}[${i}]`, from))
  }
  return after
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
