import type { Module } from '../lang/rego/index.ts'
import type { Term } from '../lang/rego/syntax/ast.ts'
import type { PolicyProblem } from './rule.ts'
import { walkRule } from './walk-rule.ts'

/**
 * Modules that need a rule which only broken ones define. Without them they would compile and find nothing, which
 * looks like a pass.
 */
export function dependents(
  modules: readonly Module[],
  broken: readonly Module[],
): ReadonlyMap<string, PolicyProblem> {
  const found = new Map<string, PolicyProblem>()
  let rest = modules
  let lost = broken
  while (lost.length > 0) {
    const missing = missingRules(rest, lost)
    const next = rest.filter(module => {
      const need = firstNeed(module, missing)
      if (need !== null) found.set(module.file, need)
      return need !== null
    })
    rest = rest.filter(module => !found.has(module.file))
    lost = next
  }
  return found
}

/** Rule, by its dotted path → the broken file that defines it. */
function missingRules(
  modules: readonly Module[],
  broken: readonly Module[],
): ReadonlyMap<string, string> {
  const present = new Set(modules.flatMap(module => rulesOf(module)))
  const missing = new Map<string, string>()
  for (const module of broken)
    for (const rule of rulesOf(module)) if (!present.has(rule)) missing.set(rule, module.file)
  return missing
}

function rulesOf({ package: { path }, rules }: Module): readonly string[] {
  return rules.map(({ head: { ref } }) => key([...path, headName(ref[0])]))
}

function headName(term: Term | undefined): string {
  return term?.kind === 'var' ? term.name : ''
}

function firstNeed(module: Module, missing: ReadonlyMap<string, string>): PolicyProblem | null {
  const aliases = new Map(
    module.imports.map(({ path, alias }) => [alias ?? path.at(-1) ?? '', path]),
  )
  let need: PolicyProblem | null = null
  const see = (term: Term): undefined => {
    if (term.kind !== 'ref' || need !== null) return undefined
    const path = dataPath(term.path, aliases)
    if (path === null) return undefined
    const file = lookUp(path, missing)
    if (file === undefined) return undefined
    need = {
      file: module.file,
      row: term.loc.row,
      col: term.loc.col,
      code: 'policy_error',
      message: `needs data.${path.join('.')} of ${file}, which does not compile`,
    }
    return undefined
  }
  for (const rule of module.rules) walkRule(rule, see)
  return need
}

/** Names below `data` of a reference, as far as they are constant. */
function dataPath(
  [head, ...rest]: readonly Term[],
  aliases: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  if (head?.kind !== 'var') return null
  const start = head.name === 'data' ? ['data'] : aliases.get(head.name)
  if (start?.[0] !== 'data') return null
  const names = [...start.slice(1)]
  for (const part of rest) {
    if (part.kind !== 'scalar' || typeof part.value !== 'string') break
    names.push(part.value)
  }
  return names
}

/** The rule itself, something in it, or a package as a whole that holds it. */
function lookUp(path: readonly string[], missing: ReadonlyMap<string, string>): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const file = missing.get(key(path.slice(0, length)))
    if (file !== undefined) return file
  }
  const within = `${key(path).slice(0, -1)},`
  for (const [rule, file] of missing) if (rule.startsWith(within)) return file
  return undefined
}

function key(path: readonly string[]): string {
  return JSON.stringify(path)
}
