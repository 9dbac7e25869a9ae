import type { Range } from '../ast.ts'
import { unknown } from '../make.ts'
import type { Scope } from '../scope.ts'
import type { Value } from '../value.ts'
import { type EvaluatedBody, evaluateBody } from './body.ts'
import { type CallNode, callNode } from './call-node.ts'
import type { ModuleConfig } from './config.ts'
import { type Declaration, fileOf } from './declaration.ts'
import type { ParsedFile } from './files.ts'
import type { Inputs } from './inputs.ts'
import { problemAt } from './problem.ts'
import { resolver } from './resolve.ts'
import { type ResourceNode, resourceNode } from './resource-node.ts'
import { evaluateIn, type Run } from './run.ts'
import { type Caller, childVariable, rootVariable } from './variable.ts'

/** One module with the inputs of one call: its names answer with values, each computed once. */
export interface ModuleInstance {
  /** `module.store["x"]`; empty for the root. */
  readonly address: string
  readonly config: ModuleConfig
  readonly caller: Caller | null
  readonly scope: Scope
  readonly run: Run
  variable(name: string): Value | undefined
  local(name: string): Value | undefined
  output(name: string): Value | undefined
  resource(key: string): ResourceNode | undefined
  call(name: string): CallNode | undefined
  /** The module's own provider configuration: `aws`, `aws.west`. */
  provider(key: string): EvaluatedBody | undefined
}

export function rootModule(config: ModuleConfig, inputs: Inputs, run: Run): ModuleInstance {
  return moduleInstance('', config, null, inputs, run)
}

export function childModule(
  address: string,
  config: ModuleConfig,
  caller: Caller,
  run: Run,
): ModuleInstance {
  return moduleInstance(address, config, caller, null, run)
}

function moduleInstance(
  address: string,
  config: ModuleConfig,
  caller: Caller | null,
  inputs: Inputs | null,
  run: Run,
): ModuleInstance {
  const prefix = address === '' ? '' : `${address}.`
  const cyclic = (name: string, file: ParsedFile, range: Range) => (): Value => {
    const detail = `${prefix}${name} needs its own value.`
    run.log.add(problemAt('invalid', file, range, 'Cycle', detail, `${prefix}${name}`))
    return unknown('dynamic', `${prefix}${name} refers to itself`)
  }
  const variables = table(config.variables, (name, declaration) =>
    run.lazy(
      () =>
        caller === null
          ? rootVariable(name, declaration, inputs, run)
          : childVariable(name, declaration, caller, address, run),
      cyclic(`var.${name}`, declaration.file, declaration.block.header),
    ),
  )
  const locals = table(config.locals, (name, { attribute, file }) =>
    run.lazy(
      () => evaluateIn(attribute.expr, scope, file, run),
      cyclic(`local.${name}`, file, attribute.range),
    ),
  )
  const outputs = table(config.outputs, (name, declaration) =>
    run.lazy(
      () => outputValue(name, declaration, scope, run),
      cyclic(`output.${name}`, declaration.file, declaration.block.header),
    ),
  )
  const resources = table(config.resources, (key, declaration) =>
    resourceNode(module, key, declaration, run),
  )
  const calls = table(config.calls, (name, declaration) => callNode(module, name, declaration, run))
  const providers = table(config.providers, (_key, declaration) =>
    evaluateBody(declaration.body, scope, node => fileOf(declaration, node), run),
  )
  const module: ModuleInstance = {
    address,
    config,
    caller,
    run,
    get scope() {
      return scope
    },
    variable: name => variables(name)?.get(),
    local: name => locals(name)?.get(),
    output: name => outputs(name)?.get(),
    resource: resources,
    call: calls,
    provider: providers,
  }
  const scope: Scope = {
    resolve: resolver(module),
    files: run.files.access(config.folder, run.root),
    budget: run.budget,
    attempt: run.attempt,
    shortCircuit: run.shortCircuit,
  }
  return module
}

function outputValue(name: string, declaration: Declaration, scope: Scope, run: Run): Value {
  const value = declaration.body.attributes.get('value')
  if (value === undefined) return unknown('dynamic', `output.${name} has no value`)
  return evaluateIn(value.expr, scope, fileOf(declaration, value), run)
}

/** Makes what stands under a name when the name is first asked for. */
function table<D, T>(
  declared: ReadonlyMap<string, D>,
  make: (name: string, declaration: D) => T,
): (name: string) => T | undefined {
  const made = new Map<string, T>()
  return name => {
    const known = made.get(name)
    if (known !== undefined) return known
    const declaration = declared.get(name)
    if (declaration === undefined) return undefined
    const fresh = make(name, declaration)
    made.set(name, fresh)
    return fresh
  }
}
