import { deepMarks } from '../../lang/hcl/marks.ts'
import { terraformsOwn } from '../../lang/hcl/module/block-kinds.ts'
import type { EvaluatedBody } from '../../lang/hcl/module/body.ts'
import type { Root } from '../../lang/hcl/module/open-root.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'
import { Absent, type Path, type Plain, type Resource } from '../../resource.ts'
import { nameOf } from '../../vocabulary/knowledge.ts'
import type { Tables } from '../../vocabulary/load.ts'
import { normalise, sourcePath } from '../../vocabulary/normalise.ts'
import { blocksByType, bodyPlain } from './body-plain.ts'
import { withDefaultTags } from './default-tags.ts'
import { originOf } from './origin.ts'
import type { ProviderFacts } from './provider-facts.ts'

export interface Making {
  readonly tables: Tables
  readonly providers: (instance: ResourceInstance) => ProviderFacts
}

/** A managed resource instance in the vocabulary's terms. */
export function toResource(
  instance: ResourceInstance,
  root: Root,
  path: string,
  { tables, providers }: Making,
): Resource {
  const { node, address } = instance
  const facts = providers(instance)
  const plain = withDefaultTags(bodyPlain(instance.body, terraformsOwn), node.type, facts, tables)
  const { attributes, partial } = normalise(tables, node.type, plain)
  const region = regionOf(plain.region, facts.region)
  const sourceOf = (path: Path) => sourcePath(tables, node.type, plain, path)
  return {
    type: node.type,
    id: address,
    name: nameOf(tables, node.type, attributes) ?? node.name,
    account: null,
    region,
    attributes,
    partial,
    origin: originOf(instance, root, path, sourceOf, plain),
    refs: refsOf(instance.body),
  }
}

/** Its own, where it names one; one that it names and nobody knows is not the provider's. */
export function regionOf(own: Plain, provided: string | null): string | null {
  if (own instanceof Absent) return null
  return typeof own === 'string' ? own : provided
}

/** Which other instances an attribute's value was read from, whether or not it is known. */
function refsOf(body: EvaluatedBody): Readonly<Record<string, readonly string[]>> {
  const refs: Record<string, readonly string[]> = Object.create(null)
  const add = (name: string, from: readonly string[]) => {
    if (from.length > 0) refs[name] = [...new Set([...(refs[name] ?? []), ...from])]
  }
  for (const [name, attribute] of body.attributes) {
    if (!terraformsOwn.has(name)) add(name, deepMarks(attribute.value())?.from ?? [])
  }
  for (const [type, blocks] of blocksByType(body)) {
    if (terraformsOwn.has(type)) continue
    for (const block of blocks) add(type, Object.values(refsOf(block.body)).flat())
  }
  return refs
}
