import type { Range } from '../ast.ts'
import { HclError } from '../hcl-error.ts'
import { object, unknown } from '../make.ts'
import type { Value } from '../value.ts'
import type { ModuleConfig } from './config.ts'
import { type Declaration, fileOf, literalText } from './declaration.ts'
import { type Expansion, expand, type InstanceKey, withKey } from './expansion.ts'
import { instanceKeys, instanceScope } from './instance-scope.ts'
import { childModule, type ModuleInstance } from './module-instance.ts'
import { type Problem, problemAt } from './problem.ts'
import type { Run } from './run.ts'

/** A `module` block within one instance of its module. */
export interface CallNode {
  readonly address: string
  readonly name: string
  readonly declaration: Declaration
  target(): CallTarget
  expansion(): Expansion
  instance(key: InstanceKey): ModuleInstance | null
  instances(): Iterable<ModuleInstance>
  /** One output; throws HclError where the module has none of that name. */
  output(key: InstanceKey, name: string, range: Range): Value
  /** All outputs as an object. */
  value(key: InstanceKey): Value
}

/** The called module, or in words why it is not there. */
export type CallTarget =
  | { readonly config: ModuleConfig; readonly missing: null }
  | { readonly config: null; readonly missing: string; readonly problem: Problem | null }

/** A chain of calls can only be this long by mistake. */
const deepestCalls = 64

export function callNode(
  caller: ModuleInstance,
  name: string,
  declaration: Declaration,
  run: Run,
): CallNode {
  const local = `module.${name}`
  const address = caller.address === '' ? local : `${caller.address}.${local}`
  const expansion = run.lazy<Expansion>(
    () => expand(declaration, address, caller.scope, run),
    () => ({ kind: 'unknown', of: 'count', reason: `${address} refers to itself` }),
  )
  const target = run.lazy<CallTarget>(
    () => {
      const found = findTarget(caller, name, address, declaration, run)
      if (found.missing !== null && found.problem !== null && !isEmpty(node.expansion()))
        run.log.add(found.problem)
      return found
    },
    () => ({ config: null, missing: `${address} refers to itself`, problem: null }),
  )
  const made = new Map<InstanceKey, ModuleInstance>()
  const node: CallNode = {
    address,
    name,
    declaration,
    expansion: () => expansion.get(),
    target: () => target.get(),
    instance(key) {
      const known = made.get(key)
      if (known !== undefined) return known
      const { config } = node.target()
      if (config === null) return null
      const scope = instanceScope(caller.scope, node.expansion(), key)
      const instance = childModule(
        withKey(address, key),
        config,
        { module: caller, node, scope },
        run,
      )
      made.set(key, instance)
      return instance
    },
    *instances() {
      for (const key of instanceKeys(node.expansion())) {
        const instance = node.instance(key)
        if (instance !== null) yield instance
      }
    },
    output(key, output, range) {
      const value = node.instance(key)?.output(output)
      if (value !== undefined) return value
      const detail = `This object does not have an attribute named "${output}".`
      throw new HclError('Unsupported attribute', detail, range)
    },
    value(key) {
      const instance = node.instance(key)
      if (instance === null) return unknown('dynamic', address)
      const names = [...instance.config.outputs.keys()].sort()
      return object(
        names.map(
          output => [output, instance.output(output) ?? unknown('dynamic', output)] as const,
        ),
      )
    },
  }
  return node
}

function isEmpty(expansion: Expansion): boolean {
  return (
    (expansion.kind === 'count' && expansion.count === 0) ||
    (expansion.kind === 'each' && expansion.entries.size === 0)
  )
}

function findTarget(
  caller: ModuleInstance,
  name: string,
  address: string,
  declaration: Declaration,
  run: Run,
): CallTarget {
  const written = declaration.body.attributes.get('source')
  const source = written === undefined ? undefined : literalText(written.expr)
  const file = written === undefined ? declaration.file : fileOf(declaration, written)
  const range = written?.range ?? declaration.block.header
  const missing = (summary: string, detail: string): CallTarget => ({
    config: null,
    missing: `${address} could not be read`,
    problem: problemAt('module', file, range, summary, detail, address),
  })
  if (source === undefined)
    return missing('Missing required argument', `${address} has no source that is a plain string.`)
  if (isLocalSource(source)) {
    const folder = run.files.folder(caller.config.folder, source)
    if (folder === null)
      return missing('Module not read', `${source} lies outside of what may be read.`)
    if (depthOf(caller) >= deepestCalls || callers(caller).includes(folder))
      return missing(
        'Module cycle',
        `${address} calls ${source}, which is among its own callers: a cycle.`,
      )
    const config = run.config(folder)
    if (config === null || config.files.length === 0)
      return missing(
        'Unreadable module directory',
        `The directory ${source} could not be read for ${address}.`,
      )
    return { config, missing: null }
  }
  const folder = run.installed(dottedPath(caller, name))
  const config = folder === null ? null : run.config(folder)
  if (config === null || callers(caller).includes(config.folder))
    return missing(
      'Module not installed',
      `${address} comes from ${source}, which is not on disk; "terraform init" would fetch it.`,
    )
  return { config, missing: null }
}

export function isLocalSource(source: string): boolean {
  return /^\.\.?([\\/]|$)/.test(source)
}

/** Folders of the module and of all that called it. */
function callers(module: ModuleInstance): readonly string[] {
  const folders: string[] = []
  for (let at: ModuleInstance | undefined = module; at !== undefined; at = at.caller?.module)
    folders.push(at.config.folder)
  return folders
}

function depthOf(module: ModuleInstance): number {
  return callers(module).length
}

/** How `.terraform/modules/modules.json` names a call: without instance keys. */
function dottedPath(caller: ModuleInstance, name: string): string {
  const path = [name]
  for (let at: ModuleInstance | undefined = caller; at?.caller; at = at.caller.module)
    path.unshift(at.caller.node.name)
  return path.join('.')
}
