import { isEntries, type Type, type Value } from '../value.ts'
import { evaluateAll } from './evaluate-all.ts'
import { holedJson, type UnknownTree, unknownTree } from './holed-json.ts'
import { memoryFiles } from './memory-files.ts'
import { moduleLibrary, openRoot, type RootOptions } from './open-root.ts'
import type { Problem } from './problem.ts'

export interface LoadedModule {
  readonly outputs: Readonly<Record<string, LoadedOutput>>
  readonly resources: Readonly<Record<string, LoadedResource>>
  /** All that Terraform would report at load and plan time; evaluation goes on behind each. */
  readonly errors: readonly Problem[]
}

export interface LoadedOutput {
  /** Exact JSON text; what is unknown is null in arrays and left out of objects. */
  readonly json: string
  readonly type: Type
  /** Set where something is known only after apply. */
  readonly unknown?: UnknownTree
}

export interface LoadedResource {
  /** Attribute or block → exact JSON text. */
  readonly values: Readonly<Record<string, string>>
  readonly unknown: Readonly<Record<string, UnknownTree>>
}

/**
 * Evaluates a root module, given as texts by path, and all that it calls.
 * @example loadModule({ 'main.tf': 'output "x" { value = 1 + 1 }' }).outputs.x // { json: '2', type: 'number' }
 */
export function loadModule(
  files: Readonly<Record<string, string>>,
  options: RootOptions = {},
): LoadedModule {
  const outputs: Record<string, LoadedOutput> = Object.create(null)
  const resources: Record<string, LoadedResource> = Object.create(null)
  const root = openRoot('.', moduleLibrary(memoryFiles(files)), options)
  if (root === null) return { outputs, resources, errors: [] }
  for (const name of root.module.config.outputs.keys()) {
    const value = root.module.output(name)
    if (value !== undefined) outputs[name] = loadedOutput(value)
  }
  for (const instance of evaluateAll(root)) {
    if (instance.node.mode === 'resource')
      resources[instance.address] = loadedResource(instance.written())
  }
  return { outputs, resources, errors: root.problems() }
}

function loadedOutput(value: Value): LoadedOutput {
  const unknown = unknownTree(value)
  const known = { json: holedJson(value), type: value.type }
  return unknown === false ? known : { ...known, unknown }
}

function loadedResource(written: Value): LoadedResource {
  const values: Record<string, string> = Object.create(null)
  const unknown: Record<string, UnknownTree> = Object.create(null)
  for (const [name, value] of isEntries(written.v) ? written.v : []) {
    const tree = unknownTree(value)
    if (tree !== false) unknown[name] = tree
    if (tree !== true) values[name] = holedJson(value)
  }
  return { values, unknown }
}
