import type { Term } from '../syntax/ast.ts'
import { keyOf } from '../value/key.ts'
import type { Value } from '../value/value.ts'
import { or, select, valuesOf } from './algebra.ts'
import { anything, aString, type ObjectType, type Property, type Type } from './type.ts'

/** What is known of names and of documents, in one scope; the scopes around it follow. */
export interface Env {
  readonly tree: TypeTree
  readonly next: Env | undefined
}

export interface TypeTree {
  /** Undefined for variables. */
  readonly key: Value | undefined
  type: Type | undefined
  /** By name in a scope, by key below. */
  readonly children: Map<unknown, TypeTree>
}

export function newTree(key?: Value): TypeTree {
  return { key, type: undefined, children: new Map() }
}

export function wrap(env: Env | undefined): Env {
  return { tree: newTree(), next: env }
}

/** What a scope says of the head of a reference. */
export function treeOf({ tree }: Env, head: Term): TypeTree | undefined {
  return head.kind === 'var' ? tree.children.get(head.name) : undefined
}

export function childOf(tree: TypeTree, term: Term): TypeTree | undefined {
  return term.kind === 'scalar' ? tree.children.get(keyOf(term.value)) : undefined
}

export function putVar(env: Env, name: string, type: Type | undefined): void {
  const tree = env.tree.children.get(name) ?? newTree()
  tree.type = type
  env.tree.children.set(name, tree)
}

export function typeOfVar(env: Env, name: string): Type | undefined {
  for (let at: Env | undefined = env; at !== undefined; at = at.next) {
    const tree = at.tree.children.get(name)
    if (tree !== undefined) return tree.type
  }
  return undefined
}

function isRoot(term: Term | undefined): boolean {
  return term?.kind === 'var' && (term.name === 'data' || term.name === 'input')
}

export function typeOfPath(env: Env, path: readonly Term[]): Type | undefined {
  const [head] = path
  if (head === undefined) return undefined
  const tree = treeOf(env, head)
  return tree === undefined ? fallback(env, path) : typeBelow(env, tree, path, 1)
}

/** A document that no rule makes may be anything. */
function fallback(env: Env, path: readonly Term[]): Type | undefined {
  if (env.next !== undefined) return typeOfPath(env.next, path)
  return isRoot(path[0]) ? anything : undefined
}

function typeBelow(env: Env, tree: TypeTree, path: readonly Term[], at: number): Type | undefined {
  const part = path[at]
  if (part === undefined) return extentType(tree)
  const child = childOf(tree, part)
  if (tree.type !== undefined) {
    if (child !== undefined) return typeBelow(env, child, path, at + 1)
    return selectPath(tree.type, path.slice(at))
  }
  if (part.kind !== 'scalar') return selectPath(extentType(tree), path.slice(at))
  return child === undefined ? fallback(env, path) : typeBelow(env, child, path, at + 1)
}

/** Of a package: its rules, and whatever base data adds. */
export function extentType(tree: TypeTree): Type {
  if (tree.type !== undefined) return tree.type
  const properties: Property[] = []
  for (const child of tree.children.values()) {
    const { key } = child
    if (key !== undefined && key !== null && typeof key !== 'object')
      properties.push([key, extentType(child)])
  }
  return { kind: 'object', properties, rest: [aString, anything] }
}

function selectPath(type: Type | undefined, path: readonly Term[]): Type | undefined {
  let at = type
  for (const part of path) {
    if (at === undefined) return undefined
    at = part.kind === 'scalar' ? select(at, part.value) : valuesOf(at)
  }
  return at
}

/** Adds a rule's type at its path; objects above and below it take it in. */
export function insertType(env: Env, path: readonly Term[], type: Type): void {
  let tree = env.tree
  for (const [i, part] of path.entries()) {
    const key = part.kind === 'var' ? part.name : part.kind === 'scalar' ? keyOf(part.value) : ''
    const known = tree.children.get(key)
    const child = known ?? newTree(part.kind === 'scalar' ? part.value : undefined)
    if (known?.type?.kind === 'object' && i + 1 < path.length)
      child.type = insertInto(known.type, path.slice(i + 1), type)
    tree.children.set(key, child)
    tree = child
  }
  tree.type = merge(tree.type, type)
  if (type.kind !== 'object') return
  for (const [inner, leaf] of leaves(tree))
    if (tree.type?.kind === 'object') tree.type = insertInto(tree.type, inner, leaf)
}

function leaves(tree: TypeTree): readonly (readonly [readonly Term[], Type])[] {
  const found: (readonly [readonly Term[], Type])[] = []
  const visit = (at: TypeTree, path: readonly Term[]): void => {
    for (const child of at.children.values()) {
      const { key } = child
      const loc = { file: '', row: 0, col: 0, offset: 0, end: 0 }
      const scalarKey = key === undefined || (typeof key === 'object' && key !== null) ? null : key
      const inner: readonly Term[] = [...path, { kind: 'scalar', value: scalarKey, loc }]
      if (child.type === undefined) visit(child, inner)
      else found.push([inner, child.type])
    }
  }
  visit(tree, [])
  return found
}

function insertInto(object: ObjectType, path: readonly Term[], type: Type): ObjectType {
  const [part, ...rest] = path
  if (part === undefined) return object
  const key = part.kind === 'scalar' ? keyType(part.value) : anything
  const empty: ObjectType = { kind: 'object', properties: [], rest: undefined }
  const value = rest.length === 0 ? type : insertInto(empty, rest, type)
  return {
    ...object,
    rest: [or(object.rest?.[0], key), or(object.rest?.[1], value)],
  }
}

function keyType(value: unknown): Type {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'string') return aString
  return typeof value === 'boolean' ? { kind: 'boolean' } : { kind: 'number' }
}

/** Of several definitions: sets and open objects are joined, all else is either. */
function merge(a: Type | undefined, b: Type): Type | undefined {
  if (a === undefined) return b
  if (a.kind === 'set' && b.kind === 'set') return { kind: 'set', of: or(a.of, b.of) }
  if (
    a.kind === 'object' &&
    b.kind === 'object' &&
    a.properties.length === 0 &&
    b.properties.length === 0
  ) {
    const value = b.rest?.[1] === undefined ? a.rest?.[1] : merge(a.rest?.[1], b.rest[1])
    return { kind: 'object', properties: [], rest: [or(a.rest?.[0], b.rest?.[0]), value] }
  }
  return or(a, b)
}
