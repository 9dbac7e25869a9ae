import type { Module } from '../lang/rego/index.ts'
import type { Rule } from '../lang/rego/syntax/ast.ts'
import { nearest } from '../nearest.ts'
import { isKnownType } from '../vocabulary/load.ts'
import { directReads, type Reading } from './reading.ts'

/** A definition of a rule, in its module. */
export interface Defined {
  readonly module: Module
  readonly rule: Rule
}

/** What a rule reads of the input, itself or through what it leans on: what a live scan lists for it. */
export interface Reads {
  /** Sorted. */
  readonly types: readonly string[]
  /** Whether it may read resources of any type. */
  readonly isOpen: boolean
  /** Names below `input`, where it reads only such as no scan gives: it was written for another tool. */
  readonly foreign: readonly string[]
}

/** What stands below `input`. */
const inputNames = ['account_tags', 'resource', 'resources'] as const

/** Tells of definitions what they read. */
export function reader(
  modules: readonly Module[],
  data: object,
): (definitions: readonly Defined[]) => Reads {
  const byPath = new Map<string, Defined[]>()
  for (const module of modules)
    for (const rule of module.rules) {
      const own: Defined = { module, rule }
      const path = [...module.package.path, nameOf(rule)]
      for (let length = 1; length <= path.length; length++) push(byPath, key(path, length), own)
    }
  const known = new Map<Rule, Reading>()
  const readingOf = ({ module, rule }: Defined): Reading => {
    const found = known.get(rule) ?? directReads(module, rule)
    known.set(rule, found)
    return found
  }
  /** The rules at a path below `data` or above it, else the rule that holds it. */
  const rulesAt = (path: readonly string[]): readonly Defined[] => {
    for (let length = path.length; length > 0; length--) {
      const found = byPath.get(key(path, length))
      if (found === undefined) continue
      // Above a path that names no rule stand those of its package, which it does not mean.
      const isRule = found.every(each => homeOf(each) < length)
      return length === path.length || isRule ? found : []
    }
    return []
  }
  return definitions => {
    const reached = reach(definitions, each => readingOf(each).paths.flatMap(rulesAt))
    const types = new Set<string>()
    const roots = new Set<string>()
    let isOpen = false
    for (const each of reached) {
      const reading = readingOf(each)
      for (const type of [...reading.types, ...reading.constants]) types.add(type)
      for (const root of reading.roots) roots.add(root)
      if (reading.isOpen) isOpen = true
      if (!reading.isDynamic) continue
      const given = candidates(reading, { rulesAt, readingOf, data })
      for (const type of given) types.add(type)
      if (given.size === 0 || reading.hasNegative) isOpen = true
    }
    const isForeign = !isOpen && types.size === 0 && !inputNames.some(name => roots.has(name))
    return { types: [...types].sort(), isOpen, foreign: isForeign ? [...roots].sort() : [] }
  }
}

/**
 * Whether a module is written for the input of scans: it reads that and nothing else, or what may be a slip of it.
 */
export function readsOurInput(module: Module): boolean {
  const readings = module.rules.map(rule => directReads(module, rule))
  const roots = readings.flatMap(reading => [...reading.roots])
  const types = readings.flatMap(reading => [...reading.types])
  return (
    roots.length > 0 &&
    roots.every(root => nearest(root, inputNames, 2) !== null) &&
    // `input.resource.owner` is somebody else's.
    types.every(type => /^[a-z][a-z0-9]*_\w+$/.test(type))
  )
}

/** The types that modules name anywhere. */
export function typesNamed(modules: readonly Module[]): ReadonlySet<string> {
  return new Set(
    modules.flatMap(module =>
      module.rules.flatMap(rule => {
        const { types, constants } = directReads(module, rule)
        return [...types, ...constants]
      }),
    ),
  )
}

/** What a type that is no constant may be: what stands in the rule, in rules that it names, and in data. */
function candidates(
  { constants, paths }: Reading,
  {
    rulesAt,
    readingOf,
    data,
  }: {
    rulesAt: (path: readonly string[]) => readonly Defined[]
    readingOf: (each: Defined) => Reading
    data: object
  },
): ReadonlySet<string> {
  const found = new Set(constants)
  for (const path of paths) {
    for (const each of rulesAt(path))
      if (each.rule.head.args === undefined)
        for (const type of readingOf(each).constants) found.add(type)
    collectTypes(at(data, path), found)
  }
  return found
}

function at(data: unknown, path: readonly string[]): unknown {
  let here = data
  for (const name of path)
    here =
      typeof here === 'object' && here !== null && Object.hasOwn(here, name)
        ? Reflect.get(here, name)
        : undefined
  return here
}

function collectTypes(value: unknown, found: Set<string>): void {
  const open = [value]
  const seen = new Set<object>()
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string' && isKnownType(next)) found.add(next)
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (!Array.isArray(next))
      for (const name of Object.keys(next)) if (isKnownType(name)) found.add(name)
    open.push(...Object.values(next))
  }
}

function reach(
  from: readonly Defined[],
  next: (each: Defined) => readonly Defined[],
): Iterable<Defined> {
  const found = new Map<Rule, Defined>()
  const waiting = [...from]
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (found.has(each.rule)) continue
    found.set(each.rule, each)
    waiting.push(...next(each))
  }
  return found.values()
}

function homeOf({ module }: Defined): number {
  return module.package.path.length
}

function nameOf({ head: { ref } }: Rule): string {
  const [first] = ref
  return first?.kind === 'var' ? first.name : ''
}

function key(path: readonly string[], length: number): string {
  return JSON.stringify(path.slice(0, length))
}

function push<K, V>(map: Map<K, V[]>, name: K, value: V): void {
  const list = map.get(name)
  if (list === undefined) map.set(name, [value])
  else list.push(value)
}
