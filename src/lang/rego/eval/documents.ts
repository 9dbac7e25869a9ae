import type { Tree } from '../compile/tree.ts'
import { keyOf } from '../value/key.ts'
import { isObject } from '../value/kind.ts'
import { entriesOf, lookup } from '../value/lookup.ts'
import { objectEntries } from '../value/object.ts'
import { compare } from '../value/order.ts'
import { RegoObject, type Value } from '../value/value.ts'
import { absent, enter, type Machine } from './machine.ts'
import type { Program } from './program.ts'
import { compileRules, type Rules } from './rules.ts'

/** A node of `data`: what rules define there and below. */
export interface Document {
  readonly id: number
  readonly key: Value
  readonly path: readonly Value[]
  readonly parent: Document | undefined
  readonly children: ReadonlyMap<unknown, Document>
  /** In OPA's order of keys. */
  readonly sorted: readonly Document[]
  readonly isFunction: boolean
  readonly hasRules: boolean
  /** Compiled when first asked for. */
  readonly rules: (program: Program) => Rules
}

export function buildDocuments(tree: Tree): Document {
  let count = 0
  const build = (node: Tree, parent: Document | undefined): Document => {
    const children = new Map<unknown, Document>()
    const sorted: Document[] = []
    let rules: Rules | undefined
    const document: Document = {
      id: count++,
      key: node.key,
      path: node.path,
      parent,
      children,
      sorted,
      isFunction: node.units.some(({ rule }) => (rule.head.args?.length ?? 0) > 0),
      hasRules: node.units.length > 0,
      rules: program => {
        rules ??= compileRules(program, node.units)
        return rules
      },
    }
    for (const [key, child] of node.children) children.set(key, build(child, document))
    sorted.push(...[...children.values()].sort((a, b) => compare(a.key, b.key)))
    return document
  }
  return build(tree, undefined)
}

export function findDocument(root: Document, path: readonly Value[]): Document | undefined {
  let at: Document | undefined = root
  for (const key of path) at = at?.children.get(keyOf(key))
  return at
}

/** Has `with` put something in the place of this document? */
export function isMasked(m: Machine, document: Document): boolean {
  const { masks } = m.context
  if (masks === undefined) return false
  for (let at: Document | undefined = document; at !== undefined; at = at.parent)
    if (masks.has(at)) return true
  return false
}

/** What the rules of this very document say, whatever stands below it. */
export function ruleValue(m: Machine, program: Program, document: Document): Value | undefined {
  const { cache } = m.context
  const known = cache[document.id]
  if (known !== undefined) return known === absent ? undefined : (known as Value)
  enter(m)
  const value = document.rules(program).evaluate(m)
  m.depth--
  cache[document.id] = value === undefined ? absent : value
  return value
}

/** A place in `data` on the way along a reference: rules, base data, or both. */
export interface Cursor {
  readonly document: Document | undefined
  readonly base: Value | undefined
}

/** What stands below a cursor under a key. */
export function descend(m: Machine, program: Program, at: Cursor, key: Value): Cursor {
  const { document } = at
  const below = at.base === undefined ? undefined : lookup(at.base, key)
  if (document === undefined) return { document: undefined, base: below }
  const child = document.children.get(keyOf(key))
  if (!document.hasRules || isMasked(m, document)) {
    const hidden = child === undefined || isMasked(m, child)
    return { document: hidden ? undefined : child, base: below }
  }
  if (document.isFunction) return { document: undefined, base: undefined }
  const own = ruleValue(m, program, document)
  const ruled = own === undefined ? undefined : lookup(own, key)
  return { document: child, base: ruled ?? (child === undefined ? undefined : below) }
}

/** The keys below a cursor, in order. */
export function keysBelow(m: Machine, program: Program, at: Cursor): readonly Value[] {
  const keys = new Map<unknown, Value>()
  const add = (value: Value | undefined): void => {
    if (value === undefined) return
    for (const [key] of entriesOf(value) ?? []) keys.set(keyOf(key), key)
  }
  const { document } = at
  if (document === undefined) add(at.base)
  else if (document.hasRules && !isMasked(m, document)) {
    if (!document.isFunction) add(ruleValue(m, program, document))
  } else add(at.base)
  for (const child of document?.sorted ?? [])
    if (!child.isFunction || child.children.size > 0) keys.set(keyOf(child.key), child.key)
  return [...keys.values()].sort(compare)
}

/** The whole value at a cursor. */
export function extent(m: Machine, program: Program, at: Cursor): Value | undefined {
  const { document, base } = at
  if (document === undefined || isMasked(m, document)) return base
  if (document.isFunction) return undefined
  if (document.hasRules) {
    const own = ruleValue(m, program, document)
    if (document.children.size === 0) return own ?? base
    const merged = mergeChildren(m, program, document, own)
    return own === undefined && isEmpty(merged) ? undefined : merged
  }
  return mergeChildren(m, program, document, base)
}

function isEmpty(value: Value): boolean {
  return value instanceof RegoObject && value.entries.size === 0
}

function mergeChildren(
  m: Machine,
  program: Program,
  document: Document,
  base: Value | undefined,
): Value {
  const merged = new RegoObject()
  if (base !== undefined && isObject(base))
    for (const [key, value] of objectEntries(base)) merged.put(key, value)
  for (const child of document.sorted) {
    const value = extent(m, program, { document: child, base: merged.get(child.key) })
    if (value !== undefined) merged.put(child.key, value)
  }
  return merged
}
