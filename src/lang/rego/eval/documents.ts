import type { Tree } from '../compile/tree.ts'
import { RegoError } from '../error.ts'
import { numberText } from '../value/big.ts'
import { keyOf } from '../value/key.ts'
import { isNumber, isObject } from '../value/kind.ts'
import { entriesOf, lookup } from '../value/lookup.ts'
import { objectEntries } from '../value/object.ts'
import { compare, equal } from '../value/order.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { absent, enter, type Machine } from './machine.ts'
import { Branch } from './partial.ts'
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
  /** `data.system` shows only to those who name it. */
  readonly isHidden: boolean
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
      isHidden: node.path.length === 1 && node.key === 'system',
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
  if (known !== undefined) {
    m.trace?.recall(cache, document.id)
    return known === absent ? undefined : (known as Value)
  }
  enter(m)
  m.trace?.begin()
  const value = document.rules(program).evaluate(m)
  m.trace?.end(cache, document.id)
  m.depth--
  cache[document.id] = value === undefined ? absent : value
  return value
}

/** A place in `data` on the way along a reference: rules, base data, or both. */
export interface Cursor {
  readonly document: Document | undefined
  readonly base: Value | undefined
  /** What rules with variables in their names, further up, say of this place. */
  readonly overlays: readonly Value[]
}

export const noOverlays: readonly Value[] = []

/** Base data is filed under text: a number finds its digits. */
export function lookupBase(value: Value, key: Value): Value | undefined {
  const found = lookup(value, key)
  if (found !== undefined || !isNumber(key) || !isObject(value)) return found
  return lookup(value, numberText(key))
}

/** What stands below a cursor under a key. */
export function descend(m: Machine, program: Program, at: Cursor, key: Value): Cursor {
  const { document } = at
  const base = at.base === undefined ? undefined : lookupBase(at.base, key)
  if (document === undefined) return { document, base, overlays: noOverlays }
  const masked = isMasked(m, document)
  const overlays = at.overlays.flatMap(value => lookup(value, key) ?? [])
  const ruled = document.hasRules && !masked
  if (ruled && document.isFunction) return { document: undefined, base: undefined, overlays: [] }
  const own = ruled ? ruleValue(m, program, document) : undefined
  const inner = own === undefined ? undefined : lookup(own, key)
  if (inner !== undefined) overlays.push(inner)
  const child = masked ? undefined : document.children.get(keyOf(key))
  if (child !== undefined) return { document: child, base, overlays }
  const [first, ...others] = overlays
  if (first === undefined)
    return { document: undefined, base: ruled ? undefined : base, overlays: noOverlays }
  const value = others.reduce((a, b) => combine(a, b), first)
  return { document: undefined, base: value, overlays: noOverlays }
}

/** The keys below a cursor, in order. */
export function keysBelow(m: Machine, program: Program, at: Cursor): readonly Value[] {
  const keys = new Map<unknown, Value>()
  const add = (value: Value | undefined): void => {
    if (value === undefined) return
    for (const [key] of entriesOf(value) ?? []) keys.set(keyOf(key), key)
  }
  const { document } = at
  const masked = document !== undefined && isMasked(m, document)
  const ruled = document?.hasRules === true && !masked
  if (!ruled) add(at.base)
  else if (!document.isFunction) add(ruleValue(m, program, document))
  for (const overlay of at.overlays) add(overlay)
  if (!masked)
    for (const child of document?.sorted ?? [])
      if (!child.isFunction || child.children.size > 0) keys.set(keyOf(child.key), child.key)
  return [...keys.values()].sort(compare)
}

/** The whole value at a cursor: base data wins where both say something. */
export function extent(m: Machine, program: Program, at: Cursor): Value | undefined {
  const { document, base, overlays } = at
  if (document === undefined) return base
  let virtual = virtualExtent(m, program, document)
  for (const overlay of overlays)
    virtual = virtual === undefined ? overlay : combine(overlay, virtual)
  if (virtual === undefined) return base
  if (base === undefined) return virtual
  return document.hasRules && !isMasked(m, document) ? virtual : mergeBase(base, virtual)
}

/** Everything that rules define at a document and below it. */
function virtualExtent(m: Machine, program: Program, document: Document): Value | undefined {
  if (isMasked(m, document) || document.isFunction) return undefined
  if (document.hasRules) {
    const own = ruleValue(m, program, document)
    if (document.children.size === 0) return own
    return gatherChildren(m, program, document, own)
  }
  const { cache } = m.context
  const known = cache[document.id]
  if (known !== undefined) {
    m.trace?.recall(cache, document.id)
    return known === absent ? undefined : (known as Value)
  }
  m.trace?.begin()
  const value = gatherChildren(m, program, document, undefined)
  m.trace?.end(cache, document.id)
  cache[document.id] = value
  return value
}

function gatherChildren(
  m: Machine,
  program: Program,
  document: Document,
  own: Value | undefined,
): Value {
  const gathered = new Branch()
  if (own instanceof RegoObject) for (const [key, value] of own.entries) gathered.put(key, value)
  for (const child of document.sorted) {
    if (child.isHidden) continue
    const value = virtualExtent(m, program, child)
    if (value === undefined) continue
    const known = gathered.get(child.key)
    gathered.put(child.key, known === undefined ? value : combine(known, value))
  }
  return gathered
}

/** Two rules speak of one place: objects and sets that rules build are joined, all else has to be equal. */
function combine(a: Value, b: Value): Value {
  if (a instanceof Branch && b instanceof Branch) {
    const joined = new Branch()
    for (const [key, value] of a.entries) joined.put(key, value)
    for (const [key, value] of b.entries) {
      const known = joined.get(key)
      joined.put(key, known === undefined ? value : combine(known, value))
    }
    return joined
  }
  if (a instanceof RegoSet && b instanceof RegoSet) return RegoSet.of([...a.members, ...b.members])
  if (equal(a, b)) return a
  throw new RegoError('eval_conflict_error', 'object keys must be unique')
}

function mergeBase(base: Value, virtual: Value): Value {
  if (!isObject(base) || !isObject(virtual)) return base
  const merged = RegoObject.of(objectEntries(virtual))
  for (const [key, value] of objectEntries(base)) {
    const known = merged.get(key)
    merged.put(key, known === undefined ? value : mergeBase(value, known))
  }
  return merged
}
