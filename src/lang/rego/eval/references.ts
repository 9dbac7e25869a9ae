import type { RefTerm, Term } from '../syntax/ast.ts'
import { keyOf } from '../value/key.ts'
import { lookup, lookupName } from '../value/lookup.ts'
import type { Value } from '../value/value.ts'
import {
  type Cursor,
  type Document,
  descend,
  extent,
  isMasked,
  keysBelow,
  lookupBase,
  noOverlays,
  ruleValue,
} from './documents.ts'
import { type Get, type Machine, type Next, step, type Take } from './machine.ts'
import { compilePath, type Element, follow, type Path } from './paths.ts'
import type { Program } from './program.ts'
import { type Place, slotOf } from './scope.ts'

/** A reference whose variables are all bound: one value or none. */
export function compileReference(place: Place, term: RefTerm): Get {
  const { start, elements } = compileHead(place, term)
  if (start.kind === 'value') return chainGet(start.get, elements)
  const { program } = place.scope
  const { document } = start
  return (m, f) => {
    let at: Cursor = { document, base: baseAt(m, document), overlays: noOverlays }
    for (const element of elements) {
      const key = element.kind === 'name' ? element.name : keyGet(element)?.(m, f)
      if (key === undefined) return undefined
      at = descend(m, program, at, key)
      if (at.document === undefined && at.base === undefined) return undefined
    }
    return extent(m, program, at)
  }
}

function keyGet(element: Element): Get | undefined {
  return element.kind === 'key' ? element.get : undefined
}

function chainGet(start: Get, elements: readonly Element[]): Get {
  if (elements.length === 0) return start
  const names = elements.map(element => (element.kind === 'name' ? element.name : undefined))
  const [first, second] = names
  if (first !== undefined && elements.length === 1) {
    return (m, f) => {
      const value = start(m, f)
      return value === undefined ? undefined : lookupName(value, first)
    }
  }
  if (first !== undefined && second !== undefined && elements.length === 2) {
    return (m, f) => {
      const value = start(m, f)
      const inner = value === undefined ? undefined : lookupName(value, first)
      return inner === undefined ? undefined : lookupName(inner, second)
    }
  }
  const find = elements.some(element => element.kind === 'key' && element.isBase)
    ? lookupBase
    : lookup
  return (m, f) => {
    let value = start(m, f)
    for (const element of elements) {
      if (value === undefined) return undefined
      if (element.kind === 'name') value = lookupName(value, element.name)
      else {
        const key = keyGet(element)?.(m, f)
        value = key === undefined ? undefined : find(value, key)
      }
    }
    return value
  }
}

/** A reference with unbound variables: runs `final` for each value that it leads to. */
export function compileIteration(place: Place, term: RefTerm, cut: boolean, final: Take): Next {
  const { start, elements } = compileHead(place, term)
  const options = { ordered: place.ordered, cut }
  if (start.kind === 'value') {
    const { get } = start
    const take = follow(elements, options, final)
    return (m, f) => {
      const value = get(m, f)
      return value !== undefined && take(m, f, value)
    }
  }
  const { document } = start
  const walk = compileWalk(place.scope.program, elements, options, final)
  return (m, f) => walk(m, f, { document, base: baseAt(m, document), overlays: noOverlays })
}

/** What the variables of the reference's path become. */
export function referencePath(place: Place, term: RefTerm): Path {
  return compilePath(place, term.path.slice(1))
}

type Start =
  | { readonly kind: 'value'; readonly get: Get }
  | { readonly kind: 'document'; readonly document: Document }

interface Head {
  readonly start: Start
  readonly elements: readonly Element[]
}

function compileHead(place: Place, term: RefTerm): Head {
  const [head, ...rest] = term.path
  if (head?.kind !== 'var') throw new TypeError('a reference without a variable')
  if (!place.bound.has(head.name)) {
    if (head.name === 'data') return compileDataHead(place, rest)
    if (head.name === 'input') {
      const { elements } = compilePath(place, rest)
      return { start: { kind: 'value', get: m => m.context.input }, elements }
    }
  }
  const slot = slotOf(place.scope, head.name)
  const { elements } = compilePath(place, rest)
  return { start: { kind: 'value', get: (_, f) => f[slot] }, elements }
}

/** Constants of the path are followed at once, as far as the rules reach. */
function compileDataHead(place: Place, parts: readonly Term[]): Head {
  const { program } = place.scope
  let document = program.root
  let i = 0
  for (; i < parts.length; i++) {
    const part = parts[i]
    if (part?.kind !== 'scalar' || document.hasRules) break
    const child = document.children.get(keyOf(part.value))
    if (child === undefined) {
      const { elements } = compilePath(place, parts.slice(i), true)
      const top = document
      return { start: { kind: 'value', get: m => baseAt(m, top) }, elements }
    }
    document = child
  }
  const { elements } = compilePath(place, parts.slice(i), true)
  const found = document
  if (found.hasRules && found.children.size === 0 && !found.isFunction) {
    const get: Get = m =>
      m.context.masks !== undefined && isMasked(m, found)
        ? baseAt(m, found)
        : ruleValue(m, program, found)
    return { start: { kind: 'value', get }, elements }
  }
  return { start: { kind: 'document', document: found }, elements }
}

/** The base data at a document's path. */
function baseAt(m: Machine, document: Document): Value | undefined {
  let value: Value | undefined = m.context.base
  for (const key of document.path) {
    if (value === undefined) return undefined
    value = lookup(value, key)
  }
  return value
}

type WalkCursor = (m: Machine, f: Parameters<Next>[1], at: Cursor) => boolean

/** From a document that rules and base data share, until only a value is left. */
function compileWalk(
  program: Program,
  elements: readonly Element[],
  options: { readonly ordered: boolean; readonly cut: boolean },
  final: Take,
): WalkCursor {
  const [element, ...rest] = elements
  if (element === undefined) {
    return (m, f, at) => {
      const value = extent(m, program, at)
      return value !== undefined && final(m, f, value)
    }
  }
  const plain = follow(elements, options, final)
  const next = compileWalk(program, rest, options, final)
  return (m, f, at) => {
    if (at.document === undefined) return at.base !== undefined && plain(m, f, at.base)
    if (element.kind === 'name') return next(m, f, descend(m, program, at, element.name))
    if (element.kind === 'key') {
      const key = element.get(m, f)
      return key !== undefined && next(m, f, descend(m, program, at, key))
    }
    let found = false
    for (const key of keysBelow(m, program, at)) {
      step(m)
      if (element.kind === 'bind') {
        if (element.slot >= 0) f[element.slot] = key
      } else if (!element.take(m, f, key)) continue
      if (!next(m, f, descend(m, program, at, key))) continue
      if (options.cut) return true
      found = true
    }
    return found
  }
}
