import { nullOf, object, unknown } from '../make.ts'
import { mark } from '../marks.ts'
import { openObject } from '../open-entries.ts'
import type { Scope } from '../scope.ts'
import { Unknown, type Value } from '../value.ts'
import { terraformsOwn } from './block-kinds.ts'
import { blocksValue, bodyEntries, type EvaluatedBody, evaluateBody } from './body.ts'
import { type Declaration, fileOf } from './declaration.ts'
import { type Expansion, expand, type InstanceKey, withKey } from './expansion.ts'
import { instanceKeys, instanceScope } from './instance-scope.ts'
import type { Lazy } from './lazy.ts'
import type { ModuleInstance } from './module-instance.ts'
import { providerOf } from './provider.ts'
import type { Run } from './run.ts'

/** A `resource`, `data` or `ephemeral` block within one instance of its module. */
export interface ResourceNode {
  readonly address: string
  readonly mode: 'resource' | 'data' | 'ephemeral'
  readonly type: string
  readonly name: string
  readonly declaration: Declaration
  expansion(): Expansion
  instance(key: InstanceKey): ResourceInstance
  instances(): Iterable<ResourceInstance>
}

/** One resource or data source, with values. */
export interface ResourceInstance {
  /** `module.store["x"].aws_s3_bucket.logs[0]`. */
  readonly address: string
  readonly key: InstanceKey
  readonly node: ResourceNode
  readonly module: ModuleInstance
  readonly scope: Scope
  readonly body: EvaluatedBody
  /** What a reference to that attribute answers: what is written, else unknown. */
  attribute(name: string): Value
  /** The whole instance as a value: what a reference to it sees. */
  value(): Value
  /** What the block says: its arguments and blocks, without Terraform's own. */
  written(): Value
}

export function resourceNode(
  module: ModuleInstance,
  key: string,
  declaration: Declaration,
  run: Run,
): ResourceNode {
  const { block } = declaration
  const [type = '', name = ''] = block.labels
  const mode = block.type === 'data' || block.type === 'ephemeral' ? block.type : 'resource'
  const address = module.address === '' ? key : `${module.address}.${key}`
  const expansion = run.lazy<Expansion>(
    () => expand(declaration, address, module.scope, run),
    () => ({ kind: 'unknown', of: 'count', reason: `${address} refers to itself` }),
  )
  const made = new Map<InstanceKey, ResourceInstance>()
  const node: ResourceNode = {
    address,
    mode,
    type,
    name,
    declaration,
    expansion: () => expansion.get(),
    instance(instanceKey) {
      const known = made.get(instanceKey)
      if (known !== undefined) return known
      const instance = resourceInstance(node, instanceKey, module, run)
      made.set(instanceKey, instance)
      return instance
    },
    *instances() {
      for (const instanceKey of instanceKeys(node.expansion())) yield node.instance(instanceKey)
    },
  }
  return node
}

function resourceInstance(
  node: ResourceNode,
  key: InstanceKey,
  module: ModuleInstance,
  run: Run,
): ResourceInstance {
  const { declaration } = node
  const address = withKey(node.address, key)
  const scope = instanceScope(module.scope, node.expansion(), key)
  const body = evaluateBody(declaration.body, scope, inner => fileOf(declaration, inner), run)
  const marks = { from: [address] }
  const later = (name: string): Value =>
    unknown('dynamic', laterOf(`${address}.${name}`, name, node), marks)

  let computed: Lazy<ReadonlyMap<string, Value> | null> | undefined
  function facts(): ReadonlyMap<string, Value> | null {
    if (!isComputed(node, run)) return null
    computed ??= run.lazy(
      () => computedOf(instance, run),
      () => null,
    )
    return computed.get()
  }

  function attribute(name: string): Value {
    const known = facts()?.get(name) ?? argument(name)
    return known === undefined ? later(name) : mark(known, marks)
  }

  /** A null stands for an argument that is left out: the provider may choose a value. */
  function argument(name: string): Value | undefined {
    const value = body.attributes.get(name)?.value() ?? blocksValue(body, name, later)
    return value?.v === null ? undefined : value
  }

  function wholeValue(): Value {
    const fixed = facts()
    if (node.type === 'terraform_data' && fixed !== null) return object(marked(fixed, marks))
    const names = new Set([...body.attributes.keys(), ...body.blocks().map(block => block.type)])
    const entries = [...names]
      .filter(name => !terraformsOwn.has(name))
      .map(name => [name, attribute(name)] as const)
    return openObject([...entries, ...marked(fixed ?? new Map(), marks)], later)
  }

  let whole: Lazy<Value> | undefined
  const instance: ResourceInstance = {
    address,
    key,
    node,
    module,
    scope,
    body,
    attribute,
    value() {
      whole ??= run.lazy(wholeValue, () => unknown('dynamic', `${address} refers to itself`))
      return whole.get()
    },
    written() {
      const fixed = facts()
      if (node.type === 'terraform_data' && fixed !== null) return object(fixed)
      return object(bodyEntries(body, later, terraformsOwn))
    },
  }
  return instance
}

function* marked(
  entries: ReadonlyMap<string, Value>,
  marks: { readonly from: readonly string[] },
): Generator<readonly [string, Value]> {
  for (const [name, value] of entries) yield [name, mark(value, marks)]
}

/** Every resource has an id and an ARN once it is made. */
function laterOf(path: string, name: string, node: ResourceNode): Unknown {
  const notNull = name === 'id' || name === 'arn'
  return new Unknown(`${path} is ${whenKnown(node)}`, { notNull })
}

function whenKnown(node: ResourceNode): string {
  return node.mode === 'resource' ? 'known after apply' : 'known only when Terraform runs'
}

function isComputed(node: ResourceNode, run: Run): boolean {
  return node.mode === 'data' ? run.data.has(node.type) : node.type === 'terraform_data'
}

function computedOf(instance: ResourceInstance, run: Run): ReadonlyMap<string, Value> | null {
  const { node, address, body } = instance
  const provider = () => providerOf(instance)
  if (node.mode === 'data') return run.data.get(node.type)?.({ address, body, provider }) ?? null
  if (node.mode === 'resource' && node.type === 'terraform_data')
    return terraformData(address, body)
  return null
}

/** The one resource type that is Terraform's own. */
function terraformData(address: string, body: EvaluatedBody): ReadonlyMap<string, Value> {
  const input = body.attributes.get('input')?.value() ?? nullOf('dynamic')
  const later = (name: string, notNull: boolean) =>
    new Unknown(`${address}.${name} is known after apply`, { notNull })
  return new Map<string, Value>([
    ['id', unknown('string', later('id', true))],
    ['input', input],
    ['output', input.v === null ? input : unknown(input.type, later('output', false))],
    ['triggers_replace', body.attributes.get('triggers_replace')?.value() ?? nullOf('dynamic')],
  ])
}
