import { link, type Module, RegoError } from '../lang/rego/index.ts'
import type { Term } from '../lang/rego/syntax/ast.ts'
import { nearest } from '../nearest.ts'
import { isKnownType, knownTypes, loadVocabulary } from '../vocabulary/load.ts'
import { inputType } from './input-type.ts'
import { problemsOf } from './parse.ts'
import { readsOurInput, typesNamed } from './reads.ts'
import { portableNegation } from './rewrite.ts'
import type { PolicyProblem } from './rule.ts'
import { walkRule } from './walk-rule.ts'

export interface Checked {
  readonly errors: readonly PolicyProblem[]
  readonly warnings: readonly PolicyProblem[]
}

/**
 * What is wrong with modules that parse: what OPA says of them, then what the attributes of `input.resource` are called.
 * `policies` are those that read a scan's input; tests make their own.
 */
export async function checkModules(
  modules: readonly Module[],
  policies: readonly Module[],
  library: Module,
  { strict, sourceOf }: { readonly strict: boolean; readonly sourceOf: (file: string) => string },
): Promise<Checked> {
  const all = [library, ...modules]
  const first = attempt(all, { strict })
  if (first instanceof RegoError) return { errors: problemsOf(first, ''), warnings: [] }
  const warnings = [
    ...first.map(warning => warningOf(warning, modules, sourceOf)),
    ...policies.filter(readsOurInput).flatMap(strangeTypes),
  ]
  const described = inputType(await loadVocabulary(typesNamed(policies)))
  const second = attempt([library, ...policies], { strict, inputType: described })
  const found = second instanceof RegoError ? problemsOf(second, '') : []
  const ours = new Set(policies.filter(readsOurInput).map(({ file }) => file))
  const errors = found.filter(({ file }) => ours.has(file)).map(withNearest)
  return { errors, warnings }
}

function attempt(modules: readonly Module[], options: Parameters<typeof link>[1]) {
  try {
    return link(modules, options).warnings
  } catch (error) {
    if (error instanceof RegoError) return error
    throw error
  }
}

function warningOf(
  { code, message, location }: ReturnType<typeof link>['warnings'][number],
  modules: readonly Module[],
  sourceOf: (file: string) => string,
): PolicyProblem {
  const { file, row, col } = location
  const module = modules.find(each => each.file === file)
  const rewrite = module && portableNegation(module, sourceOf(file), location)
  const [what = message] = message.split(' Portable:')
  return {
    file,
    row,
    col,
    code,
    message: rewrite ? `${what} Portable: ${rewrite.helper}; ${rewrite.negation}` : message,
  }
}

/** A reference to a name that is not there, with the name that was meant. */
function withNearest(problem: PolicyProblem): PolicyProblem {
  const [, given] = /\n\s*have: "([^"\n]*)"/.exec(problem.message) ?? []
  const [, wanted] = /\n\s*want \(one of\): \[([^\]\n]*)\]/.exec(problem.message) ?? []
  if (given === undefined || wanted === undefined) return problem
  const near = nearest(
    given,
    [...wanted.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name),
  )
  const [first = ''] = problem.message.split('\n')
  const hint =
    near === null
      ? `; it has ${wanted.replaceAll('"', '').split(' ').join(', ')}`
      : `; did you mean '${near}'?`
  return { ...problem, message: `${first}: there is no '${given}'${hint}` }
}

/** Types that nobody describes may be any provider's; one that is nearly a known type is a slip. */
function strangeTypes(module: Module): readonly PolicyProblem[] {
  const found: PolicyProblem[] = []
  const see = (term: Term): undefined => {
    if (term.kind !== 'ref') return
    const [head, name, type] = term.path
    const isType =
      head?.kind === 'var' &&
      head.name === 'input' &&
      name?.kind === 'scalar' &&
      name.value === 'resource'
    if (
      !isType ||
      type?.kind !== 'scalar' ||
      typeof type.value !== 'string' ||
      isKnownType(type.value)
    )
      return
    const near = nearest(type.value, knownTypes(), 2)
    if (near === null) return
    const { row, col } = type.loc
    const message = `no resource type is called '${type.value}'; did you mean '${near}'?`
    found.push({ file: module.file, row, col, code: 'unknown_type', message })
  }
  for (const rule of module.rules) walkRule(rule, see)
  return found
}
