import { builtinName } from '../compile/withs.ts'
import type { Term, With } from '../syntax/ast.ts'
import { isObject } from '../value/kind.ts'
import { lookup } from '../value/lookup.ts'
import { objectEntries } from '../value/object.ts'
import { RegoObject, type Value } from '../value/value.ts'
import { type Document, findDocument } from './documents.ts'
import type { Compiled } from './literals.ts'
import type { Context, Frame, Get, Machine, Mock, Next, Test } from './machine.ts'
import type { Program } from './program.ts'
import type { Place } from './scope.ts'
import { compileTerm } from './terms.ts'

/** Runs a literal under `with`; what comes after it runs under what was before. */
export function modify(place: Place, modifiers: readonly With[], compiled: Compiled): Compiled {
  const make = compileModifiers(place, modifiers)
  const { step } = compiled
  if (step.kind === 'test') {
    const test: Test = (m, f) => {
      const outer = m.context
      const inner = make(m, f)
      if (inner === undefined) return false
      m.context = inner
      const holds = step.test(m, f)
      m.context = outer
      return holds
    }
    return { ...compiled, step: { kind: 'test', test } }
  }
  const generate = (next: Next, cut: boolean): Next => {
    const run = step.generate((m, f) => {
      const inner = m.context
      if (inner.outer === undefined) return false
      m.context = inner.outer
      const found = next(m, f)
      m.context = inner
      return found
    }, cut)
    return (m, f) => {
      const outer = m.context
      const inner = make(m, f)
      if (inner === undefined) return false
      m.context = inner
      const found = run(m, f)
      m.context = outer
      return found
    }
  }
  return { ...compiled, step: { kind: 'generate', generate } }
}

type Change = (m: Machine, f: Frame, context: Draft) => boolean

/** A context that is being put together. */
interface Draft {
  input: Value | undefined
  base: Value
  masks: Set<Document> | undefined
  mocks: Map<string, Mock> | undefined
}

function compileModifiers(
  place: Place,
  modifiers: readonly With[],
): (m: Machine, f: Frame) => Context | undefined {
  const changes = modifiers.map(modifier => compileChange(place, modifier))
  return (m, f) => {
    const outer = m.context
    const draft: Draft = {
      input: outer.input,
      base: outer.base,
      masks: outer.masks && new Set(outer.masks),
      mocks: outer.mocks && new Map(outer.mocks),
    }
    for (const change of changes) if (!change(m, f, draft)) return undefined
    return { outer, ...draft, cache: [] }
  }
}

function compileChange(place: Place, { target, value }: With): Change {
  const [head, ...rest] = target.kind === 'ref' ? target.path : [target]
  const root = head?.kind === 'var' ? head.name : ''
  const path = rest.map(part => compileTerm(place, part))
  const mock = compileMock(place, target, value)
  if (mock !== undefined) return mock
  const get = compileTerm(place, value)
  if (root === 'input') {
    return (m, f, draft) => {
      const replacement = get(m, f)
      const keys = evaluate(path, m, f)
      if (replacement === undefined || keys === undefined) return false
      draft.input = put(draft.input, keys, replacement)
      return true
    }
  }
  const { root: documents } = place.scope.program
  return (m, f, draft) => {
    const replacement = get(m, f)
    const keys = evaluate(path, m, f)
    if (replacement === undefined || keys === undefined) return false
    draft.base = put(draft.base, keys, replacement)
    const document = findDocument(documents, keys)
    if (document !== undefined) draft.masks = (draft.masks ?? new Set()).add(document)
    return true
  }
}

function evaluate(path: readonly Get[], m: Machine, f: Frame): readonly Value[] | undefined {
  const keys: Value[] = []
  for (const get of path) {
    const key = get(m, f)
    if (key === undefined) return undefined
    keys.push(key)
  }
  return keys
}

/** Functions are replaced by functions, or by a value that every call then has. */
function compileMock(place: Place, target: Term, value: Term): Change | undefined {
  const { program } = place.scope
  const name = builtinName(target)
  const isFunction = program.builtins.has(name) || findNamed(program, target)?.isFunction === true
  if (!isFunction) return undefined
  const replacement = functionNamed(program, value)
  if (replacement !== undefined) {
    return (_m, _f, draft) => {
      draft.mocks = (draft.mocks ?? new Map()).set(name, replacement)
      return true
    }
  }
  const get = compileTerm(place, value)
  return (m, f, draft) => {
    const fixed = get(m, f)
    if (fixed === undefined) return false
    draft.mocks = (draft.mocks ?? new Map()).set(name, { kind: 'value', value: fixed })
    return true
  }
}

function functionNamed(program: Program, value: Term): Mock | undefined {
  if (value.kind !== 'ref') return undefined
  const name = builtinName(value)
  if (program.builtins.has(name)) return { kind: 'function', name, document: undefined }
  const document = findNamed(program, value)
  return document?.isFunction === true ? { kind: 'function', name, document } : undefined
}

function findNamed(program: Program, term: Term): Document | undefined {
  if (term.kind !== 'ref') return undefined
  const [head, ...rest] = term.path
  if (head?.kind !== 'var' || head.name !== 'data') return undefined
  const keys = rest.map(part => (part.kind === 'scalar' ? part.value : undefined))
  const path = keys.filter(key => key !== undefined)
  return path.length === keys.length ? findDocument(program.root, path) : undefined
}

/** A copy of `value` with something else at a path; objects that are missing on the way are made. */
function put(value: Value | undefined, path: readonly Value[], replacement: Value): Value {
  const [key, ...rest] = path
  if (key === undefined) return replacement
  const object = value !== undefined && isObject(value) ? value : {}
  const copy = RegoObject.of(objectEntries(object))
  copy.put(key, put(lookup(object, key), rest, replacement))
  return copy
}
