import { isUnknown } from '../make.ts'
import { toJson } from '../to-json.ts'
import { isEntries, isItems, type Value } from '../value.ts'

/** True, or a tree of a value's shape, where something is unknown; false where nothing is. */
export type UnknownTree =
  | boolean
  | readonly UnknownTree[]
  | { readonly [name: string]: UnknownTree }

/** Exact JSON text; what is unknown is null in arrays and left out of objects. */
export function holedJson(value: Value): string {
  const { v } = value
  if (isUnknown(value)) return 'null'
  if (isItems(v)) return `[${v.map(holedJson).join(',')}]`
  if (isEntries(v)) {
    const known = [...v].filter(([, item]) => !isUnknown(item))
    return `{${known.map(([name, item]) => `${JSON.stringify(name)}:${holedJson(item)}`).join(',')}}`
  }
  return toJson(value) ?? 'null'
}

export function unknownTree(value: Value): UnknownTree {
  const { v } = value
  if (isUnknown(value)) return true
  if (isItems(v)) {
    const trees = v.map(unknownTree)
    return trees.every(tree => tree === false) ? false : trees
  }
  if (isEntries(v)) {
    const trees: { [name: string]: UnknownTree } = Object.create(null)
    for (const [name, item] of v) {
      const tree = unknownTree(item)
      if (tree !== false) trees[name] = tree
    }
    return Object.keys(trees).length === 0 ? false : trees
  }
  return false
}
