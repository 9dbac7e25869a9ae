import type { Builtin } from '../builtins/builtin.ts'
import { joinErrors } from '../error.ts'
import { buildDocuments } from '../eval/documents.ts'
import type { Program } from '../eval/program.ts'
import type { Body, Module } from '../syntax/ast.ts'
import { checkQueryBody, checkRules, type Types } from '../types/rules.ts'
import { checkConflicts } from './conflicts.ts'
import { checkDeprecated } from './deprecated.ts'
import { bindBody, bindDynamics } from './dynamics.ts'
import { expandBody, expandCalls } from './expand.ts'
import { arityOf, checkCalls, checkCallsInBody } from './functions.ts'
import { buildGraph, checkRecursion } from './graph.ts'
import { qualifyHeads } from './heads.ts'
import { renameLocals, renameQuery } from './locals.ts'
import { expandMetadata } from './metadata.ts'
import type { Arity } from './outputs.ts'
import { checkOverrides } from './overrides.ts'
import { removePrints, removePrintsInBody } from './prints.ts'
import { resolveQuery, resolveReferences } from './resolve.ts'
import { checkHeads, orderBodies, orderQuery } from './safety.ts'
import { expandQueryTemplates, expandTemplates } from './templates.ts'
import { buildTree, type Tree } from './tree.ts'
import type { Compilation, Warning } from './unit.ts'
import { expandWiths, expandWithsInBody } from './withs.ts'

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
): Compiled {
  const signatures = new Map([...builtins].map(([name, { signature }]) => [name, signature]))
  const context: Compilation = {
    modules,
    units: modules.flatMap(module => module.rules.map(rule => ({ module, source: rule, rule }))),
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
    () => removePrints(context),
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
      types = checkRules(context, graph, undefined)
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

/** The same stages for a query, which has no package. */
function compileQuery(
  rules: Compilation,
  tree: Tree,
  arity: Arity,
  types: Types | undefined,
  query: Body,
): Body {
  const context: Compilation = { ...rules, errors: [], lesser: [], warnings: [], units: [] }
  const { names } = context
  const check = (body: Body): Body => {
    const errors = [...context.errors, ...context.lesser]
    if (errors.length > 0) throw joinErrors(errors)
    return body
  }
  let body = resolveQuery(query)
  body = check(renameQuery(context, body).body)
  body = check(expandQueryTemplates(context, arity, tree, body))
  body = expandBody(names, removePrintsInBody(body))
  body = check(expandWithsInBody({ context, tree }, body))
  checkCallsInBody(context, arity, body)
  body = check(body)
  body = check(orderQuery(context, arity, body))
  body = bindBody(names, body)
  if (types !== undefined) context.errors.push(...checkQueryBody(types, body))
  return check(body)
}
