import type { Module } from '../lang/rego/index.ts'
import type { Term } from '../lang/rego/syntax/ast.ts'
import { isKnownType } from '../vocabulary/load.ts'
import { walkRule } from './walk-rule.ts'

/** The resource types that a module names, and those of its package and of what it imports: what a live scan lists for it. */
export function typesNamed(module: Module, modules: readonly Module[]): readonly string[] {
  const types = new Set<string>()
  for (const each of reached(module, modules)) for (const type of namedIn(each)) types.add(type)
  return [...types].sort()
}

function reached(module: Module, modules: readonly Module[]): ReadonlySet<Module> {
  const found = new Set<Module>()
  const waiting = [module]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (found.has(at)) continue
    found.add(at)
    const wanted = [
      at.package.path,
      ...at.imports.flatMap(({ path: [root, ...path] }) => (root === 'data' ? [path] : [])),
    ]
    for (const other of modules)
      if (wanted.some(path => isWithin(other.package.path, path))) waiting.push(other)
  }
  return found
}

/** An import may name a package, one above it, or a rule in it. */
function isWithin(home: readonly string[], path: readonly string[]): boolean {
  const length = Math.min(home.length, path.length)
  return (
    path.length > 0 &&
    length >= path.length - 1 &&
    home.slice(0, length).every((part, at) => part === path[at])
  )
}

function namedIn(module: Module): ReadonlySet<string> {
  const types = new Set<string>()
  const see = (term: Term): undefined => {
    if (term.kind === 'scalar' && typeof term.value === 'string' && isKnownType(term.value))
      types.add(term.value)
    if (term.kind !== 'ref') return
    const [head, name, type] = term.path
    if (isNamed(head, 'input') && isNamed(name, 'resource') && type?.kind === 'scalar')
      types.add(String(type.value))
  }
  for (const rule of module.rules) walkRule(rule, see)
  for (const { path } of module.imports)
    if (path[0] === 'input' && path[1] === 'resource' && path[2] !== undefined) types.add(path[2])
  return types
}

function isNamed(term: Term | undefined, name: string): boolean {
  if (term?.kind === 'var') return term.name === name
  return term?.kind === 'scalar' && term.value === name
}
