import type { Range } from '../ast.ts'
import { HclError } from '../hcl-error.ts'
import { object, string, tuple, unknown } from '../make.ts'
import { mark } from '../marks.ts'
import type { Resolved, Scope, StaticStep } from '../scope.ts'
import type { Value } from '../value.ts'
import type { CallNode } from './call-node.ts'
import { anyKey, type Expansion, type InstanceKey, withKey } from './expansion.ts'
import type { ModuleInstance } from './module-instance.ts'
import type { ResourceNode } from './resource-node.ts'
import type { Run } from './run.ts'

/** Answers references to a module's own names. */
export function resolver(module: ModuleInstance): Scope['resolve'] {
  return (root, steps, range) => {
    switch (root) {
      case 'var':
        return named(module, 'input variable', root, steps, range, name => module.variable(name))
      case 'local':
        return named(module, 'local value', root, steps, range, name => module.local(name))
      case 'module':
        return moduleReference(module, steps, range)
      case 'data':
      case 'ephemeral':
        return resourceReference(module, root, steps, range)
      case 'path':
        return { value: pathObject(module), used: 0 }
      case 'terraform':
      case 'tofu':
        return { value: object([['workspace', string(module.run.workspace)]]), used: 0 }
      case 'count':
      case 'each':
      case 'self':
        throw outOfContext(root, range)
      default:
        return resourceReference(module, '', [{ name: root }, ...steps], range, 1)
    }
  }
}

function named(
  module: ModuleInstance,
  kind: string,
  root: string,
  steps: readonly StaticStep[],
  range: Range,
  find: (name: string) => Value | undefined,
): Resolved {
  const name = nameOf(steps[0], root, range)
  const value = find(name)
  if (value !== undefined) return { value, used: 1 }
  const detail =
    root === 'var'
      ? `An input variable with the name "${name}" has not been declared${inModule(module)}.`
      : `A local value with the name "${name}" has not been declared.`
  throw new HclError(`Reference to undeclared ${kind}`, detail, range)
}

function nameOf(step: StaticStep | undefined, root: string, range: Range): string {
  if (step !== undefined && 'name' in step) return step.name
  const detail = `The "${root}" object cannot be accessed directly. Instead, access one of its attributes.`
  throw new HclError('Invalid reference', detail, range)
}

function inModule(module: ModuleInstance): string {
  return module.address === '' ? ' in the root module' : ` in ${module.address}`
}

/** `extra` steps stand in front that the caller did not write: the type of a managed resource is the root. */
function resourceReference(
  module: ModuleInstance,
  mode: string,
  steps: readonly StaticStep[],
  range: Range,
  extra = 0,
): Resolved {
  const [type, name] = [steps[0], steps[1]]
  if (type === undefined || name === undefined || !('name' in type) || !('name' in name)) {
    const detail =
      'A reference to a resource type must be followed by at least one attribute access, specifying the resource name.'
    throw new HclError('Invalid reference', detail, range)
  }
  const key = `${mode === '' ? '' : `${mode}.`}${type.name}.${name.name}`
  const node = module.resource(key)
  if (node === undefined) {
    const kind = mode === '' ? 'managed' : mode
    const detail = `A ${kind} resource "${type.name}" "${name.name}" has not been declared${inModule(module)}.`
    throw new HclError('Reference to undeclared resource', detail, range)
  }
  const resolved = resourceValue(node, steps.slice(2), range, module.run)
  return { value: resolved.value, used: resolved.used + 2 - extra }
}

function resourceValue(
  node: ResourceNode,
  steps: readonly StaticStep[],
  range: Range,
  run: Run,
): Resolved {
  const expansion = node.expansion()
  const [first, second] = [steps[0], steps[1]]
  if (expansion.kind === 'single') {
    const instance = node.instance(null)
    if (first !== undefined && 'name' in first)
      return { value: instance.attribute(first.name), used: 1 }
    if (first !== undefined) throw unexpectedKey(node.address, range)
    return { value: instance.value(), used: 0 }
  }
  const key = instanceKey(expansion, first, run)
  if (key !== undefined) {
    const instance = node.instance(key)
    if (second !== undefined && 'name' in second)
      return { value: instance.attribute(second.name), used: 2 }
    return { value: instance.value(), used: 1 }
  }
  if (first !== undefined && 'name' in first) throw missingKey(node.address, expansion, range)
  return {
    value: wholeValue(expansion, node.address, k => node.instance(k).value()),
    used: 0,
  }
}

/**
 * Undefined where no step names an instance that is there: the whole is then indexed, or found to be in
 * error. Where the number is unknown, one that is asked for is taken to be there, but not by a `try`.
 */
function instanceKey(
  expansion: Expansion,
  step: StaticStep | undefined,
  run: Run,
): InstanceKey | undefined {
  if (step === undefined || !('key' in step)) return undefined
  const { key } = step
  if (expansion.kind === 'unknown') return run.isAttempt() ? undefined : anyKey
  if (expansion.kind === 'each')
    return typeof key === 'string' && expansion.entries.has(key) ? key : undefined
  const isIndex = typeof key === 'number' && Number.isInteger(key) && key >= 0
  return expansion.kind === 'count' && isIndex && key < expansion.count ? key : undefined
}

/** All instances: a tuple for `count`, an object for `for_each`. */
function wholeValue(
  expansion: Expansion,
  address: string,
  instance: (key: InstanceKey) => Value,
): Value {
  if (expansion.kind === 'count') {
    const items: Value[] = []
    for (let i = 0; i < expansion.count; i++) items.push(instance(i))
    return tuple(items)
  }
  if (expansion.kind === 'each')
    return object([...expansion.entries.keys()].map(key => [key, instance(key)] as const))
  const reason = expansion.kind === 'unknown' ? expansion.reason : address
  return mark(unknown('dynamic', reason), { from: [withKey(address, anyKey)] })
}

function moduleReference(
  module: ModuleInstance,
  steps: readonly StaticStep[],
  range: Range,
): Resolved {
  const name = nameOf(steps[0], 'module', range)
  const node = module.call(name)
  if (node === undefined) {
    const detail = `No module call named "${name}" is declared${inModule(module)}.`
    throw new HclError('Reference to undeclared module', detail, range)
  }
  const resolved = callValue(node, steps.slice(1), range, module.run)
  return { value: resolved.value, used: resolved.used + 1 }
}

function callValue(node: CallNode, steps: readonly StaticStep[], range: Range, run: Run): Resolved {
  const target = node.target()
  if (target.missing !== null) return { value: unknown('dynamic', target.missing), used: 0 }
  const expansion = node.expansion()
  const [first, second] = [steps[0], steps[1]]
  if (expansion.kind === 'single') {
    if (first !== undefined && 'name' in first)
      return { value: node.output(null, first.name, range), used: 1 }
    if (first !== undefined) throw unexpectedKey(node.address, range)
    return { value: node.value(null), used: 0 }
  }
  const key = instanceKey(expansion, first, run)
  if (key !== undefined) {
    if (second !== undefined && 'name' in second)
      return { value: node.output(key, second.name, range), used: 2 }
    return { value: node.value(key), used: 1 }
  }
  if (first !== undefined && 'name' in first) throw missingKey(node.address, expansion, range)
  return { value: wholeValue(expansion, node.address, k => node.value(k)), used: 0 }
}

function pathObject(module: ModuleInstance): Value {
  const paths = module.scope.files?.paths
  return object([
    ['module', string(paths?.module ?? '.')],
    ['root', string(paths?.root ?? '.')],
    ['cwd', string(paths?.cwd ?? '.')],
  ])
}

function outOfContext(root: 'count' | 'each' | 'self', range: Range): HclError {
  if (root === 'self') {
    const detail = 'The "self" object is not available in this context.'
    return new HclError('Invalid "self" reference', detail, range)
  }
  if (root === 'count') {
    const detail =
      'The "count" object can only be used in "module", "resource", and "data" blocks, and only when the "count" argument is set.'
    return new HclError('Reference to "count" in non-counted context', detail, range)
  }
  const detail =
    'The "each" object can be used only in "module" or "resource" blocks, and only when the "for_each" argument is set.'
  return new HclError('Reference to "each" in context without for_each', detail, range)
}

function unexpectedKey(address: string, range: Range): HclError {
  const detail = `Because ${address} does not have "count" or "for_each" set, references to it must not include an index key.`
  return new HclError('Unexpected resource instance key', detail, range)
}

function missingKey(address: string, expansion: Expansion, range: Range): HclError {
  const of =
    expansion.kind === 'count' || (expansion.kind === 'unknown' && expansion.of === 'count')
      ? 'count'
      : 'for_each'
  const detail = `Because ${address} has "${of}" set, its attributes must be accessed on specific instances.`
  return new HclError('Missing resource instance key', detail, range)
}
