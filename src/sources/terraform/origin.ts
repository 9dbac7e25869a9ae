import type { ModuleInstance } from '../../lang/hcl/module/module-instance.ts'
import type { Root } from '../../lang/hcl/module/open-root.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'
import type { Attributes, Origin, Path, Span } from '../../resource.ts'
import { chainTo } from './chain.ts'
import { writtenThing } from './locate.ts'
import { isSensitive } from './sensitive.ts'
import { spanIn } from './span.ts'

/** Where a resource is written; `root` is the path of its root module. */
export function originOf(
  instance: ResourceInstance,
  { inputs }: Root,
  root: string,
  sourceOf: (path: Path) => Path,
  plain: Attributes,
): Origin {
  const { node, address, module, body } = instance
  const { file, block } = node.declaration
  const locate = (path: Path): Span | null => {
    const found = writtenThing(body, path)
    return found === null ? null : spanIn(found.file, found.range)
  }
  return {
    source: 'terraform',
    address,
    root,
    span: spanIn(file, block.header),
    locate: path => locate(sourceOf(path)),
    chain(path) {
      const found = writtenThing(body, sourceOf(path))
      if (found === null || found.expr === null) return []
      const from = { module, owner: node.declaration, blocks: found.blocks }
      return chainTo(found.expr, from, inputs)
    },
    sensitive: path => isSensitive(body, sourceOf(path)),
    declared: { values: plain, locate },
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
