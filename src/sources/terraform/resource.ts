import { deepMarks } from '../../lang/hcl/marks.ts'
import { terraformsOwn } from '../../lang/hcl/module/block-kinds.ts'
import type { EvaluatedBody } from '../../lang/hcl/module/body.ts'
import type { ModuleInstance } from '../../lang/hcl/module/module-instance.ts'
import type { Root } from '../../lang/hcl/module/open-root.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'
import type { Origin, Path, Resource, Span } from '../../resource.ts'
import { nameOf } from '../../vocabulary/knowledge.ts'
import type { Tables } from '../../vocabulary/load.ts'
import { normalise, sourcePath } from '../../vocabulary/normalise.ts'
import { blocksByType, bodyPlain } from './body-plain.ts'
import { chainTo } from './chain.ts'
import { withDefaultTags } from './default-tags.ts'
import { writtenThing } from './locate.ts'
import { providerFacts } from './provider-facts.ts'
import { spanIn } from './span.ts'

/** A managed resource instance in the vocabulary's terms. */
export function toResource(
  instance: ResourceInstance,
  root: Root,
  top: string,
  tables: Tables,
): Resource {
  const { node, address } = instance
  const facts = providerFacts(instance)
  const plain = withDefaultTags(bodyPlain(instance.body, terraformsOwn), node.type, facts, tables)
  const { attributes, partial } = normalise(tables, node.type, plain)
  const region = typeof plain.region === 'string' ? plain.region : facts.region
  const sourceOf = (path: Path) => sourcePath(tables, node.type, plain, path)
  return {
    type: node.type,
    id: address,
    name: nameOf(tables, node.type, attributes) ?? node.name,
    account: null,
    region,
    attributes,
    partial,
    origin: originOf(instance, root, top, sourceOf),
    refs: refsOf(instance.body),
  }
}

function originOf(
  instance: ResourceInstance,
  root: Root,
  top: string,
  sourceOf: (path: Path) => Path,
): Origin {
  const { node, address, module, body } = instance
  const { file, block } = node.declaration
  return {
    source: 'terraform',
    address,
    root: top,
    span: spanIn(file, block.header),
    locate(path) {
      const found = writtenThing(body, sourceOf(path))
      return found === null ? null : spanIn(found.file, found.range)
    },
    chain(path) {
      const found = writtenThing(body, sourceOf(path))
      if (found === null || found.expr === null) return []
      const from = { module, owner: node.declaration, blocks: found.blocks }
      return chainTo(found.expr, from, root.inputs)
    },
    get blocks() {
      return [spanIn(file, block.range), ...callSpans(module)]
    },
  }
}

/** The module calls around a resource, innermost first. */
function callSpans(module: ModuleInstance): readonly Span[] {
  const spans: Span[] = []
  for (let { caller } = module; caller !== null; caller = caller.module.caller) {
    const { file, block } = caller.node.declaration
    spans.push(spanIn(file, block.range))
  }
  return spans
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
