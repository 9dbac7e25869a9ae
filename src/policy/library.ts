import { link, type Module, type Policy, RegoError } from '../lang/rego/index.ts'
import { dependents } from './dependents.ts'
import type { PolicyFile } from './files.ts'
import { parsePolicy, problemsOf } from './parse.ts'
import { kindOf, type PolicyProblem } from './rule.ts'

/** Policies that compile together, and what is wrong with the others. */
export interface Library {
  readonly policy: Policy
  readonly modules: readonly Module[]
  readonly problems: readonly PolicyProblem[]
}

/** Compiles what compiles: a bad policy, and what needs it, is left out. */
export function compileLibrary(
  files: readonly Pick<PolicyFile, 'name' | 'text'>[],
  options: { readonly strict?: boolean } = {},
): Library {
  const problems: PolicyProblem[] = []
  let modules: readonly Module[] = files.flatMap(({ name, text }) => {
    const parsed = parsePolicy(name, text)
    if (!(parsed instanceof RegoError)) return [parsed]
    problems.push(...problemsOf(parsed, name))
    return []
  })
  for (;;) {
    try {
      const policy = link(modules, { ...options, isWatched })
      return { policy, modules, problems }
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      const fresh = problemsOf(error, modules[0]?.file ?? '')
      problems.push(...fresh)
      const bad = new Set(fresh.map(problem => problem.file))
      const kept = modules.filter(({ file }) => !bad.has(file))
      if (kept.length === modules.length) throw error
      const broken = modules.filter(({ file }) => bad.has(file))
      const spoiled = dependents(kept, broken)
      problems.push(...spoiled.values())
      modules = kept.filter(({ file }) => !spoiled.has(file))
    }
  }
}

/** Every solution of a rule that denies counts: several resources may give one message. */
function isWatched(path: readonly unknown[]): boolean {
  return path.some(part => typeof part === 'string' && kindOf(part) !== null)
}
