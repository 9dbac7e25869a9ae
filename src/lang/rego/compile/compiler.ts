import type { Builtin } from '../builtins/builtin.ts'
import { joinErrors } from '../error.ts'
import { buildDocuments } from '../eval/documents.ts'
import type { Program } from '../eval/program.ts'
import type { Body, Module, Rule } from '../syntax/ast.ts'
import { checkQueryBody, checkRules, type Types } from '../types/rules.ts'
import type { Type } from '../types/type.ts'
import { checkConflicts } from './conflicts.ts'
import { checkDeprecated } from './deprecated.ts'
import { bindDynamics } from './dynamics.ts'
import { expandCalls } from './expand.ts'
import { arityOf, checkCalls } from './functions.ts'
import { buildGraph, checkRecursion } from './graph.ts'
import { qualifyHeads } from './heads.ts'
import { renameLocals } from './locals.ts'
import { expandMetadata } from './metadata.ts'
import type { Arity } from './outputs.ts'
import { checkOverrides } from './overrides.ts'
import { removePrints } from './prints.ts'
import { resolveQuery, resolveReferences } from './resolve.ts'
import { checkHeads, orderBodies } from './safety.ts'
import { expandTemplates } from './templates.ts'
import { buildTree, type Tree } from './tree.ts'
import { type Compilation, noUses, type Unit, type Uses, type Warning } from './unit.ts'
import { expandWiths } from './withs.ts'

export interface Compiled {
  readonly program: Program
  readonly warnings: readonly Warning[]
  readonly compileQuery: (body: Body) => Body
}

/** From modules to a program, stage by stage; a stage with errors is the last. */
export function compileModules(
  modules: readonly Module[],
  builtins: ReadonlyMap<string, Builtin>,
  strict: boolean,
  input?: Type,
): Compiled {
  const signatures = new Map([...builtins].map(([name, { signature }]) => [name, signature]))
  const context: Compilation = {
    modules,
    units: modules.flatMap(module =>
      module.rules.map(rule => ({ module, source: rule, rule, uses: noUses() })),
    ),
    strict,
    names: { next: 0 },
    builtins: signatures,
    errors: [],
    lesser: [],
    warnings: [],
  }
  const lesser: Compilation = { ...context, errors: context.lesser }
  const stage = (...passes: (() => void)[]): void => {
    for (const pass of passes) {
      pass()
      if (context.errors.length > 0) throw joinErrors([...context.errors, ...context.lesser])
    }
  }
  stage(
    () => resolveReferences(context),
    () => qualifyHeads(context),
    () => checkOverrides(lesser),
  )
  const packages = modules.map(module => module.package.path)
  const tree = buildTree(context.units, packages)
  const arity = arityOf(context, tree)
  stage(
    () => renameLocals(context),
    () => expandTemplates(context, arity, tree),
    () => removePrints(context, arity),
    () => expandCalls(context),
    () => expandMetadata(context),
  )
  const graph = buildGraph(context, tree)
  stage(
    () => expandWiths(context, tree),
    () => checkConflicts(context, tree),
    () => checkCalls(context, arity),
    () => checkHeads(context),
    () => orderBodies(context, arity),
    () => bindDynamics(context),
    () => checkRecursion(context, graph),
  )
  let types: Types | undefined
  stage(
    () => {
      types = checkRules(context, graph, input)
    },
    () => checkDeprecated(lesser),
  )
  if (context.lesser.length > 0) throw joinErrors(context.lesser)
  const program: Program = { root: buildDocuments(tree), builtins, arity }
  return {
    program,
    warnings: context.warnings,
    compileQuery: body => compileQuery(context, tree, arity, types, body),
  }
}

/** The same stages for a query: the body of a rule without a package that nothing refers to. */
function compileQuery(
  rules: Compilation,
  tree: Tree,
  arity: Arity,
  types: Types | undefined,
  query: Body,
): Body {
  const uses = noUses()
  const unit = queryUnit(resolveQuery(query, uses), uses)
  const context: Compilation = { ...rules, errors: [], lesser: [], warnings: [], units: [unit] }
  const stage = (...passes: (() => void)[]): void => {
    for (const pass of passes) pass()
    const errors = [...context.errors, ...context.lesser]
    if (errors.length > 0) throw joinErrors(errors)
  }
  stage(() => renameLocals(context))
  stage(
    () => expandTemplates(context, arity, tree),
    () => removePrints(context, arity),
    () => expandCalls(context),
  )
  stage(
    () => expandWiths(context, tree),
    () => checkCalls(context, arity),
  )
  stage(() => orderBodies(context, arity))
  bindDynamics(context)
  if (types !== undefined) context.errors.push(...checkQueryBody(types, unit.rule.body))
  stage()
  return unit.rule.body
}

function queryUnit(body: Body, uses: Uses): Unit {
  const loc = body[0]?.loc ?? { file: '', row: 1, col: 1, offset: 0, end: 0 }
  const head = { ref: [], args: undefined, key: undefined, value: undefined }
  const rule: Rule = {
    head: { ...head, assign: false, generatedValue: false, loc },
    body,
    otherwise: undefined,
    isDefault: false,
    generatedBody: false,
    hasIf: false,
    hasContains: false,
    loc,
  }
  const module: Module = {
    file: loc.file,
    dialect: 'v1',
    package: { path: [], loc },
    imports: [],
    rules: [rule],
    comments: [],
    annotations: [],
    prints: false,
  }
  return { module, source: rule, rule, uses }
}
