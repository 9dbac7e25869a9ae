import type { Rule, Term } from '../syntax/ast.ts'
import { keyOf } from '../value/key.ts'
import type { Value } from '../value/value.ts'
import type { Unit } from './unit.ts'

/** The documents that rules define, by path from `data`. Rules hang where the constant part of their name ends. */
export interface Tree {
  readonly key: Value
  readonly path: readonly Value[]
  readonly parent: Tree | undefined
  readonly children: Map<unknown, Tree>
  readonly units: Unit[]
}

export function buildTree(units: readonly Unit[], packages: readonly (readonly string[])[]): Tree {
  const root = node('data', [], undefined)
  for (const path of packages) {
    let at = root
    for (const name of path) at = child(at, name)
  }
  for (const unit of units) {
    let at = root
    for (const part of constantPrefix(unit.rule)) at = child(at, part)
    at.units.push(unit)
  }
  return root
}

function node(key: Value, path: readonly Value[], parent: Tree | undefined): Tree {
  return { key, path, parent, children: new Map(), units: [] }
}

function child(parent: Tree, key: Value): Tree {
  const id = keyOf(key)
  const known = parent.children.get(id)
  if (known !== undefined) return known
  const made = node(key, [...parent.path, key], parent)
  parent.children.set(id, made)
  return made
}

/** Constants of the rule's name after `data`, up to its first variable. */
export function constantPrefix(rule: Rule): readonly Value[] {
  const path: Value[] = []
  for (const part of rule.head.ref.slice(1)) {
    if (part.kind !== 'scalar') break
    path.push(part.value)
  }
  return path
}

export function isGroundRule(rule: Rule): boolean {
  return constantPrefix(rule).length === rule.head.ref.length - 1
}

/** The node that a reference of constants leads to. */
export function findReference(tree: Tree, path: readonly Term[]): Tree | undefined {
  const [head, ...rest] = path
  if (head?.kind !== 'var' || head.name !== 'data') return undefined
  let at: Tree | undefined = tree
  for (const part of rest) {
    if (part.kind !== 'scalar') return undefined
    at = at?.children.get(keyOf(part.value))
  }
  return at
}

export function isFunction(tree: Tree): boolean {
  return tree.units.some(({ rule }) => rule.head.args !== undefined)
}

/** Does the reference name a rule that always has a value? */
export function isDefined(tree: Tree, path: readonly Term[]): boolean {
  const units = findReference(tree, path)?.units ?? []
  const [first] = units
  if (first === undefined || first.rule.head.args !== undefined) return false
  if (first.rule.head.key !== undefined) return true
  if (units.some(({ rule }) => rule.isDefault)) return true
  return units.length === 1 && isConstantRule(first.rule)
}

function isConstantRule({ body, head }: Rule): boolean {
  const [only] = body
  return (
    body.length === 1 &&
    only?.expr.kind === 'term' &&
    only.expr.term.kind === 'scalar' &&
    only.expr.term.value === true &&
    head.value !== undefined &&
    isGround(head.value)
  )
}

export function isGround(term: Term): boolean {
  switch (term.kind) {
    case 'scalar':
      return true
    case 'array':
    case 'set':
      return term.items.every(isGround)
    case 'object':
      return term.entries.every(([key, value]) => isGround(key) && isGround(value))
    default:
      return false
  }
}

/** Every node under `tree`, itself included, parents first. */
export function descendants(tree: Tree): readonly Tree[] {
  const found: Tree[] = [tree]
  for (const each of found) found.push(...each.children.values())
  return found
}
